import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ReceiptPages } from '../import/receipt-page/receipt-pages.ts';
import { smallArchive } from '../import/small-archive.fixture.ts';
import { call } from './command-line.fixture.ts';

async function run(cwd: string, ...argv: string[]) {
  const { code, stdout, stderr } = await call(['import', ...argv], { cwd, env: {} });
  return { code, out: stdout, err: stderr };
}

const archive = () =>
  smallArchive({ 'a.md': '---\ntitle: A\ndate: 2015-01-01\nlayout: x\n---\n![b](https://x.example/b.jpg)\n' });

test('prints a summary for people, and writes the complete receipt', async () => {
  const { root } = archive();
  const { code, out } = await run(root, 'markdown', 'in', '--site', 'site', '--permalink', '/blog/{path}/');
  expect(code).toBe(0);
  expect(out).toContain('1 file in: 1 story, 0 drafts, 0 skipped.');
  expect(out).toContain('dropped        1  layout (a story has no such field)  for example x');
  expect(out).toContain('1  missing or remote pictures, whose place and words are kept');
  const receipt = JSON.parse(readFileSync(join(root, 'site/.broadsheet/import-receipt.json'), 'utf8'));
  expect(receipt.changes).toEqual([
    {
      file: 'a.md',
      line: 6,
      kind: 'picture-wanted',
      before: '![b](https://x.example/b.jpg)',
      after: '![b](b.jpg)',
    },
  ]);
});

test('if the pages to look through cannot be written, the summary is printed all the same, and the exit code is 3', async () => {
  const { root } = archive();
  const broken = vi.spyOn(ReceiptPages.prototype, 'finish').mockImplementation(() => {
    throw new Error('no room');
  });
  onTestFinished(() => broken.mockRestore());
  const { code, out, err } = await run(root, 'markdown', 'in', '--site', 'site');
  expect({ code, err }).toEqual({
    code: 3,
    err: 'The pages to look through could not be written (no room). Everything else is complete. Run the same command again to write them.\n',
  });
  expect(out).toContain('1 file in: 1 story');
});

test('--json prints only the receipt; --dry-run writes nothing; --receipt names the file', async () => {
  const { root } = archive();
  const { out } = await run(root, 'markdown', 'in', '--site', 'site', '--json', '--dry-run', '--receipt', 'r.json');
  expect(JSON.parse(out).files).toMatchObject({ in: 1, stories: 1 });
  expect(existsSync(join(root, 'site/content/stories'))).toBe(false);
  expect(existsSync(join(root, 'site/.broadsheet'))).toBe(false);
  expect(readFileSync(join(root, 'r.json'), 'utf8')).toBe(out);
});

test.each([
  ['/:year/:month/:title/', '/2015/01/a/'],
  ['pretty', '/2015/01/01/a/'],
])('--permalink %s, as Jekyll documents it, gives old addresses', async (pattern, alias) => {
  const { root } = archive();
  const { code, out } = await run(root, 'markdown', 'in', '--site', 'site', '--json', '--permalink', pattern);
  expect(code).toBe(0);
  expect(JSON.parse(out).addressesDropped.concat(JSON.parse(out).stories)).toMatchObject([
    pattern === 'pretty' ? { aliases: [alias] } : { aliases: [] },
  ]);
});

test.each([
  [['wordpres', 'x'], 'There is no kind of archive "wordpres"'],
  [['nowhere'], 'There is no file or folder nowhere'],
  [['markdown'], 'Name the file or folder'],
  [['markdown', 'in', 'in2'], 'Name one archive at a time'],
  [['markdown', 'in', '--permlink', '/x/'], 'Did you mean  --permalink ?'],
  [['markdown', 'in', '--permalink', '/{paths}/'], 'Did you mean  {path} ?'],
  [['markdown', 'in', '--permalink', '/x/'], 'every story would have the same address'],
  [['markdown', 'in', '--origin', 'old.example'], 'write the address of the old site'],
])('%j is refused, and the message says what to do', async (argv, message) => {
  const { code, err } = await run(archive().root, ...argv);
  expect(code).toBe(2);
  expect(err).toContain(message);
});

test('a folder that is not a newsroom is refused, and the message says how to create one', async () => {
  const { root } = archive();
  expect(await run(root, 'markdown', 'in', '--site', '.')).toMatchObject({
    code: 1,
    err: expect.stringContaining('broadsheet init'),
  });
});

test('the exit code says whether everything was imported', async () => {
  const whole = archive();
  expect((await run(whole.root, 'in', '--site', 'site')).code).toBe(0);
  const partial = smallArchive({ 'a.md': '---\ntitle: A\ndate: 2015-01-01\n---\nText\n', 'b.md': '' });
  expect((await run(partial.root, 'in', '--site', 'site')).code).toBe(3);
  expect((await run(partial.root, 'in', '--site', 'site')).code).toBe(3);
  const nothing = smallArchive({ 'b.md': '', 'c.txt': 'Text' });
  expect((await run(nothing.root, 'markdown', 'in', '--site', 'site')).code).toBe(1);
});

test('--force overwrites what somebody has edited since', async () => {
  const { root, story, put } = archive();
  await run(root, 'in', '--site', 'site');
  const imported = story('2015/01/a');
  put('site/content/stories/2015/01/a/index.md', `${imported}Edited.\n`);
  expect((await run(root, 'in', '--site', 'site')).code).toBe(1);
  expect(story('2015/01/a')).toContain('Edited.');
  expect((await run(root, 'in', '--site', 'site', '--force')).code).toBe(0);
  expect(story('2015/01/a')).toBe(imported);
});

test('the receipt has pages to look through, and a dry run writes them outside the newsroom', async () => {
  const { root } = archive();
  const pageIn = (out: string) => /with old and new texts: (.+)$/m.exec(out)?.[1] ?? '';
  const dry = pageIn((await run(root, 'markdown', 'in', '--site', 'site', '--dry-run')).out);
  expect(dry).not.toContain(root);
  expect(readFileSync(dry, 'utf8')).toContain('Dry run: nothing was written.');
  rmSync(dirname(dry), { recursive: true });
  const page = pageIn((await run(root, 'markdown', 'in', '--site', 'site')).out);
  expect(page).toBe(join(root, 'site/.broadsheet/import/receipt/index.html'));
  expect(readFileSync(page, 'utf8')).toContain('stories-0001.html#story-1');
});

test('--compare says which old addresses do not answer, and which words are missing', async () => {
  const { root, put } = archive();
  const page = (words: string) => `<!doctype html><main><p>${words}</p></main>`;
  put('old/a/index.html', page('The harbour is open again after the storm.'));
  put('old/b/index.html', page('Another story about the quay.'));
  put('dist/index.html', '<!doctype html><link rel="canonical" href="https://post.example/paper/"><p>Front</p>');
  put('dist/a/index.html', '<!doctype html><meta http-equiv="refresh" content="0; url=/paper/new/">');
  put('dist/new/index.html', page('The harbour is open again.'));
  const { code, out } = await run(root, '--compare', 'old');
  expect(code).toBe(1);
  expect(out).toContain('1 of 2 old addresses answer.');
  expect(out).toContain('/b/');
  expect(out).toContain('“after the storm”');
  const json = JSON.parse((await run(root, '--compare', 'old', 'dist', '--json')).out);
  expect(json).toMatchObject({ addresses: 2, answered: 1, compared: 1, complete: 0 });
  expect((await run(root, '--compare', 'old', 'old')).code).toBe(0);
  expect((await run(root, '--compare', 'nowhere')).err).toContain('There is no file or folder');
});
