import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { digestOfFolder, siteYaml, smallNewsroom, story } from '../press/small-newsroom.fixture.ts';
import { ProblemsError } from '../problems/problem.ts';
import { formatVersion, renamedKeys } from '../yaml/renamed-keys.ts';
import { run } from './upgrade.ts';

// No key has been renamed yet, so these are invented.
afterEach(() => void renamedKeys.splice(0));
const rename = () =>
  renamedKeys.push(
    { kind: 'site.yaml', was: 'about', now: 'description', since: 2 },
    { kind: 'a story', was: 'deck', now: 'standfirst', since: 2 },
    { kind: 'a story', was: 'mood', since: 2 },
    { kind: 'an author', was: 'life', now: 'bio', since: 2 },
    { kind: 'a page', was: 'name', now: 'headline', since: 2 },
    { kind: 'a front', was: 'shape', now: 'layout', since: 2 },
    { kind: 'topics.yaml', was: '*.words', now: 'description', since: 2 },
  );

const newsroomWith = (isOld: boolean) => {
  const [about, deck, life, name, shape, words] = isOld
    ? ['about', 'deck', 'life', 'name', 'shape', 'words']
    : ['description', 'standfirst', 'bio', 'headline', 'layout', 'description'];
  return smallNewsroom({
    'content/site.yaml': `# ours\n${siteYaml}${about}: A paper\n# the end\n`,
    'content/stories/2025/02/harbour/index.md': story({
      [deck!]: 'Ferries sail.',
      mood: isOld ? 'calm' : undefined,
      topics: ['sea'],
      byline: ['ann'],
    }),
    'content/authors/ann.yaml': `name: Ann Example\n${life}: Writes.\n`,
    'content/pages/about.md': `---\n${name}: About\n---\n\nUs.\n`,
    'content/fronts/home.yaml': `${shape}: lead\n`,
    'content/topics.yaml': `sea: { title: The sea, ${words}: Ships. }\n`,
  });
};

const upgrade = async (site: string, ...argv: string[]) => {
  let said = '';
  const out = {
    write: (text: string) => {
      said += text;
    },
  };
  const code = await run(['--site', site, ...argv], { cwd: site, env: {}, stdout: out, stderr: out });
  return { code, said };
};

test('a newsroom with old keys builds with warnings, and after an upgrade gives the same site without warnings', async () => {
  rename();
  const [old, now] = [newsroomWith(true), newsroomWith(false)];
  const { warnings } = await old.press();
  expect(warnings.map(({ rule, file, line }) => `${rule} ${file}:${line}`).sort()).toEqual([
    'old-key content/authors/ann.yaml:2',
    'old-key content/fronts/home.yaml:1',
    'old-key content/pages/about.md:2',
    'old-key content/site.yaml:10',
    'old-key content/stories/2025/02/harbour/index.md:6',
    'old-key content/stories/2025/02/harbour/index.md:7',
    'old-key content/topics.yaml:1',
  ]);
  expect(warnings.map(({ message }) => message)).toContainEqual(
    expect.stringContaining('"deck" is now called "standfirst"'),
  );
  expect((await now.press()).warnings).toEqual([]);
  const digest = digestOfFolder(join(now.site, 'dist'));
  expect(digestOfFolder(join(old.site, 'dist'))).toBe(digest);

  expect((await upgrade(old.site, '--dry-run')).said).toMatch(/^These files would change:\n(?: {2}content\/.*\n){6}$/);
  expect(readFileSync(join(old.site, 'content/authors/ann.yaml'), 'utf8')).toContain('life:');
  expect((await upgrade(old.site)).said).toMatch(/^Rewritten:\n(?: {2}content\/.*\n){6}$/);
  expect(readFileSync(join(old.site, 'content/site.yaml'), 'utf8')).toBe(
    `# ours\nbroadsheet: ${formatVersion}\n${siteYaml}description: A paper\n# the end\n`,
  );
  const again = await old.press();
  expect(again.warnings).toEqual([]);
  expect(again.changed).toEqual([]);
  expect(digestOfFolder(join(old.site, 'dist'))).toBe(digest);
  expect(await upgrade(old.site)).toEqual({ code: 0, said: 'Nothing to upgrade.\n' });
});

test('imports of a theme and the schemas of the text editor are updated, and no other file', async () => {
  const { site } = smallNewsroom({
    'content/site.yaml': `broadsheet: 1\n${siteYaml}`,
    'theme/components/Foot.astro':
      "---\nimport Ours from 'broadsheet/components/Foot.astro';\nimport Card from \"broadsheet/components/Card.astro\";\nimport Box from 'broadsheet/components/story/Box.astro';\n---\n",
    '.vscode/broadsheet/site.schema.json': '{}',
    '.vscode/broadsheet/mine.schema.json': '{}',
  });
  expect((await upgrade(site)).said).toBe(
    'Rewritten:\n  theme/components/Foot.astro\n  .vscode/broadsheet/site.schema.json\n',
  );
  expect(readFileSync(join(site, 'theme/components/Foot.astro'), 'utf8')).toBe(
    "---\nimport { Foot as Ours } from 'broadsheet/theme';\nimport { Card } from \"broadsheet/theme\";\nimport Box from 'broadsheet/components/story/Box.astro';\n---\n",
  );
  expect(JSON.parse(readFileSync(join(site, '.vscode/broadsheet/site.schema.json'), 'utf8')).properties).toHaveProperty(
    'broadsheet',
  );
  expect(existsSync(join(site, 'theme/components/Foot.astro.tmp'))).toBe(false);
});

test('a newsroom of a newer format is an error that says what to do', async () => {
  const newsroom = smallNewsroom({ 'content/site.yaml': `broadsheet: 99\n${siteYaml}` });
  const error = await newsroom.press().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ProblemsError);
  expect((error as ProblemsError).problems).toMatchObject([
    {
      rule: 'newer-format',
      file: 'content/site.yaml',
      line: 1,
      hint: expect.stringContaining('npm install broadsheet@latest'),
    },
  ]);
});

test('what an editor keeps beside the texts, and temporary files, stay as they are', async () => {
  rename();
  const old = '---\nheadline: A\ndeck: Old.\n---\n';
  const hidden = [
    'content/.obsidian/a.md',
    'content/stories/.trash/a.md',
    'content/stories/~$a.md',
    'theme/.idea/a.ts',
  ];
  const newsroom = smallNewsroom({
    'content/site.yaml': siteYaml,
    'content/stories/a.md': old,
    ...Object.fromEntries(
      hidden.map((file) => [file, file.endsWith('.ts') ? "import { Card } from '../src/theme.ts';\n" : old]),
    ),
  });
  const { said } = await upgrade(newsroom.site);
  expect(said).toContain('content/stories/a.md');
  for (const file of hidden) expect(said).not.toContain(file);
});
