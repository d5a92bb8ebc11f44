import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestOfFolder, type SmallNewsroom, smallNewsroom, story } from '../press/small-newsroom.fixture.ts';

// The engine as newsrooms get it: packed, and installed in a read-only folder with spaces in its name.

const root = join(import.meta.dirname, '../..');
const home = mkdtempSync(join(tmpdir(), 'broadsheet pack '));
const installed = join(home, 'empty folder');
const modules = join(installed, 'node_modules');
const write = (isAllowed: boolean) => execFileSync('chmod', ['-R', isAllowed ? 'u+w' : 'a-w', modules]);
let packed: string;

beforeAll(() => {
  // A copy is packed, because packing writes files that must not appear in the working tree.
  const source = join(home, 'source tree');
  mkdirSync(source);
  for (const name of ['package.json', 'package-lock.json', 'src', 'docs', 'lib/fonts', 'LICENSE', 'README.md'])
    if (existsSync(join(root, name))) cpSync(join(root, name), join(source, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(source, 'node_modules'));
  const npm = (args: string[], cwd: string) =>
    execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd, encoding: 'utf8' });
  packed = join(home, npm(['pack', '--pack-destination', home], source).trim().split('\n').at(-1) ?? '');
  mkdirSync(installed);
  writeFileSync(join(installed, 'package.json'), '{ "private": true }');
  npm(['install', '--omit=dev', '--prefer-offline', packed], installed);
  write(false);
}, 600_000);

afterAll(() => {
  write(true);
  rmSync(home, { recursive: true });
  // Some have packages of their own, which take two gigabytes.
  for (const { site } of newsrooms) rmSync(site, { recursive: true, force: true });
});

/** Fails as soon as any part of a bundler is loaded, in any thread or process. */
const canary = `import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
registerHooks({ resolve(name, context, next) {
  const found = next(name, context);
  if (/node_modules\\/(?:vite|rolldown|@rolldown|esbuild|lightningcss|@astrojs\\/compiler-rs)\\//.test(found.url)) {
    appendFileSync(process.env.CANARY, found.url + '\\n');
    process.exit(86);
  }
  return found;
} });`;

