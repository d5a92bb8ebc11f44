import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { smallArchive } from '../small-archive.fixture.ts';
import { zipOf } from '../sources/zip/zip.fixture.ts';
import { Downloads } from './downloads.ts';
import { hostileServer, photo, quick, redirect, send } from './hostile-server.fixture.ts';

const pdf = `%PDF-1.4\n${'1 0 obj << >> endobj\n'.repeat(500)}trailer << >>\n%%EOF\n`;
const zip = zipOf([{ name: 'a.txt', data: 'words '.repeat(100) }]);
const sound = Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\0\0', 'latin1'), Buffer.alloc(3000)]);
const page = '<!doctype html><title>Please log in</title>';
const typed = (type: string) => ({ 'Content-Type': type });

/** Downloads one document. @returns what became of it, and the file */
async function fetched(path: string, answer: Parameters<typeof hostileServer>[0][string]) {
  const server = await hostileServer({ [path]: answer, '/far.pdf': send(pdf) });
  const folder = mkdtempSync(join(tmpdir(), 'fetch-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const options = { hosts: [server.host], privateHosts: ['127.0.0.1'], agent: 'Broadsheet/test', limits: quick };
  const downloads = new Downloads(folder, options);
  downloads.fileOf(server.origin + path, 'document');
  await downloads.fetch();
  const [line] = downloads.lines();
  const file = downloads.fileOf(server.origin + path, 'document');
  return {
    state: line?.state,
    reason: line?.reason,
    name: file?.split('/').at(-1),
    asked: server.asked.length,
    folder,
  };
}

test.each<[string, string | Uint8Array]>([
  ['/f/report.pdf', pdf],
  ['/f/report.PDF?v=3', pdf],
  ['/f/old.doc', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000)])],
  [
    '/f/new.docx',
    zipOf([
      { name: '[Content_Types].xml', data: '<Types/>' },
      { name: 'word/document.xml', data: '<w:document/>' },
    ]),
  ],
  ['/f/table.xlsx', zip],
  ['/f/data.csv', 'a,b\n1,2\n'],
  ['/f/data.json', '{"a":1}'],
  ['/f/track.gpx', '<?xml version="1.0"?><gpx></gpx>'],
  ['/f/notes.txt', Buffer.from('Caf\u00e9', 'latin1')],
  ['/f/all.zip', zip],
  ['/f/talk.mp3', sound],
  ['/f/film.mp4', Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'), Buffer.alloc(500)])],
  ['/f/film.webm', Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex')],
])('%s is kept under its name, whatever the server says about its type', async (path, bytes) => {
  const { state, reason, name } = await fetched(path, send(bytes, typed('text/html')));
  expect([state, reason]).toEqual(['fetched', undefined]);
  expect(name).toBe(path.replace(/^.*\/|\?.*$/g, '').replace('PDF', 'pdf'));
});

test.each<[string, string, Parameters<typeof fetched>[1], RegExp, number?]>([
  [
    'a page for readers who are not logged in',
    '/f/report.pdf',
    send(page, typed('application/pdf')),
    /it is a web page/,
  ],
  ['a page instead of a table', '/f/data.csv', send(page, typed('text/csv')), /it is a web page/],
  [
    'a program',
    '/f/report.pdf',
    send('MZ\x90\0', typed('application/pdf')),
    /not those of a \.pdf file|but it is a file of the kind/,
  ],
  ['another kind', '/f/all.zip', send(pdf), /ends in \.zip, but it is a file of the kind \.pdf/],
  ['nothing', '/f/report.pdf', send(''), /it is empty/, 2],
  ['a PDF that is cut, with a length that fits', '/f/report.pdf', send(pdf.slice(0, 4000)), /it ends in the middle/, 2],
  ['a zip that is cut', '/f/all.zip', send(zip.subarray(0, zip.length - 30)), /it ends in the middle/, 2],
  ['more than is allowed', '/f/report.pdf', send(pdf + ' '.repeat(300_000)), /larger than/],
  [
    'more than is allowed, without a length',
    '/f/report.pdf',
    (response) => void response.writeHead(200).end(Buffer.alloc(300_000, '%PDF-')),
    /larger than/,
  ],
  [
    'a length that is too large',
    '/f/report.pdf',
    (response) => {
      response.writeHead(200, { 'Content-Length': '90000' });
      response.write(pdf);
      setTimeout(() => response.destroy(), 20);
    },
    /the connection was cut/,
    2,
  ],
  ['a redirect to another host', '/f/report.pdf', redirect('http://10.0.0.1/x.pdf'), /10\.0\.0\.1/],
  [
    'a drawing with a script',
    '/f/x.svg',
    send('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>'),
    /it does more than draw/,
  ],
])('%s is not kept', async (_, path, answer, reason, asked = 1) => {
  const done = await fetched(path, answer);
  expect(done.state).toMatch(/failed|refused/);
  expect(done.reason).toMatch(reason);
  expect(done.name).toBeUndefined();
  expect(done.asked).toBe(asked);
  expect(readdirSync(done.folder).filter((name) => name !== 'record.jsonl')).toEqual([]);
});

test('a redirect within the host is followed', async () => {
  expect(await fetched('/f/report.pdf', redirect('/far.pdf'))).toMatchObject({ state: 'fetched', name: 'report.pdf' });
});

test('documents of an archive are downloaded to public/, and again only what is missing; a second import asks for nothing', async () => {
  const server = await hostileServer({
    '/f/report.pdf': send(pdf),
    '/f/plan.pdf': send(pdf),
    '/big.jpg': send(await photo()),
    '/f/gone.pdf': send(page, typed('application/pdf')),
  });
  const post = (title: string, more: string, body: string) =>
    `---\ntitle: ${title}\ndate: 2015-01-01\n${more}---\n${body}\n`;
  const archive = smallArchive({
    'a.md': post(
      'A',
      '',
      `[r](/f/report.pdf) [c](${server.origin}/f/report.pdf#p) [g](/f/gone.pdf) [o](https://other.example/x.pdf)\n\n[![x](/big.jpg)](/big.jpg)`,
    ),
    'b.md': post('B', 'draft: true\n', '[p](/f/plan.pdf)'),
  });
  const options = {
    origin: server.origin,
    fetch: { hosts: [server.host], privateHosts: ['127.0.0.1'], agent: 'Broadsheet/test', limits: quick },
  };
  const dry = await archive.run({ ...options, dryRun: true });
  expect(server.asked).toEqual([]);
  expect(dry.fetched?.filter(({ state }) => state === 'wanted').length).toBe(4);
  const receipt = await archive.run(options);
  expect(receipt.documents.map(({ address, state }) => [address, state])).toEqual([
    ['/big.jpg', 'public'],
    ['/f/gone.pdf', 'missing'],
    ['/f/plan.pdf', 'beside'],
    ['/f/report.pdf', 'public'],
  ]);
  expect(readFileSync(join(archive.root, 'site/public/f/report.pdf'), 'utf8')).toBe(pdf);
  expect(archive.list()).toContain('2015/01/b/plan.pdf');
  const text = archive.story('2015/01/a');
  expect(text).toContain(
    `[r](/f/report.pdf) [c](/f/report.pdf#p) [g](${server.origin}/f/gone.pdf) [o](https://other.example/x.pdf)`,
  );
  expect(text).toContain('[![x](big.jpg)](/big.jpg)');
  server.asked.length = 0;
  const again = await archive.run(options);
  expect(server.asked).toEqual(['/f/gone.pdf']);
  expect(again.files).toMatchObject({ written: 0, unchanged: 2 });
});
