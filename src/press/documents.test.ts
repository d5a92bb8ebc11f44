import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parseFragment } from 'parse5';
import { expect, onTestFinished, test } from 'vitest';
import { contentsOf } from '../editions/contents.ts';
import { documentEndings, isDocument, kindAndSize, showDocuments } from '../story/documents.ts';
import { deadLinks } from './dead-links.fixture.ts';
import { type SmallNewsroom, smallNewsroom, story } from './small-newsroom.fixture.ts';

/* A document beside a story that a link names is published while the story is, and is removed when it is not. */

const folder = 'content/stories/2025/02/harbour';
const file = `${folder}/index.md`;
const report = Buffer.alloc(1_234_567, 'r');

function newsroomOf(files: Record<string, string | Uint8Array> = {}): SmallNewsroom {
  const newsroom = smallNewsroom({ 'content/stories/2025/01/other.md': story(), ...files });
  onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
  return newsroom;
}

const documents = (newsroom: SmallNewsroom) =>
  [...newsroom.dist().keys()]
    .filter((name) => isDocument(name) || /secret|\.html\.|\.svg$/.test(name))
    .filter((name) => !/^assets\/|^robots\.txt$|(?:^|\/)feed\.json$/.test(name))
    .sort();
const text = (newsroom: SmallNewsroom, page = '2025/02/harbour/index.html') =>
  Buffer.from(newsroom.dist().get(page) ?? '', 'latin1')
    .toString()
    .replace(/ data-note="\w+"/g, '');

test('a document that a link names is published at the address of the story, and the link says what it is', async () => {
  const newsroom = newsroomOf({
    [file]: story(
      {},
      'Read [the report](report.pdf), [page 3](report.pdf#page=3) and <a href="data/Zählung%202025.xlsx">the figures</a>.\n\n[Report (PDF, 1.2 MB)](report.pdf)\n\n> [A quotation](notes.txt)',
    ),
    [`${folder}/report.pdf`]: report,
    [`${folder}/data/Zählung 2025.xlsx`]: 'x'.repeat(20_400),
    [`${folder}/notes.txt`]: 'Notes.',
    [`${folder}/unused.pdf`]: 'unused',
  });
  const { warnings } = await newsroom.press();
  expect(warnings.filter(({ rule }) => rule.startsWith('link'))).toEqual([]);
  expect(documents(newsroom)).toEqual(
    ['2025/02/harbour/data/Zählung 2025.xlsx', '2025/02/harbour/notes.txt', '2025/02/harbour/report.pdf'].map((name) =>
      name.normalize('NFC'),
    ),
  );
  const page = text(newsroom);
  expect(page).toContain('<a href="/2025/02/harbour/report.pdf">the report (PDF, 1.2\u00a0MB)</a>');
  expect(page).toContain('<a href="/2025/02/harbour/report.pdf#page=3">page 3 (PDF, 1.2\u00a0MB)</a>');
  expect(page).toContain('<a href="/2025/02/harbour/data/Z%C3%A4hlung%202025.xlsx">the figures (XLSX, 20\u00a0kB)</a>');
  expect(page).toContain('<a href="/2025/02/harbour/report.pdf">Report (PDF, 1.2 MB)</a>');
  const feed = text(newsroom, 'feed.xml');
  expect(feed).toContain('https://post.example/2025/02/harbour/report.pdf');
  const dist = join(newsroom.site, 'dist');
  const pages = [...newsroom.dist().keys()].filter((name) => name.endsWith('.html'));
  const dead = await deadLinks(dist, pages, 'https://post.example');
  // A page in a PDF is for its reader to find.
  expect(dead.filter((link) => !link.endsWith('.pdf#page=3'))).toEqual([]);
  const edition = [...contentsOf(dist, { url: 'https://post.example/' }).files];
  expect(edition.map(({ file: name }) => name)).toContain('2025/02/harbour/report.pdf');
  expect(edition.find(({ file: name }) => name === '2025/02/harbour/index.html')?.text).toContain('href="report.pdf"');
}, 120_000);

test('the links of a withdrawn story cause no warnings, because readers see none', async () => {
  const newsroom = newsroomOf({
    [file]: story({ withdrawn: { date: '2025-03-01', reason: 'Wrong.' } }, '[x](report.pdf) [y](/abuot/)'),
    [`${folder}/report.pdf`]: report,
  });
  expect((await newsroom.press()).warnings).toEqual([]);
  newsroom.put(file, story({}, '[x](report.pdf) [y](/abuot/)'));
  expect((await newsroom.press()).warnings.map(({ rule }) => rule)).toEqual(['link-dead']);
}, 120_000);