function build({ site }: SmallNewsroom, { isWatched = false, cache = 'cache' } = {}) {
  const loaded = join(site, 'loaded.txt');
  const options = isWatched
    ? { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(canary)}`, CANARY: loaded }
    : {};
  const { status, stdout, stderr } = spawnSync(
    join(modules, '.bin/broadsheet'),
    ['build', '--site', site, '--json', '--now', '2025-06-01T12:00:00Z'],
    {
      cwd: home,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: home, BROADSHEET_CACHE: join(site, cache), ...options },
    },
  );
  const bundlers = existsSync(loaded) ? readFileSync(loaded, 'utf8') : '';
  return { status, stderr, bundlers, added: status === 0 ? (JSON.parse(stdout).added as string[]) : [] };
}

const newsrooms: SmallNewsroom[] = [];

function newsroom(files: Record<string, string> = {}): SmallNewsroom {
  const made = smallNewsroom({
    'content/stories/2025/02/harbour/index.mdx': story({}, '<FactBox title="A">\n\nText.\n\n</FactBox>'),
    ...files,
  });
  newsrooms.push(made);
  return made;
}

/** The name, size, and time of every file, because a read-only bit does not stop root. */
const listing = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => {
      const stat = statSync(file, { throwIfNoEntry: false });
      return `${file} ${stat?.size} ${stat?.mtimeMs}`;
    })
    .sort();

test('it builds a newsroom and does not change its own folder', () => {
  const before = listing(modules);
  const { status, stderr, added } = build(newsroom());
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(added).toContain('2025/02/harbour/index.html');
  expect(listing(modules)).toEqual(before);
});

test('the package contains no path of the machine that packed it, and includes the versions that it was built with', () => {
  const engine = join(modules, 'broadsheet');
  const naming = readdirSync(join(engine, 'lib/templates'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:m?js|json|css|txt)$/.test(name))
    .filter((name) => {
      const text = readFileSync(join(engine, 'lib/templates', name), 'utf8');
      return [home, encodeURI(home), root].some((folder) => text.includes(folder));
    });
  expect(naming).toEqual([]);
  const shrinkwrap = JSON.parse(readFileSync(join(engine, 'npm-shrinkwrap.json'), 'utf8')) as Lock;
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
  expect(shrinkwrap.packages['node_modules/astro']?.version).toBe(lock.packages['node_modules/astro']?.version);
  expect(readdirSync(join(home, 'source tree'))).not.toContain('npm-shrinkwrap.json');
});
interface Lock {
  packages: Record<string, { version: string }>;
}

describe('the templates come compiled', () => {
  test('a newsroom without a theme needs no bundler, in any language', () => {
    for (const language of ['en-IE', 'pl', 'ar']) {
      const one = newsroom();
      one.put(
        'content/site.yaml',
        `name: Post\nurl: https://post.example\nlanguage: ${language}\nsections: [{ id: world, title: World }]\n`,
      );
      expect(build(one, { isWatched: true })).toMatchObject({ status: 0, stderr: '', bundlers: '' });
    }
  });

  test('canary: the bundler that a theme needs is detected', () => {
    const themed = newsroom({ 'theme/tokens.css': ':root { --accent: #060 }' });
    expect(build(themed, { isWatched: true }).bundlers).toContain('lightningcss');
    expect(build(themed, { cache: 'other' }).status).toBe(0);
  });

  test('they produce the same bytes as templates compiled here, which happens if a package in them differs', () => {
    const one = newsroom();
    const folder = join(one.site, 'dist');
    expect(build(one, { isWatched: true }).status).toBe(0);
    const digest = digestOfFolder(folder);
    const manifest = join(modules, 'clsx/package.json');
    const was = readFileSync(manifest, 'utf8');
    write(true);
    try {
      writeFileSync(manifest, was.replace(/"version": "[^"]+"/, '"version": "0.0.1"'));
      expect(build(one, { isWatched: true, cache: 'second' }).bundlers).toMatch(/vite|rolldown/);
      rmSync(folder, { recursive: true });
      expect(build(one, { cache: 'third' })).toMatchObject({ status: 0 });
      expect(digestOfFolder(folder)).toBe(digest);
    } finally {
      writeFileSync(manifest, was);
      write(false);
    }
  });
});

test('a theme from npm, packed and installed in the newsroom, is used', () => {
  const source = mkdtempSync(join(home, 'theme-'));
  mkdirSync(join(source, 'theme/components'), { recursive: true });
  writeFileSync(
    join(source, 'package.json'),
    '{ "name": "broadsheet-theme-x", "version": "1.0.0", "files": ["theme"] }',
  );
  writeFileSync(join(source, 'theme/tokens.css'), ':root { --accent: #123456 }');
  writeFileSync(
    join(source, 'theme/components/Foot.astro'),
    "---\nimport { Foot } from 'broadsheet/theme';\n---\n<Foot site={Astro.props.site} /><p>From the package</p>\n",
  );
  const npm = (args: string[], cwd: string) =>
    execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd, encoding: 'utf8' });
  const tarball = join(source, npm(['pack'], source).trim());
  const { site } = newsroom({ 'package.json': '{ "private": true }' });
  const yaml = readFileSync(join(site, 'content/site.yaml'), 'utf8');
  writeFileSync(join(site, 'content/site.yaml'), `theme: broadsheet-theme-x\n${yaml}`);
  npm(['install', tarball], site);
  const { status, stdout } = spawnSync(join(modules, '.bin/broadsheet'), ['build', '--site', site, '--json'], {
    cwd: site,
    encoding: 'utf8',
  });
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, warnings: [] });
  expect(status).toBe(0);
  expect(readFileSync(join(site, 'dist/index.html'), 'utf8')).toContain('From the package');
});

