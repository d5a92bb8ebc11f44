import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../../check/check.ts';
import type { ImportOptions } from '../import.ts';
import { summaryOf } from '../receipt.ts';
import { picture, smallArchive } from '../small-archive.fixture.ts';

const now = Date.UTC(2026, 10, 1);
const pdf = (words = 'report') => `%PDF-1.4\n1 0 obj << /Title (${words}) >> endobj\ntrailer << >>\n%%EOF\n`;
const post = (head: string, body: string) => `---\ntitle: A\ndate: 2015-01-01\n${head}---\n${body}\n`;

/** Imports a folder, and says what became of its documents. */
async function imported(files: Record<string, string | Uint8Array>, options: Partial<ImportOptions> = {}) {
  const archive = smallArchive(files);
  const site = join(archive.root, 'site');
  const run = (more: Partial<ImportOptions> = {}) =>
    archive.run({ origin: 'https://old.example', now, ...options, ...more });
  const receipt = await run();
  const { problems } = await check({ site, cache: join(archive.root, 'cache'), now, clock: now });
  const filesIn = (folder: string) =>
    existsSync(join(site, folder))
      ? readdirSync(join(site, folder), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name).slice(join(site, folder).length + 1))
          .sort()
      : [];
  return {
    archive,
    receipt,
    run,
    public: () => filesIn('public'),
    stories: () => archive.list().filter((file) => !/index\.mdx?$/.test(file)),
    documents: receipt.documents.map(({ address, state, to, reason }) => [address, state, to ?? reason]),
    problems: problems.map(({ file, line, message }) => `${file}:${line} ${message}`),
  };
}

describe('a file that a public story links to is in public/ at its old address, and the link leads there', () => {
  test.each([
    [
      'from the root',
      '[r](/files/report.pdf)',
      '[r](/files/report.pdf)',
      'static/files/report.pdf',
      '/files/report.pdf',
    ],
    [
      'in the folder of the source',
      '[r](/files/report.pdf)',
      '[r](/files/report.pdf)',
      'files/report.pdf',
      '/files/report.pdf',
    ],
    [
      'complete',
      '[r](https://old.example/files/report.pdf)',
      '[r](/files/report.pdf)',
      'files/report.pdf',
      '/files/report.pdf',
    ],
    [
      'complete, http and www',
      '[r](http://www.old.example/f/report.pdf)',
      '[r](/f/report.pdf)',
      'f/report.pdf',
      '/f/report.pdf',
    ],
    ['a part of it', '[r](/f/report.pdf?v=2#page=3)', '[r](/f/report.pdf#page=3)', 'f/report.pdf', '/f/report.pdf'],
    [
      'HTML',
      '<a href="/wp-content/uploads/x.pdf">r</a>',
      '<a href="/wp-content/uploads/x.pdf">r</a>',
      'wp-content/uploads/x.pdf',
      '/wp-content/uploads/x.pdf',
    ],
    ['a reference', '[r][1]\n\n[1]: /f/x.pdf', '[r][1]\n\n[1]: /f/x.pdf', 'f/x.pdf', '/f/x.pdf'],
    [
      'a name with a space',
      '[r](/f/My%20report.pdf)',
      '[r](/f/My%20report.pdf)',
      'f/My report.pdf',
      '/f/My report.pdf',
    ],
    [
      'a name with letters of its own',
      '[r](/f/r%C3%A9sum%C3%A9.pdf)',
      '[r](/f/résumé.pdf)',
      'f/re\u0301sume\u0301.pdf',
      '/f/résumé.pdf',
    ],
    ['beside the text, with a known address', '[r](data.pdf)', '[r](/old/a/data.pdf)', 'data.pdf', '/old/a/data.pdf'],
    ['a sound', '<audio src="/f/x.mp3"></audio>', '<a href="/f/x.mp3">Sound: x.mp3</a>', 'f/x.mp3', '/f/x.mp3'],
  ])('%s', async (_, body, expected, file, address) => {
    const bytes = file.endsWith('.mp3')
      ? Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\0\0'), Buffer.alloc(2000)])
      : pdf();
    const {
      archive,
      documents,
      problems,
      public: inPublic,
    } = await imported({ 'a.md': post('permalink: /old/a/\n', body), [file]: bytes });
    expect(
      archive
        .story('2015/01/a')
        .replace(/^---[\s\S]*?\n---\n\n/, '')
        .trim(),
    ).toBe(expected);
    expect(documents).toEqual([[address, 'public', `public${address}`]]);
    expect(inPublic()).toEqual([address.slice(1)]);
    expect(problems).toEqual([]);
  });
});

