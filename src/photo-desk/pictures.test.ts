import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { run } from '../cli/main.ts';
import { iimSegment, jpegWith, xmpLanguages, xmpSegment } from '../pictures/small-pictures.fixture.ts';
import { smallNewsroom } from '../press/small-newsroom.fixture.ts';

const story = (body: string, lead = '') =>
  `---\nheadline: A\nsection: world\npublished: 2025-02-12\n${lead}---\n\n${body}\n`;

async function newsroomWithPictures() {
  const named = await jpegWith(
    xmpSegment(xmpLanguages('Iptc4xmpCore:AltTextAccessibility', { en: 'Men on a quay' })),
    iimSegment([2, 120, 'Galway harbour'], [2, 110, 'A. Diallo']),
  );
  const bare = await jpegWith(iimSegment([2, 5, 'x']));
  const newsroom = smallNewsroom({
    'content/stories/2025/02/a/index.md': story('![](named.jpg)\n\n![Men on a quay](bare.jpg "Men on a quay")'),
    'content/stories/2025/02/a/named.jpg': named,
    'content/stories/2025/02/a/bare.jpg': bare,
    'content/stories/2025/02/b/index.md': story('Text', 'lead: { src: "picture:shared", alt: Gulls }\n'),
    'content/pictures/shared.jpg': await jpegWith(iimSegment([2, 5, 'y'])),
    'content/pictures/shared.jpg.yaml': 'credit: Coast Agency\ncopyright: © Coast\n',
    'content/pictures/spare.jpg': await jpegWith(iimSegment([2, 116, '© Ann'], [2, 5, 'z'])),
  });
  onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
  return newsroom;
}

const call = async (argv: string[], cwd: string) => {
  const out = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof out) => ({ write: (text: string) => (out[name] += text) });
  const code = await run(argv, { cwd, env: {}, stdout: stream('stdout'), stderr: stream('stderr') });
  return { code, ...out };
};

test('the source of each text, where each picture is shown, what is missing, and what would be refused', async () => {
  const { site } = await newsroomWithPictures();
  const { code, stdout } = await call(['pictures', '--json'], site);
  expect(code, 'a build would refuse').toBe(1);
  const { pictures } = JSON.parse(stdout);
  const of = (name: string) => pictures.find(({ path }: { path: string }) => path.endsWith(name));
  expect(of('named.jpg').uses).toMatchObject([
    {
      story: '2025/02/a',
      line: 7,
      day: '2025-02-12',
      words: {
        alt: { value: 'Men on a quay', from: 'XMP' },
        caption: { value: 'Galway harbour', from: 'IIM' },
        credit: { value: 'A. Diallo', from: 'IIM' },
      },
      missing: ['rights'],
      refused: [],
    },
  ]);
  expect(of('bare.jpg').uses[0]).toMatchObject({ missing: ['credit', 'rights'] });
  expect(of('bare.jpg').uses[0].refused[0]).toContain('is the same as its caption');
  expect(of('shared.jpg').uses[0]).toMatchObject({
    story: '2025/02/b',
    isLead: true,
    missing: [],
    words: { alt: { from: 'story' }, credit: { from: 'sidecar' }, copyright: { from: 'sidecar' } },
  });
  expect(of('spare.jpg')).toMatchObject({ uses: [], words: { copyright: { value: '© Ann', from: 'IIM' } } });
});

test('a table for people, limited to a story, a day, or what is missing', async () => {
  const { site } = await newsroomWithPictures();
  const all = await call(['pictures'], site);
  expect(all.stdout).toMatch(/spare\.jpg +not shown anywhere/);
  expect(all.stdout).toContain('4 pictures, shown in 3 places. Without alt: 0, without credit: 1, without rights: 2.');
  const one = await call(['pictures', '--story', '2025/02/b'], site);
  expect(one.code).toBe(0);
  expect(one.stdout).toMatch(/shared\.jpg +2025\/02\/b:1 +story +- +sidecar +sidecar/);
  expect(one.stdout).not.toContain('named.jpg');
  expect((await call(['pictures', '--missing'], site)).stdout).not.toContain('shared.jpg');
  expect((await call(['pictures', '--day', '2025-02-13'], site)).stdout).toContain('0 pictures');
  expect(await call(['pictures', '--day', 'today'], site)).toMatchObject({ code: 2 });
});

test('a contact sheet is one file that includes the pictures, and nothing in it runs', async () => {
  const newsroom = await newsroomWithPictures();
  newsroom.put('content/pictures/shared.jpg.yaml', 'credit: "<script>alert(1)</script>"\n');
  const folder = mkdtempSync(join(tmpdir(), 'sheet '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { code } = await call(['pictures', '--story', '2025/02/b', '--sheet', join(folder, 'b.html')], newsroom.site);
  expect(code).toBe(0);
  const html = readFileSync(join(folder, 'b.html'), 'utf8');
  expect(html).toContain('src="data:image/jpeg;base64,');
  expect(html).toContain('&lt;script&gt;');
  expect(html).not.toContain('<script');
  expect(html).toContain('<li>no rights</li>');
});
