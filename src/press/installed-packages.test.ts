import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engineVersion } from './engine-version.ts';
import { digestOfPackages } from './installed-packages.ts';

let home: string;
let engine: string;
let cache: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'broadsheet-packages-'));
  engine = join(home, 'engine');
  cache = join(home, 'cache');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const put = (folder: string, name: string, version: string, more: object = {}) => {
  mkdirSync(join(home, folder), { recursive: true });
  writeFileSync(join(home, folder, 'package.json'), JSON.stringify({ name, version, ...more }));
  writeFileSync(join(home, folder, 'index.js'), '');
};
const link = (from: string, to: string) => {
  mkdirSync(dirname(join(home, from)), { recursive: true });
  symlinkSync(join(home, to), join(home, from));
};
const digest = () => digestOfPackages(cache, engine);
/** That it changes, and changes back, with the record in the cache and without it. */
const isNoticed = (change: () => void, undo: () => void) => {
  const before = digest();
  expect(digest()).toBe(before);
  change();
  const after = digest();
  expect(after).not.toBe(before);
  expect(digestOfPackages(undefined, engine)).toBe(after);
  undo();
  expect(digest()).toBe(before);
};

const needs = (dependencies: Record<string, string>) => ({ dependencies });
/** How each program installs `a`, which needs `b`, which hides its package.json. */
const layouts: Record<string, { a: string; b: string; install: () => void }> = {
  'npm and yarn, flat': {
    a: 'engine/node_modules/a',
    b: 'engine/node_modules/@x/b',
    install: () => {},
  },
  'npm, beside the engine in node_modules of a newsroom': {
    a: 'node_modules/a',
    b: 'node_modules/@x/b',
    install: () => {},
  },
  'pnpm, through links': {
    a: 'engine/node_modules/.pnpm/a@1/node_modules/a',
    b: 'engine/node_modules/.pnpm/b@1/node_modules/@x/b',
    install: () => {
      link('engine/node_modules/a', 'engine/node_modules/.pnpm/a@1/node_modules/a');
      link('engine/node_modules/.pnpm/a@1/node_modules/@x/b', 'engine/node_modules/.pnpm/b@1/node_modules/@x/b');
    },
  },
};

describe.each(Object.entries(layouts))('%s', (_, { a, b, install }) => {
  const putB = (version: string) => put(b, '@x/b', version, { exports: { '.': './index.js' } });
  beforeEach(() => {
    put('engine', 'broadsheet', '1.0.0', { ...needs({ a: '1' }), optionalDependencies: { missing: '1' } });
    put(a, 'a', '1.0.0', { ...needs({ '@x/b': '1' }), exports: './index.js' });
    putB('1.0.0');
    install();
  });

  test('another version of a dependency is detected', () => {
    const same = needs({ '@x/b': '1' });
    isNoticed(
      () => put(a, 'a', '1.0.1', { ...same, exports: './index.js' }),
      () => put(a, 'a', '1.0.0', { ...same, exports: './index.js' }),
    );
  });

  test('and so is one of its dependencies, even if the size and date of its file stay the same', () => {
    const file = join(home, b, 'package.json');
    const { mtime } = statSync(file);
    isNoticed(
      () => {
        putB('1.0.1');
        utimesSync(file, mtime, mtime);
      },
      () => putB('1.0.0'),
    );
  });

  test('a development dependency changes nothing', () => {
    const before = digest();
    put('engine', 'broadsheet', '1.0.0', {
      ...needs({ a: '1' }),
      devDependencies: { tool: '1' },
      optionalDependencies: { missing: '1' },
    });
    put('engine/node_modules/tool', 'tool', '1.0.0');
    expect(digest()).toBe(before);
  });
});

test('a second copy that is nearer is detected', () => {
  put('engine', 'broadsheet', '1.0.0', needs({ a: '1' }));
  put('engine/node_modules/a', 'a', '1.0.0', needs({ b: '1' }));
  put('engine/node_modules/b', 'b', '1.0.0');
  mkdirSync(join(engine, 'node_modules/a/node_modules'));
  isNoticed(
    () => {
      put('engine/node_modules/a/node_modules/b', 'b', '2.0.0');
      writeFileSync(join(engine, 'node_modules/.package-lock.json'), '{}'); // as npm does after each installation
    },
    () => {
      rmSync(join(engine, 'node_modules/a/node_modules/b'), { recursive: true });
      rmSync(join(engine, 'node_modules/.package-lock.json'));
    },
  );
});

test('an optional package that is added or removed is detected', () => {
  put('engine', 'broadsheet', '1.0.0', { ...needs({ a: '1' }), optionalDependencies: { native: '1' } });
  put('engine/node_modules/a', 'a', '1.0.0');
  isNoticed(
    () => put('engine/node_modules/native', 'native', '1.0.0'),
    () => rmSync(join(engine, 'node_modules/native'), { recursive: true }),
  );
});

test.each(['', 'garbage', '{}\n{}', 'cut'])('a damaged note is created again: %s', (text) => {
  put('engine', 'broadsheet', '1.0.0', needs({ a: '1' }));
  put('engine/node_modules/a', 'a', '1.0.0');
  const before = digest();
  const note = join(cache, 'packages.json');
  const whole = readFileSync(note, 'utf8');
  writeFileSync(note, text === 'cut' ? whole.slice(0, -20) : text);
  expect(digest()).toBe(before);
  expect(readFileSync(note, 'utf8')).toBe(whole);
});

test('the same packages in another place are the same', () => {
  const make = (folder: string) => {
    put(folder, 'broadsheet', '1.0.0', needs({ a: '1' }));
    put(`${folder}/node_modules/a`, 'a', '1.0.0');
    return digestOfPackages(cache, join(home, folder));
  };
  expect(make('engine')).toBe(make('elsewhere'));
});

test('every package that the engine needs is part of its version, by its package.json', () => {
  engineVersion(cache);
  const { seen } = JSON.parse(readFileSync(join(cache, 'packages.json'), 'utf8').split('\n').slice(1).join('\n')) as {
    seen: [string][];
  };
  const { dependencies } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const names = new Set(
    seen.map(([path]) => /.*node_modules[\\/](.*)[\\/]package\.json$/.exec(path)?.[1]?.replaceAll('\\', '/')),
  );
  expect(Object.keys(dependencies).filter((name) => !names.has(name))).toEqual([]);
  expect([...names]).toEqual(expect.arrayContaining(['micromark', 'vite', 'rolldown', 'entities']));
});