test('the site can have a path', async () => {
  const newsroom = newsroomOf({ [file]: story({}, '[x](report.pdf)'), [`${folder}/report.pdf`]: 'r' });
  newsroom.put(
    'content/site.yaml',
    'name: P\nurl: https://post.example/paper/\nsections: [{ id: world, title: World }]\n',
  );
  await newsroom.press();
  expect(text(newsroom)).toContain('<a href="/paper/2025/02/harbour/report.pdf">');
});

test('it is removed when the link, the file, or the story is removed, and comes back with it; a clean build does the same', async () => {
  const linked = story({}, '[x](report.pdf)');
  const newsroom = newsroomOf({ [file]: linked, [`${folder}/report.pdf`]: 'one' });
  const there = ['2025/02/harbour/report.pdf'];
  const steps: [what: string, change: () => void, expected: string[], at?: string][] = [
    ['there', () => {}, there],
    ['link removed', () => newsroom.put(file, story()), []],
    ['link put back', () => newsroom.put(file, linked), there],
    ['draft', () => newsroom.put(file, story({ draft: true }, '[x](report.pdf)')), []],
    ['ready', () => newsroom.put(file, linked), there],
    [
      'withdrawn',
      () => newsroom.put(file, story({ withdrawn: { date: '2025-03-01', reason: 'Wrong.' } }, '[x](report.pdf)')),
      [],
    ],
    ['embargoed', () => newsroom.put(file, story({ embargo: '2025-06-10' }, '[x](report.pdf)')), []],
    ['out by the clock', () => {}, there, '2025-06-11T12:00:00Z'],
    ['back by the clock', () => {}, []],
    ['another slug', () => newsroom.put(file, story({ slug: 'port' }, '[x](report.pdf)')), ['2025/02/port/report.pdf']],
    ['file taken away', () => newsroom.remove(`${folder}/report.pdf`), []],
    ['file put back', () => newsroom.put(`${folder}/report.pdf`, 'two'), ['2025/02/port/report.pdf']],
    ['story removed', () => newsroom.remove(file), []],
  ];
  for (const [what, change, expected, at] of steps) {
    change();
    await newsroom.press(at ? { at } : {});
    expect([what, documents(newsroom)]).toEqual([what, expected]);
    const clean = join(newsroom.site, `clean-${what}`);
    await newsroom.press({ dist: clean, ...(at ? { at } : {}) });
    expect([what, [...newsroom.dist(clean)]]).toEqual([what, [...newsroom.dist()]]);
    rmSync(clean, { recursive: true });
    // The same index with an empty dist: everything is planned again from the index.
    rmSync(join(newsroom.site, 'dist'), { recursive: true });
    await newsroom.press(at ? { at } : {});
    expect([what, documents(newsroom)]).toEqual([what, expected]);
  }
}, 180_000);

test('new bytes of a document reach readers, and so does its new size', async () => {
  const newsroom = newsroomOf({ [file]: story({}, '[x](report.pdf)'), [`${folder}/report.pdf`]: 'a'.repeat(2000) });
  await newsroom.press();
  newsroom.put(`${folder}/report.pdf`, 'b'.repeat(5000));
  const { changed } = await newsroom.press();
  expect(changed).toEqual(expect.arrayContaining(['2025/02/harbour/report.pdf', '2025/02/harbour/index.html']));
  expect(text(newsroom)).toContain('(PDF, 5\u00a0kB)');
  newsroom.put(`${folder}/report.pdf`, 'c'.repeat(5000));
  expect((await newsroom.press()).changed).toEqual(['2025/02/harbour/report.pdf']);
  expect((await newsroom.press()).changed).toEqual([]);
});

test('nothing else is published: pictures, pages, programs, hidden and temporary files, other folders, symbolic links', async () => {
  const never = [
    'photo.jpg',
    'page.html',
    'drawing.svg',
    'feed.xml',
    'run.js',
    'x.md',
    'noending',
    '~$report.docx',
    '.hidden.pdf',
    '.~lock.report.odt#',
    'report.pdf.tmp',
    'Thumbs.db',
    '../other/secret.pdf',
    '../secret.pdf',
    '../../../../secret.pdf',
    'y/secret.pdf',
    'linked.pdf',
    '%2e%2e/other/secret.pdf',
    '..\\\\other\\\\secret.pdf',
    '/etc/hostname',
    'file:secret.pdf',
  ];
  const body = never
    .filter((name) => name !== 'x.md' && !name.startsWith('file:'))
    .map((name) => `[x](<${name}>)`)
    .join('\n\n');
  const newsroom = newsroomOf({
    [file]: story({}, body),
    'content/stories/2025/02/other/index.md': story(),
    'content/stories/2025/02/other/secret.pdf': 'secret',
    'content/stories/2025/02/secret.pdf': 'secret',
    'content/secret.pdf': 'secret',
    'secret.pdf': 'secret',
    [`${folder}/y/index.md`]: story({ slug: 'y' }),
    [`${folder}/y/secret.pdf`]: 'secret',
  });
  for (const name of never.slice(0, 12)) newsroom.put(`${folder}/${name}`, 'secret');
  mkdirSync(join(newsroom.site, folder), { recursive: true });
  symlinkSync('../other/secret.pdf', join(newsroom.site, folder, 'linked.pdf'));
  newsroom.remove(`${folder}/x.md`);
  const { warnings } = await newsroom.press();
  expect([...newsroom.dist()].filter(([, bytes]) => bytes === 'secret').map(([name]) => name)).toEqual([]);
  expect(warnings.filter(({ rule }) => rule === 'link-dead').length).toBeGreaterThan(14);
  const hints = warnings.map(({ message, hint }) => `${message} ${hint}`).join('\n');
  expect(hints).toContain('"photo.jpg" is not published, because pictures are shown, not linked to.');
  expect(hints).toContain('"../other/secret.pdf" is not published, because it is not in the folder of this story.');
  expect(hints).toContain('"run.js" is not published, because this kind of document');
});

