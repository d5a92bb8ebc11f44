import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ImportError } from '../source.ts';
import { compareSites, comparisonWords } from './compare.ts';
import { pageText, wordsOf } from './page-text.ts';

const page = (main: string, around = ''): string =>
  `<!doctype html><html><head><title>No</title><style>p{}</style></head><body>${around}<nav>Home News Sport</nav><main>${main}</main><footer>All rights reserved</footer></body></html>`;
const redirect = (to: string): string =>
  `<!doctype html><meta http-equiv="refresh" content="0; url=${to}"><p>Moved</p>`;

function sites(old: Record<string, string>, now: Record<string, string>) {
  const root = mkdtempSync(join(tmpdir(), 'compare-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [folder, files] of Object.entries({ old, now }))
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, folder, name)), { recursive: true });
      writeFileSync(join(root, folder, name), text);
    }
  return {
    root,
    run: (list?: string, base?: string) => {
      if (list !== undefined) writeFileSync(join(root, 'list.txt'), list);
      return compareSites({ old: join(root, list === undefined ? 'old' : 'list.txt'), dist: join(root, 'now'), base });
    },
  };
}

const long = 'The harbour opened again on Monday after the storm had closed it for nine days';

test('a page at its old address with all its words is complete, whatever surrounds them', () => {
  const { run } = sites(
    {
      'a/index.html': page(`<h1>Harbour</h1><p>${long}.</p><p>“It’s fine,” she said.</p>`, '<header>Old Post</header>'),
    },
    { 'a/index.html': page(`<h1>Harbour</h1><p>${long}.</p><p>"It's fine," she said.</p>`) },
  );
  expect(run()).toEqual({ addresses: 1, answered: 1, compared: 1, complete: 1, open: [] });
});

test.each([
  ['/2024/05/a/', 'a folder', { '2024/05/a/index.html': page('x') }],
  ['/2024/05/a', 'a folder without its slash', { '2024/05/a/index.html': page('x') }],
  ['/a.html', 'a file', { 'a.html': page('x') }],
  ['/a', 'a file without its ending', { 'a.html': page('x') }],
  ['https://old.example/caf%C3%A9/', 'an encoded address', { 'café/index.html': page('x') }],
  ['/a/?utm_source=x#top', 'an address with a campaign', { 'a/index.html': page('x') }],
  ['/report.pdf', 'a document', { 'report.pdf': 'x' }],
])('%s answers: %s', (address, _, now) => {
  expect(sites({}, now).run(address)).toMatchObject({ addresses: 1, answered: 1, open: [] });
});

test('a redirect answers with the page to which it leads, also below a base', () => {
  const { run } = sites(
    { 'old/index.html': page(`<p>${long}.</p>`) },
    { 'old/index.html': redirect('/paper/2024/05/new/'), '2024/05/new/index.html': page(`<p>${long}.</p>`) },
  );
  expect(run(undefined, '/paper')).toMatchObject({ answered: 1, compared: 1, complete: 1 });
});

test('what does not answer is listed, with the reason', () => {
  const now = { 'to-nothing/index.html': redirect('/gone/'), 'circle/index.html': redirect('/circle/') };
  const result = sites({}, now).run('/missing/\n/to-nothing/\n/?p=12\n/../../etc/passwd\n');
  expect(result).toMatchObject({ addresses: 4, answered: 0 });
  expect(result.open.map(({ address, answer, to }) => [address, answer, to])).toEqual([
    ['/../../etc/passwd', 'nothing', undefined],
    ['/?p=12', 'query', undefined],
    ['/missing/', 'nothing', undefined],
    ['/to-nothing/', 'nothing', '/gone/'],
  ]);
  expect(comparisonWords(result)).toContain('/to-nothing/: redirects to /gone/, which does not exist');
});

test('missing words are counted, and the passage is shown', () => {
  const lost = 'a sentence about gulls that nobody imported';
  const { run } = sites(
    { 'a/index.html': page(`<p>${long}. And ${lost}.</p><figcaption>Photo: Ann Example</figcaption>`) },
    { 'a/index.html': page(`<p>${long}.</p>`) },
  );
  const [open] = run().open;
  expect(open).toMatchObject({ address: '/a/', answer: 'page', missing: 11 });
  expect(open?.passages?.join('|')).toContain(lost);
  expect(open?.passages).toContain('photo ann example');
});

test('the same words in another order are not the same text', () => {
  const words = long.split(' ');
  const { run } = sites(
    { 'a.html': page(`<p>${long}</p>`) },
    { 'a.html': page(`<p>${words.reverse().join(' ')}</p>`) },
  );
  expect(run().open[0]?.missing).toBe(words.length);
});

test('text that is on many old pages is layout, and is not missed', () => {
  const names = Array.from({ length: 20 }, (_, number) => `p${number}.html`);
  const text = (name: string): string => `<p>${long} for the reader of ${name} alone.</p>`;
  const { run } = sites(
    Object.fromEntries(
      names.map((name) => [name, page(`<p>Subscribe to our weekly letter for all the news.</p>${text(name)}`)]),
    ),
    Object.fromEntries(names.map((name) => [name, page(text(name))])),
  );
  expect(run()).toMatchObject({ addresses: 20, complete: 20, open: [] });
});

test('a sitemap and a list with other columns are lists of addresses', () => {
  const now = { 'a/index.html': page('x'), 'b/index.html': page('x') };
  const sitemap =
    '<urlset><url><loc>https://old.example/a/</loc></url><url><loc>https://old.example/b/?x=1&amp;y=2</loc></url></urlset>';
  expect(sites({}, now).run(sitemap)).toMatchObject({ addresses: 2, answered: 2 });
  expect(sites({}, now).run('address,visits\n/a/,12\n/b/,7\n\n')).toMatchObject({ addresses: 2, answered: 2 });
});

test('a list without addresses, and a folder without pages, are mistakes', () => {
  expect(() => sites({}, { x: '' }).run('hello\n')).toThrow(ImportError);
  expect(() => sites({ 'a.txt': 'x' }, { x: '' }).run()).toThrow(ImportError);
});

test('text in scripts is no text, and a page can be nested as deeply as it likes', () => {
  const deep = `${'<div>'.repeat(20_000)}deep words${'</div>'.repeat(20_000)}<script>var no = 1;</script>`;
  expect(pageText(deep).blocks).toEqual(['deep words']);
});

test('scripts without spaces are compared character by character', () => {
  expect(wordsOf('銀奈米線、It’s')).toEqual(['銀', '奈', '米', '線', 'its']);
});