describe('what only hidden stories link to does not become public', () => {
  const draft = (body: string) => post('draft: true\n', body);

  test('a document is beside the draft, and comes with it', async () => {
    const done = await imported({
      'a.md': draft('[s](/files/plan.pdf#page=2)'),
      'files/plan.pdf': pdf(),
    });
    expect(done.archive.story('2015/01/a')).toContain('[s](plan.pdf#page=2)');
    expect(done.public()).toEqual([]);
    expect(done.stories()).toEqual(['2015/01/a/plan.pdf']);
    expect(done.documents).toEqual([['/files/plan.pdf', 'beside', 'content/stories/2015/01/a/plan.pdf']]);
    expect(summaryOf(done.receipt)).toContain(
      '/files/plan.pdf → content/stories/2015/01/a/plan.pdf: only stories that are not public link to it',
    );
    expect(done.problems).toEqual([]);
  });

  test.each([
    ['draft: true', 'a draft'],
    ['embargo: 2099-01-01T06:00:00Z', 'under embargo'],
    ['withdrawn: { date: 2016-01-01, reason: Forged. }', 'withdrawn'],
    ['expiryDate: 2016-01-01', 'expired'],
    ['password: x', 'with a password'],
  ])('%s (%s)', async (head) => {
    const done = await imported({
      'a.md': post(`${head}\n`, '[p](/files/plan.pdf) [o](/files/o.7z) ![x](/x.jpg) [![x](/x.jpg)](/x.jpg)'),
      'files/plan.pdf': pdf(),
      'files/o.7z': Buffer.from('377abcaf271c0004', 'hex'),
      'x.jpg': await picture(),
    });
    expect(done.public()).toEqual([]);
    expect(done.stories().filter((file) => !file.endsWith('.jpg'))).toEqual(['2015/01/a/plan.pdf']);
    expect(done.documents.map(([address, state]) => [address, state])).toEqual([
      ['/files/o.7z', 'refused'],
      ['/files/plan.pdf', 'beside'],
      ['/x.jpg', 'refused'],
    ]);
    expect(done.problems.filter((problem) => !problem.includes('withdrawn'))).toEqual([]);
  });

  test('a date in the future', async () => {
    const done = await imported({
      'a.md': '---\ntitle: A\ndate: 2099-01-01\n---\n[p](/files/plan.pdf)\n',
      'files/plan.pdf': pdf(),
    });
    expect(done.public()).toEqual([]);
    expect(done.documents).toMatchObject([['/files/plan.pdf', 'beside', 'content/stories/2099/01/a/plan.pdf']]);
  });

  test('if a public story links to it too, whichever comes first, both lead to the one in public/', async () => {
    const files = {
      'a.md': draft('[p](/files/plan.pdf)'),
      'b.md': post('slug: b\n', '[p](/files/plan.pdf)'),
      'files/plan.pdf': pdf(),
    };
    const done = await imported(files);
    expect(done.public()).toEqual(['files/plan.pdf']);
    expect(done.stories()).toEqual([]);
    expect(done.archive.story('2015/01/a')).toContain('[p](/files/plan.pdf)');
    expect(done.receipt.files).toMatchObject({ in: 2, stories: 1, drafts: 1, written: 2 });
    expect((await done.run()).files).toMatchObject({ written: 0, unchanged: 2 });
  });

  test('a file that only has the same name as the one that a story links to stays where it is', async () => {
    const done = await imported({
      'a.md': post('', '[r](/files/report.pdf) [![x](/y/x.jpg)](/y/big.jpg)'),
      'report.pdf': pdf(),
      'big.jpg': await picture(),
    });
    expect(done.public()).toEqual([]);
    expect(done.documents.map(([address, state]) => [address, state])).toEqual([
      ['/files/report.pdf', 'missing'],
      ['/y/big.jpg', 'missing'],
    ]);
  });

  test('what no story links to stays where it is', async () => {
    const done = await imported({ 'a.md': post('', 'Words.'), 'static/files/secret.pdf': pdf() });
    expect(done.public()).toEqual([]);
    expect(done.receipt.others.unused).toEqual(['static/files/secret.pdf']);
  });
});

