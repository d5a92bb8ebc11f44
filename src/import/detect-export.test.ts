import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { detectKind } from './open-source.ts';
import { backup, entry, taken, takeout } from './sources/blogger/blogger.fixture.ts';
import { exportOf, post as ghostPost } from './sources/ghost/ghost.fixture.ts';
import { fileOf, page } from './sources/medium/medium.fixture.ts';
import { list, row } from './sources/substack/substack.fixture.ts';
import { post, wxr } from './sources/wordpress/wxr.fixture.ts';
import { zipOf } from './sources/zip/zip.fixture.ts';

type Files = Record<string, string | Uint8Array>;

function folderOf(files: Files): string {
  const root = mkdtempSync(join(tmpdir(), 'detect-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, data] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), data);
  }
  return root;
}

const ghost = exportOf({ posts: [ghostPost()] });
const substack = { 'posts.csv': list(row()), 'posts/101.storm.html': '<p>Text.</p>', 'email_list.a.csv': 'email' };
const medium = { 'README.html': '<html></html>', [fileOf()]: page(), 'profile/profile.html': '<html></html>' };
const google = {
  'Takeout/archive_browser.html': '<html></html>',
  'Takeout/Blogger/Blogs/Tides/feed.atom': takeout(taken()),
  'Takeout/Blogger/Blogs/Tides/settings.csv': 'a,b',
  'Takeout/Blogger/Profile/profile.csv': 'a,b',
};

test.each<[string, Files, string | undefined]>([
  ['wordpress', { 'a.xml': wxr(post()) }, 'wordpress'],
  ['wordpress with uploads', { 'a.xml': wxr(post()), 'uploads/2019/a.jpg': 'x' }, 'wordpress'],
  ['ghost', { 'a.json': ghost }, 'ghost'],
  ['ghost, as a backup', { 'data/content.json': ghost, 'images/a.jpg': 'x' }, 'ghost'],
  ['substack', substack, 'substack'],
  ['substack in UTF-16', { ...substack, 'posts.csv': Buffer.from(`\ufeff${list(row())}`, 'utf16le') }, 'substack'],
  ['medium', medium, 'medium'],
  ['blogger', { 'blog-01-01-2020.xml': backup(entry()) }, 'blogger'],
  ['blogger, from Google Takeout', google, 'blogger'],
  [
    'a folder of Markdown with an export in it',
    { 'a.md': '# A', 'posts.csv': list(row()), 'b.xml': wxr(post()) },
    'markdown',
  ],
  [
    'a site that keeps an export in a folder',
    { 'content/a.md': '# A', 'substack/posts.csv': list(row()), 'package.json': '{}' },
    'markdown',
  ],
  ['another table', { 'posts.csv': 'id,title\n1,x\n' }, 'markdown'],
])('%s is recognised in a folder, in a folder around it, and in a zip', (_, files, kind) => {
  expect(detectKind(folderOf(files))).toBe(kind);
  if (kind === 'markdown') return;
  const around = Object.fromEntries(Object.entries(files).map(([name, data]) => [`export/${name}`, data]));
  expect(detectKind(folderOf(around))).toBe(kind);
  const zip = folderOf({ 'a.zip': zipOf(Object.entries(around).map(([name, data]) => ({ name, data }))) });
  expect(detectKind(join(zip, 'a.zip'))).toBe(kind);
  expect(detectKind(zip)).toBe(kind);
});

test.each<[string, string, string | undefined]>([
  ['a.xml', wxr(post()), 'wordpress'],
  ['a.json', ghost, 'ghost'],
  ['a.xml', backup(entry()), 'blogger'],
  ['feed.atom', takeout(taken()), 'blogger'],
  ['a.xml', '<feed xmlns="http://www.w3.org/2005/Atom"><title>Another feed</title></feed>', undefined],
  ['a.zip', 'PK\x03\x04 and no more', undefined],
])('a file %s', (name, data, kind) => expect(detectKind(join(folderOf({ [name]: data }), name))).toBe(kind));