test('the reason why a file is not published is about the file itself, not about what its name looks like', async () => {
  const named = ['.hidden.pdf', '~$report.docx', 'setup.exe', 'Thumbs.db'];
  const newsroom = newsroomOf({
    [file]: story({}, [...named, 'gone.exe'].map((name) => `[x](<${name}>)`).join('\n\n')),
    ...Object.fromEntries(named.map((name) => [`${folder}/${name}`, 'secret'])),
  });
  const { warnings } = await newsroom.press();
  const said = warnings.map(({ message, hint }) => `${message} ${hint}`).sort();
  expect(said).toEqual([
    expect.stringMatching(
      /^"\.hidden\.pdf" is not published, because hidden and temporary files are never published\./,
    ),
    expect.stringMatching(/^"Thumbs\.db" is not published, because hidden and temporary files are never published\./),
    // There is no such file, so it could be a host.
    expect.stringMatching(/^"gone\.exe" has no {2}https:/),
    expect.stringMatching(/^"setup\.exe" is not published, because this kind of document/),
    expect.stringMatching(
      /^"~\$report\.docx" is not published, because hidden and temporary files are never published\./,
    ),
  ]);
});

test.each(['./report.pdf', 'x/../report.pdf', './x/./report.pdf', '%2E/report%2Epdf'])(
  'a document can be named as %s',
  async (written) => {
    const name = written.includes('/x/') ? 'x/report.pdf' : 'report.pdf';
    const newsroom = newsroomOf({ [file]: story({}, `[x](${written})`), [`${folder}/${name}`]: 'r' });
    expect((await newsroom.press()).warnings).toEqual([]);
    expect(documents(newsroom)).toEqual([`2025/02/harbour/${name}`]);
    expect(text(newsroom)).toContain(`<a href="/2025/02/harbour/${name}">x (PDF, `);
  },
);

test('canary: the same file in the story’s own folder is published', async () => {
  const newsroom = newsroomOf({ [file]: story({}, '[x](secret.pdf)'), [`${folder}/secret.pdf`]: 'secret' });
  await newsroom.press();
  expect([...newsroom.dist()].filter(([, bytes]) => bytes === 'secret').map(([name]) => name)).toEqual([
    '2025/02/harbour/secret.pdf',
  ]);
});

test('a story without a folder has its files directly beside it', async () => {
  const newsroom = newsroomOf({
    'content/stories/2025/02/a.md': story({}, '[x](report.pdf) [y](b/report.pdf)'),
    'content/stories/2025/02/b/index.md': story(),
    'content/stories/2025/02/report.pdf': 'right',
    'content/stories/2025/02/b/report.pdf': 'of b',
  });
  await newsroom.press();
  expect(documents(newsroom)).toEqual(['2025/02/a/report.pdf']);
});

test('temporary files in public/ are not published', async () => {
  const names = [
    '~$report.docx',
    'report.docx.tmp',
    'Thumbs.db',
    'thumbs.db',
    '.DS_Store',
    'desktop.ini',
    '.~lock.a.odt#',
    'a.odt~',
    '#a#',
    'film.mp4.crdownload',
    'list.pdf.part',
    '.a.txt.swp',
    '__MACOSX/x.txt',
  ];
  const newsroom = newsroomOf({
    ...Object.fromEntries(names.map((name) => [`public/${name}`, 'secret'])),
    'public/good.tmp.txt': 'fine',
  });
  await newsroom.press();
  expect([...newsroom.dist()].filter(([, bytes]) => bytes === 'secret').map(([name]) => name)).toEqual([]);
  expect(newsroom.dist().get('good.tmp.txt')).toBe('fine');
});