describe('what does not come along is listed with its reason, and the link leads to the old site', () => {
  test.each<[string, string, string | Uint8Array | undefined, string]>([
    ['it is not there', '/f/gone.pdf', undefined, 'missing'],
    ['a page', '/f/app/', '<!doctype html><script src="x.js"></script>', 'it is a page of its own, which can run code'],
    ['a page by its name', '/f/app.html', '<!doctype html><p>x', 'it is a page of its own, which can run code'],
    ['a program', '/f/x.js', 'alert(1)', 'files of the kind .js are not made public by an import'],
    ['a program for a server', '/f/x.php5', '<?php', 'files of the kind .php5 are not made public by an import'],
    ['a program for a computer', '/f/x.exe', 'MZ', 'files of the kind .exe are not made public by an import'],
    ['a hidden file', '/f/.x.pdf', pdf(), 'its name, or that of its folder, begins with a dot or is temporary'],
    ['a hidden folder', '/.x/y.pdf', pdf(), 'its name, or that of its folder, begins with a dot or is temporary'],
    ['XML', '/f/x.xml', '<x/>', 'files of the kind .xml are not made public by an import'],
    [
      'a drawing with a script',
      '/f/x.svg',
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>',
      'it does more than draw (script)',
    ],
    [
      'a saved error page',
      '/f/x.pdf',
      '<!DOCTYPE html><title>404</title>',
      'it is a web page, although its name ends in .pdf',
    ],
    [
      'a pointer',
      '/f/x.pdf',
      'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n',
      'the archive has only a pointer to it (Git LFS)',
    ],
    ['something else', '/f/x.pdf', 'Words', 'its bytes are not those of a .pdf file'],
    ['another kind', '/f/x.zip', pdf(), 'its name ends in .zip, but it is a file of the kind .pdf'],
    ['nothing', '/f/x.pdf', '', 'it is empty'],
    [
      'too large',
      '/f/x.pdf',
      Buffer.concat([Buffer.from(pdf()), Buffer.alloc(100_000_001)]),
      'it is larger than 100 MB',
    ],
  ])('%s', async (_, address, bytes, reason) => {
    const file = address.endsWith('/') ? `${address}index.html` : address;
    const done = await imported({
      'a.md': post('', `[r](${address})`),
      ...(bytes === undefined ? {} : { [`static${file}`]: bytes }),
    });
    expect(done.archive.story('2015/01/a')).toContain(`[r](https://old.example${address})`);
    expect(done.public()).toEqual([]);
    expect(done.documents).toEqual([
      [address, reason === 'missing' ? 'missing' : 'refused', reason === 'missing' ? undefined : reason],
    ]);
    expect(summaryOf(done.receipt)).toContain(address);
    expect(done.problems).toEqual([]);
  });

  test('a drawing that only draws comes along', async () => {
    const done = await imported({
      'a.md': post('', '[r](/x.svg)'),
      'x.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
    });
    expect(done.public()).toEqual(['x.svg']);
  });

  test('a symbolic link that leads outside, and a path that does', async () => {
    const archive = smallArchive({ 'a.md': post('', '[r](/f/x.pdf) [s](../../outside.pdf) [t](/../outside.pdf)') });
    archive.put('outside.pdf', pdf('secret'));
    mkdirSync(join(archive.root, 'in/f'));
    symlinkSync(join(archive.root, 'outside.pdf'), join(archive.root, 'in/f/x.pdf'));
    const receipt = await archive.run({ origin: 'https://old.example', now });
    expect(receipt.documents.map(({ state }) => state)).not.toContain('public');
    expect(existsSync(join(archive.root, 'site/public'))).toBe(false);
  });

  test('without --origin, the words stay', async () => {
    const done = await imported({ 'a.md': post('', 'See [r](/f/gone.pdf).') }, { origin: undefined });
    expect(done.archive.story('2015/01/a')).toContain('See r.');
    expect(done.documents).toEqual([['/f/gone.pdf', 'missing', undefined]]);
  });
});

