import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contractProblems, picture, smallArchive } from './small-archive.fixture.ts';

const siteYaml = (more = '') => `name: Other\nurl: https://other.example\n${more}`;
const story = (more = '') => `---\nheadline: A\nsection: sea\npublished: 2025-02-12\n${more}---\n\nText.\n`;

test('a file that is no story, or is no longer one, is skipped with its reason and a copy, and the others come', async () => {
  const archive = smallArchive({
    'content/site.yaml': siteYaml('timeZone: Asia/Tokyo\nlanguage: fr\nsections: [{ id: sea, title: Sea }]\n'),
    'content/stories/2025/02/a/index.md': story(),
    'content/stories/2025/02/a/boat.jpg': await picture(),
    'content/stories/2025/02/b.md': '---\nheadline: [\n---\n',
    'content/stories/2025/02/c.md': story('headlin: B\n'),
    'content/stories/2025/02/d.md': 'No front matter.\n',
    'content/stories/2025/02/e.md': Buffer.from(story().replace('Text', 'Caf\u00e9'), 'latin1'),
    'content/stories/2025/02/f.md': story().replace('section: sea', 'section: moon'),
    'content/pages/about.md': '---\nheadline: About\nwrong: 1\n---\n',
    'content/.DS_Store': 'x',
  });
  symlinkSync('/etc/hostname', join(archive.root, 'in/content/stories/link.md'));
  const receipt = await archive.run();
  expect(receipt.files).toEqual({ in: 7, stories: 2, pages: 0, drafts: 0, skipped: 5, written: 2, unchanged: 0 });
  expect(receipt.skipped.map(({ file }) => file)).toEqual([
    'content/pages/about.md',
    ...['b', 'c', 'd', 'e'].map((name) => `content/stories/2025/02/${name}.md`),
  ]);
  for (const { file, kept } of receipt.skipped)
    expect(readFileSync(join(archive.root, 'site', kept ?? ''))).toEqual(readFileSync(join(archive.root, 'in', file)));
  expect(receipt.skipped[2]?.reason).toMatch(/line 5: .*headlin/);
  expect(receipt.notes).toEqual([
    { file: 'content/site.yaml', note: expect.stringContaining('Asia/Tokyo, here Europe/Dublin') },
    { file: 'content/site.yaml', note: expect.stringContaining('the language there is fr') },
    { file: 'content/stories/2025/02/f.md', note: 'site.yaml has no section moon, so the story is in news' },
    { file: 'content/stories/link.md', note: 'a symbolic link, which is not followed' },
  ]);
  expect(archive.list()).toEqual(['2025/02/a/boat.jpg', '2025/02/a/index.md', '2025/02/f.md']);
  expect(await contractProblems(archive.stories)).toEqual([]);
  expect(readFileSync(join(archive.root, 'site/content/site.yaml'), 'utf8')).toContain('name: Post');
});

test('a story that is already there under another name of its file stays alone', async () => {
  const archive = smallArchive({
    'content/site.yaml': siteYaml(),
    'content/stories/2025/02/a.md': story(),
    'content/stories/2025/02/b/index.mdx': story(),
  });
  archive.put('site/content/stories/2025/02/a/index.md', story('kicker: Mine\n'));
  archive.put('site/content/stories/2025/02/b/index.md', story('kicker: Mine\n'));
  expect((await archive.run()).files).toMatchObject({ in: 2, skipped: 2, written: 0 });
  expect(archive.list()).toEqual(['2025/02/a/index.md', '2025/02/b/index.md']);
});

test('a dry run writes nothing, and the newsroom itself is no archive', async () => {
  const archive = smallArchive({ 'content/site.yaml': siteYaml(), 'content/stories/2025/02/a.md': story() });
  expect((await archive.run({ dryRun: true })).files).toMatchObject({ stories: 1, written: 1 });
  expect(archive.list()).toEqual([]);
  await expect(archive.run({ source: join(archive.root, 'site') })).rejects.toThrow('is the newsroom itself');
});

test('a folder of the newsroom that points elsewhere is not written through', async () => {
  const archive = smallArchive({ 'content/site.yaml': siteYaml(), 'content/stories/2025/02/a.md': story() });
  mkdirSync(join(archive.root, 'elsewhere'));
  symlinkSync(join(archive.root, 'elsewhere'), archive.stories);
  writeFileSync(join(archive.root, 'elsewhere/keep.txt'), '');
  await expect(archive.run()).rejects.toThrow('points outside the newsroom');
});

test('what editors, systems, and programs leave in a newsroom is never imported, and counted by kind', async () => {
  const left = [
    'content/.obsidian/app.json',
    'content/.obsidian/workspace.md',
    'content/stories/.git/HEAD',
    'content/stories/2025/02/Thumbs.db',
    'content/stories/2025/02/~$word.docx',
    'content/stories/2025/02/.a.md.swp',
    'content/stories/2025/02/a.md~',
    'content/stories/2025/02/.hidden.md',
    'public/.DS_Store',
    '.git/config',
    '.vscode/settings.json',
  ];
  const archive = smallArchive({
    'content/site.yaml': siteYaml(),
    'content/stories/2025/02/a.md': story(),
    'public/.well-known/security.txt': 'Contact: mailto:desk@other.example',
    ...Object.fromEntries(left.map((file) => [file, story()])),
  });
  const receipt = await archive.run();
  expect(receipt.files).toMatchObject({ in: 1, stories: 1, skipped: 0 });
  expect(archive.list()).toEqual(['2025/02/a.md']);
  for (const file of left) expect(existsSync(join(archive.root, 'site', file))).toBe(false);
  expect(existsSync(join(archive.root, 'site/public/.well-known/security.txt'))).toBe(true);
  expect(receipt.others.left.map(({ kind, count }) => [kind, count])).toEqual([
    ['editors', 2],
    ['other hidden files', 1],
    ['systems', 2],
    ['temporary files', 3],
    ['version control', 2],
  ]);
});

test('a hidden copy of a story in the newsroom is no story that exists', async () => {
  const archive = smallArchive({ 'a.md': '---\ntitle: A\ndate: 2025-02-12\n---\nText.\n' });
  archive.put('site/content/stories/.obsidian/2025/02/a.md', story());
  archive.put('site/content/stories/.trash/2025/02/a/index.md', story());
  archive.put('site/public/.trash/2025/02/a/index.html', 'x');
  expect(await archive.run()).toMatchObject({ files: { written: 1 }, renamed: [] });
  expect(archive.list()).toContain('2025/02/a/index.md');
});