test('a missing document is reported, with the one that was probably meant', async () => {
  const newsroom = newsroomOf({ [file]: story({}, '[x](reprot.pdf)'), [`${folder}/report.pdf`]: 'r' });
  const { warnings } = await newsroom.press();
  expect(warnings).toMatchObject([
    {
      rule: 'link-dead',
      line: 8,
      message: 'There is no file "reprot.pdf" beside this story.',
      hint: 'Did you mean  report.pdf ?',
    },
  ]);
});

test('a standing page has documents beside it like a story, while the link, the file, and the page exist', async () => {
  const about = 'content/pages/about.md';
  const linked = '---\nheadline: About\n---\n\n[The terms](terms.pdf)\n';
  const newsroom = newsroomOf({ [about]: linked, 'content/pages/terms.pdf': report, 'content/pages/other.pdf': 'x' });
  const there = ['about/terms.pdf'];
  const steps: [what: string, change: () => void, expected: string[]][] = [
    ['there', () => {}, there],
    ['link removed', () => newsroom.put(about, linked.replace('(terms.pdf)', '(/world/)')), []],
    ['link put back', () => newsroom.put(about, linked), there],
    ['draft', () => newsroom.put(about, linked.replace('---\n\n', 'draft: true\n---\n\n')), []],
    ['ready', () => newsroom.put(about, linked), there],
    ['another slug', () => newsroom.put(about, linked.replace('---\n\n', 'slug: us\n---\n\n')), ['us/terms.pdf']],
    ['file taken away', () => newsroom.remove('content/pages/terms.pdf'), []],
    ['file put back', () => newsroom.put('content/pages/terms.pdf', 'two'), ['us/terms.pdf']],
    ['page removed', () => newsroom.remove(about), []],
  ];
  for (const [what, change, expected] of steps) {
    change();
    await newsroom.press();
    expect([what, documents(newsroom)]).toEqual([what, expected]);
    const kept = newsroom.dist();
    await newsroom.press({ clean: true });
    expect([what, [...newsroom.dist().keys()].sort()]).toEqual([what, [...kept.keys()].sort()]);
  }
}, 120_000);

test('the page says what its link leads to, and a change of the file reaches readers', async () => {
  const newsroom = newsroomOf({
    'content/pages/about.md': '---\nheadline: About\n---\n\n[The terms](terms.pdf) and [more](trems.pdf)\n',
    'content/pages/terms.pdf': report,
  });
  const { warnings } = await newsroom.press();
  expect(warnings).toMatchObject([
    {
      rule: 'link-dead',
      line: 5,
      message: 'There is no file "trems.pdf" beside this page.',
      hint: 'Did you mean  terms.pdf ?',
    },
  ]);
  expect(text(newsroom, 'about/index.html')).toContain('<a href="/about/terms.pdf">The terms (PDF, 1.2\u00a0MB)</a>');
  newsroom.put('content/pages/terms.pdf', 'two');
  await newsroom.press();
  expect(newsroom.dist().get('about/terms.pdf')).toBe('two');
  expect(text(newsroom, 'about/index.html')).toContain('The terms (PDF, 1\u00a0kB)');
}, 120_000);

test('kind and size are in the language of the story', () => {
  const size = (bytes: number, language: string) =>
    kindAndSize({ path: 'a/report.pdf', bytes }, language).replace(/\u00a0/g, ' ');
  expect(size(1_234_567, 'en')).toBe('PDF, 1.2 MB');
  expect(size(1_234_567, 'de')).toBe('PDF, 1,2 MB');
  expect(size(1_234_567, 'fr')).toMatch(/^PDF, 1,2.Mo$/);
  expect(size(3, 'en')).toBe('PDF, 1 kB');
  expect(size(0, 'en')).toBe('PDF, 0 kB');
  expect(size(999_999, 'en')).toBe('PDF, 1 MB');
  expect(size(2_500_000_000, 'en')).toBe('PDF, 2.5 GB');
  expect(size(1_234_567, 'ar')).toMatch(/^PDF، /);
});

test('a link around a picture leads to the document too', () => {
  const found = [{ href: 'a&b.pdf', path: 'x/a&b.pdf', address: '/x/a&b.pdf', bytes: 9 }];
  const shown = showDocuments('<p><a href="a&amp;b.pdf">', found, (address) => address, 'en');
  expect(parseFragment(shown)).toBeDefined();
  expect(shown).toBe('<p><a href="/x/a&amp;b.pdf">');
});

test('no extension is one of those that could run as a page of this site', () => {
  for (const ending of [
    'html',
    'htm',
    'xhtml',
    'svg',
    'xml',
    'js',
    'mjs',
    'css',
    'php',
    'exe',
    'wasm',
    'mht',
    'jpg',
    'md',
  ])
    expect([ending, documentEndings.includes(ending)]).toEqual([ending, false]);
});