describe('a file whose old address something else has is published beside its story', () => {
  test.each<[string, Record<string, string>, string, string]>([
    [
      'an address in two cases',
      {
        'a.md': post('', '[r](/f/x.pdf)'),
        'b.md': post('slug: b\n', '[r](/f/X.pdf)'),
        'f/x.pdf': pdf('1'),
        'f/X.pdf': pdf('2'),
      },
      '2015/01/b/X.pdf',
      'its address differs from /f/x.pdf only in case',
    ],
    [
      'the address of a folder',
      { 'a.md': post('', '[r](/x.pdf)'), 'x.pdf': pdf(), '../site/public/x.pdf/readme.txt': 'x' },
      '2015/01/a/x.pdf',
      'its address is that of a folder',
    ],
    [
      'an address of the site',
      { 'a.md': post('', '[r](/topics/x.pdf)'), 'static/topics/x.pdf': pdf() },
      '2015/01/a/x.pdf',
      'its address is reserved for the site itself',
    ],
    [
      'an address of hosts',
      { 'a.md': post('', '[r](/functions/x.pdf)'), 'static/functions/x.pdf': pdf() },
      '2015/01/a/x.pdf',
      'hosts give its address a meaning of their own',
    ],
    [
      'a name that Windows cannot hold',
      { 'a.md': post('', '[r](/f/con.pdf) [s](/f/a:b.pdf)'), 'f/a:b.pdf': pdf() },
      '2015/01/a/a-b.pdf',
      'not every file system can hold its name',
    ],
    [
      'a name that a link cannot hold',
      { 'a.md': post('', '[s](/f/50%25.pdf)'), 'f/50%.pdf': pdf() },
      '2015/01/a/50.pdf',
      'its address has a character that a link cannot name',
    ],
    [
      'an unknown address',
      { 'sub/a.md': post('', '[s](x.pdf)'), 'sub/x.pdf': pdf() },
      '2015/01/a/x.pdf',
      'its old address is not known',
    ],
  ])('%s', async (_, files, beside, reason) => {
    const done = await imported(files);
    expect(done.stories()).toContain(beside);
    expect(done.receipt.documents).toContainEqual(
      expect.objectContaining({ state: 'beside', to: `content/stories/${beside}`, reason }),
    );
    expect(done.problems).toEqual([]);
    expect((await done.run()).files.written).toBe(0);
  });
});

test('the same import again copies nothing, and what the newsroom has at an address stays', async () => {
  const done = await imported({ 'a.md': post('', '[r](/f/x.pdf) [s](/f/y.pdf)'), 'f/x.pdf': pdf(), 'f/y.pdf': pdf() });
  expect(done.receipt.documents.map(({ isUnchanged }) => isUnchanged)).toEqual([undefined, undefined]);
  const again = await done.run();
  expect(again.files).toMatchObject({ written: 0, unchanged: 1 });
  expect(again.documents.map(({ isUnchanged }) => isUnchanged)).toEqual([true, true]);
  // A newer file of the archive replaces the one that the import wrote.
  done.archive.put('in/f/x.pdf', pdf('newer'));
  await done.run();
  const inPublic = (name: string) => readFileSync(join(done.archive.root, 'site/public/f', name), 'utf8');
  expect(inPublic('x.pdf')).toContain('newer');
  // A file that somebody has replaced is not overwritten.
  writeFileSync(join(done.archive.root, 'site/public/f/y.pdf'), pdf('own'));
  const third = await done.run();
  expect(inPublic('y.pdf')).toContain('own');
  expect(third.documents).toContainEqual(
    expect.objectContaining({
      address: '/f/y.pdf',
      state: 'beside',
      reason: 'the newsroom has another file at its address',
    }),
  );
});

