import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { smallNewsroom, story } from '../press/small-newsroom.fixture.ts';
import { call } from './command-line.fixture.ts';

function newsroom() {
  const made = smallNewsroom({
    'content/stories/2025/02/ferry.md': story(),
    'content/stories/2025/03/plan.md': story({ draft: true }),
    'content/pages/about.md': '---\nheadline: About\n---\n\nWe print.\n',
  });
  const out = `${made.site}-export`;
  onTestFinished(() => {
    for (const folder of [made.site, out]) rmSync(folder, { recursive: true, force: true });
  });
  const run = (...argv: string[]) => call(['export', ...argv, '--site', made.site], { cwd: made.site });
  return { ...made, out, run };
}

test('an export says what it wrote, and --json says the same', async () => {
  const { out, run } = newsroom();
  const { code, stdout, stderr } = await run('markdown', '--out', out);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(
    /-export: 1 story, 1 draft, 0 scheduled, 0 withdrawn, 1 page, 0 pictures\.\n4 files, \d\.\d MB, [\d.]+ s\.\n$/,
  );
  rmSync(out, { recursive: true });
  const json = await run('markdown', '--out', out, '--public', '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({
    ok: true,
    export: 'markdown',
    out,
    stories: 1,
    drafts: 0,
    files: 3,
    leftOut: [{ file: 'content/stories/2025/03/plan.md', reason: 'a draft' }],
    errors: [],
  });
  rmSync(out, { recursive: true });
  expect((await run('markdown', '--out', out, '--public')).stdout).toContain(
    '\nLeft out\n  content/stories/2025/03/plan.md: a draft\n',
  );
});

test.each([
  ['wxr', 'for-wordpress', 'wordpress.xml'],
  ['wxr', 'paper.xml', undefined],
  ['ninjs', 'wire', '2025/02/ferry.json'],
  ['ninjs', 'wire.ndjson', undefined],
])('export %s --out %s writes a folder or a file, and never twice', async (kind, name, inside) => {
  const { out, run } = newsroom();
  const place = join(out, name);
  const { code, stdout, stderr } = await run(kind, '--out', place);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(`${name}: 1 story, 1 draft, 0 scheduled, 0 withdrawn, ${kind === 'wxr' ? 1 : 0} page`);
  const text = readFileSync(inside === undefined ? place : join(place, inside), 'utf8');
  expect(text).toContain('2025/02/ferry');
  const again = await run(kind, '--out', place);
  expect(again).toMatchObject({ code: 1, stderr: expect.stringMatching(/exists, so|is not empty, so/) });
  expect(readFileSync(inside === undefined ? place : join(place, inside), 'utf8')).toBe(text);
});

test('the pictures of an export have the address of --media', async () => {
  const { out, run, put } = newsroom();
  put('content/stories/2025/02/ferry/index.md', story({}, '![A quay](<a b.png>)'));
  put(
    'content/stories/2025/02/ferry/a b.png',
    await sharp({ create: { width: 9, height: 9, channels: 3, background: '#123' } })
      .png()
      .toBuffer(),
  );
  rmSync(join(out.replace(/-export$/, ''), 'content/stories/2025/02/ferry.md'));
  await run('wxr', '--out', out, '--media', 'https://files.example/paper/');
  const address = 'https://files.example/paper/wp-content/uploads/2025/02/ferry/a%20b.png';
  expect(readFileSync(join(out, 'wordpress.xml'), 'utf8')).toContain(`<wp:attachment_url><![CDATA[${address}]]>`);
  expect(existsSync(join(out, 'wp-content/uploads/2025/02/ferry/a b.png'))).toBe(true);
});

test('an export is read again without naming its kind', async () => {
  const { out, run, site } = newsroom();
  await run('markdown', '--out', out);
  const other = smallNewsroom();
  onTestFinished(() => rmSync(other.site, { recursive: true, force: true }));
  const { code, stdout } = await call(['import', out, '--site', other.site], { env: {} });
  expect({ code, stdout }).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('3 files in: 1 story, 1 page, 1'),
  });
  const file = 'content/stories/2025/02/ferry.md';
  expect(readFileSync(join(other.site, file), 'utf8')).toBe(readFileSync(join(site, file), 'utf8'));
});

test.each([
  ['content/x', 'this is inside content/'],
  ['public', 'this is inside public/'],
  ['dist', 'the site itself is written there'],
  ['dist/export', 'the site itself is written there'],
  ['.', 'this is the newsroom itself'],
  ['..', 'this folder contains the newsroom'],
])('an export never goes into --out %s', async (out, why) => {
  const { run, site } = newsroom();
  const before = readdirSync(site, { recursive: true });
  const { code, stderr } = await run('markdown', '--out', out);
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(why) });
  expect(readdirSync(site, { recursive: true })).toEqual(before);
});

test('nothing is exported into a folder with files, or from a newsroom with mistakes', async () => {
  const { out, run, put } = newsroom();
  mkdirSync(out);
  writeFileSync(join(out, 'mine.txt'), 'Mine.');
  const taken = await run('markdown', '--out', out);
  expect(taken).toMatchObject({ code: 1, stderr: expect.stringContaining('is not empty, so nothing was written') });
  expect(readdirSync(out)).toEqual(['mine.txt']);
  rmSync(out, { recursive: true });
  put('content/stories/2025/02/broken.md', story({ section: 'nowhere' }));
  const broken = await run('markdown', '--out', out, '--json');
  expect(broken.code).toBe(1);
  expect(JSON.parse(broken.stdout)).toMatchObject({ ok: false, errors: [{ rule: 'unknown-section' }] });
  expect(existsSync(out)).toBe(false);
});

test.each([
  [[], 'Say what to write:  broadsheet export KIND --out PATH . The kinds are: markdown, ninjs, wxr.'],
  [['markdwon'], 'There is no kind of export called "markdwon".\nDid you mean  markdown ?'],
  [['markdown'], 'An export needs  --out PATH'],
  [['wxr', '--out', '/tmp/never', '--media', 'files'], '--media files: this is not a complete address.'],
  [['markdown', '--out', '/tmp/never', '--media', 'https://x.example'], 'Leave  --media  out.'],
])('export %j', async (argv, message) => {
  const { code, stderr } = await newsroom().run(...argv);
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
});