describe('a newsroom is upgraded', () => {
  /** The packed engine as its own next version, which has another number and therefore counts as another engine. */
  const nextOf = (version: string): string => {
    const folder = mkdtempSync(join(home, 'next-'));
    execFileSync('tar', ['-xzf', packed, '-C', folder]);
    const change = (file: string, from: string | RegExp, to: string) => {
      const path = join(folder, 'package', file);
      const was = readFileSync(path, 'utf8');
      expect(was).toMatch(from);
      writeFileSync(path, was.replace(from, to));
    };
    change('package.json', /"version": "[^"]+"/, `"version": "${version}"`);
    change('npm-shrinkwrap.json', /"version": "[^"]+"/, `"version": "${version}"`);
    change('lib/compiled', /^/, 'next');
    const tarball = join(folder, `broadsheet-${version}.tgz`);
    execFileSync('tar', ['-czf', tarball, '-C', folder, 'package']);
    return tarball;
  };
  const npmIn = (folder: string, ...args: string[]) =>
    execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'], {
      cwd: folder,
      encoding: 'utf8',
    });
  const command = (folder: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(join(folder, 'node_modules/.bin/broadsheet'), args, {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: home },
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    return stdout;
  };
  const time = ['--now', '2025-06-01T12:00:00Z'];
  const theme = {
    'theme/components/Foot.astro':
      "---\nimport Foot from 'broadsheet/components/Foot.astro';\n---\n<Foot site={Astro.props.site} /><p>Printed in Galway</p>\n",
  };

  test('by `npm install` of the next tarball', () => {
    const { site } = newsroom(theme);
    writeFileSync(join(site, 'package.json'), '{ "private": true }');
    npmIn(site, 'install', packed);
    expect(spawnSync(join(site, 'node_modules/.bin/broadsheet'), ['build', ...time], { cwd: site }).status).toBe(0);
    const digest = digestOfFolder(join(site, 'dist'));
    npmIn(site, 'install', nextOf('0.9.0'));
    expect(command(site, '--version')).toBe('broadsheet 0.9.0\n');
    expect(command(site, 'upgrade')).toContain('  theme/components/Foot.astro\n');
    // Another engine does not trust the index of the previous one, and produces the same site.
    const report = JSON.parse(
      spawnSync(join(site, 'node_modules/.bin/broadsheet'), ['build', '--json', ...time], {
        cwd: site,
        encoding: 'utf8',
      }).stdout,
    );
    expect(report).toMatchObject({ ok: true, changed: [], added: [], removed: [], warnings: [] });
    expect(report.rendered).toBeGreaterThan(0);
    expect(digestOfFolder(join(site, 'dist'))).toBe(digest);
  }, 600_000);

  test('by `npm update` from a registry, which installs the versions of the shrinkwrap', async () => {
    const behind = `${execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim().replace(/\/*$/, '')}/`;
    const tarballs = [packed, nextOf('0.1.5')];
    const registry = spawn(process.execPath, [join(import.meta.dirname, 'registry.fixture.ts'), behind, tarballs[0]!]);
    const nextRegistry = spawn(process.execPath, [
      join(import.meta.dirname, 'registry.fixture.ts'),
      behind,
      ...tarballs,
    ]);
    try {
      const [first, next] = await Promise.all(
        [registry, nextRegistry].map(async (one) => {
          const [said] = await once(one.stdout, 'data');
          return `http://127.0.0.1:${/port (\d+)/.exec(String(said))?.[1]}/`;
        }),
      );
      const { site } = newsroom();
      writeFileSync(join(site, 'package.json'), '{ "private": true }');
      npmIn(site, 'install', 'broadsheet', `--registry=${first}`);
      command(site, 'build', '--quiet', ...time);
      npmIn(site, 'update', `--registry=${next}`);
      expect(command(site, '--version')).toBe('broadsheet 0.1.5\n');
      command(site, 'build', '--quiet', ...time);
      const shrinkwrap = JSON.parse(
        readFileSync(join(site, 'node_modules/broadsheet/npm-shrinkwrap.json'), 'utf8'),
      ) as Lock;
      for (const name of ['astro', 'clsx', 'fast-xml-parser'])
        expect(
          JSON.parse(readFileSync(join(site, 'node_modules/broadsheet/node_modules', name, 'package.json'), 'utf8'))
            .version,
        ).toBe(shrinkwrap.packages[`node_modules/${name}`]?.version);
    } finally {
      registry.kill();
      nextRegistry.kill();
    }
  }, 600_000);
});