test('a dry run copies nothing and says the same', async () => {
  const files = { 'a.md': post('', '[r](/f/x.pdf)'), 'f/x.pdf': pdf() };
  const dry = await smallArchive(files).run({ dryRun: true, now });
  const archive = smallArchive(files);
  expect((await archive.run({ now })).documents).toEqual(dry.documents);
});

test('a full-size picture comes along, and the small one is shown', async () => {
  const done = await imported({
    'a.md': post('', '[![A boat](/img/small.jpg)](/img/big.jpg)'),
    'img/small.jpg': await picture(),
    'img/big.jpg': await picture(),
  });
  expect(done.archive.story('2015/01/a')).toContain('[![A boat](small.jpg)](/img/big.jpg)');
  expect(done.public()).toEqual(['img/big.jpg']);
  expect(done.problems).toEqual([]);
});

test('several addresses of the old site are the newsroom’s own, for stories, pictures, and documents', async () => {
  const files = {
    'a.md': post(
      'permalink: /a/\n',
      '[b](http://paper.example/b/) [c](https://www.old.example/b/) [d](https://news.old.example/b/)\n\n![x](http://www.paper.example/x.jpg)\n\n[r](https://news.old.example/r.pdf) [o](https://other.example/r.pdf) [n](/nowhere/)',
    ),
    'b.md': post('slug: b\npermalink: https://paper.example/b/\n', 'Words.'),
    'x.jpg': await picture(),
    'r.pdf': pdf(),
  };
  const done = await imported(files, {
    origin: ['https://old.example', 'http://paper.example', 'https://news.old.example'],
  });
  const text = done.archive.story('2015/01/a');
  expect(text).toContain('[b](story:2015/01/b) [c](story:2015/01/b) [d](story:2015/01/b)');
  expect(text).toContain('(x.jpg)');
  expect(text).toContain('[r](/r.pdf) [o](https://other.example/r.pdf) [n](https://old.example/nowhere/)');
  expect(done.archive.story('2015/01/b')).toContain('aliases: [/b/]');
});

test.each<[string, Record<string, string>, Partial<ImportOptions>]>([
  ['the path of --origin', {}, { origin: 'https://old.example/blog' }],
  ['what --permalink begins with', {}, { permalinks: ['/blog/{path}/'] }],
  ['baseurl of Jekyll', { '_config.yml': 'url: https://old.example\nbaseurl: /blog\n' }, { origin: undefined }],
])('a file of an old site that was below a path: %s', async (_, config, options) => {
  const files = {
    ...config,
    'a.md': post('', '[r](/blog/f/x.pdf) ![y](/blog/f/y.jpg)'),
    'f/x.pdf': pdf(),
    'f/y.jpg': await picture(),
  };
  const done = await imported(files, options);
  expect(done.documents).toEqual([['/blog/f/x.pdf', 'public', 'public/blog/f/x.pdf']]);
  expect(done.stories()).toEqual(['2015/01/a/y.jpg']);
});

test('Hugo publishes files in its content from the root, also those of the folder of a language', async () => {
  const done = await imported({
    'hugo.toml': 'baseURL = "https://old.example/"\n[languages.en]\ncontentDir = "content/en"\n',
    'content/en/posts/a.md': post('', '[r](/documents/x.pdf) [s](/y/z.pdf)'),
    'content/en/documents/x.pdf': pdf('1'),
    'content/y/z.pdf': pdf('2'),
  });
  expect(done.public()).toEqual(['documents/x.pdf', 'y/z.pdf']);
});

test('a caption keeps the link to a document', async () => {
  const done = await imported({
    'a.md': post('', '![A boat](/x.jpg "Out. See [the report](/f/x.pdf).")'),
    'x.jpg': await picture(),
    'f/x.pdf': pdf(),
  });
  expect(done.archive.story('2015/01/a')).toContain('[the report](/f/x.pdf)');
  expect(done.public()).toEqual(['f/x.pdf']);
  expect(done.problems).toEqual([]);
});
