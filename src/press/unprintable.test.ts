import { rmSync } from 'node:fs';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { unprintableAt } from '../site/printable.ts';
import { decodeText } from '../yaml/decode.ts';
import { type SmallNewsroom, smallNewsroom } from './small-newsroom.fixture.ts';

/*
 * Control characters and halves of characters, in every input of a newsroom: none reaches a page, a feed, or JSON-LD.
 */

/** Raw ones, and escapes as YAML reads them. */
const raw = 'A\0B\u0001C\vD\fE\u001bF\u007fG\u0085H\u009fI\uffffJ\ufdd0K';
const escaped = 'A\\0B\\x01C\\vD\\fE\\eF\\x7fG\\NH\\x9fI\\uffffJ\\ud83dK\\udc00L\\ud83d\\ude00M';

const quoted = (text: string) => `"${text}"`;

async function newsroomWith(text: string, inYaml: string): Promise<SmallNewsroom> {
  const photo = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#345' } })
    .jpeg()
    .withExif({ IFD0: { ImageDescription: 'Seen\u0001 from\u000b the pier' } })
    .toBuffer();
  const newsroom = smallNewsroom({
    'content/site.yaml': `name: ${quoted(inYaml)}
url: https://post.example
language: en-IE
description: ${quoted(inYaml)}
sections: [{ id: world, title: ${quoted(inYaml)}, description: ${quoted(inYaml)} }]
navigation: [{ title: ${quoted(inYaml)}, url: /about/ }]
newsletter: { title: ${quoted(inYaml)}, text: T, button: B, action: https://letters.example/ }
`,
    'content/topics.yaml': `harbour: { title: ${quoted(inYaml)}, description: ${quoted(inYaml)} }\n`,
    'content/series.yaml': `storms: { title: ${quoted(inYaml)}, description: ${quoted(inYaml)} }\n`,
    'content/authors/ann.yaml': `name: ${quoted(inYaml)}\nrole: ${quoted(inYaml)}\nbio: ${quoted(inYaml)}\n`,
    'content/pages/about.md': `---\nheadline: ${quoted(inYaml)}\n---\n\n${text}\n`,
    'content/fronts/home.yaml': `banner: { text: ${quoted(inYaml)}, story: 2025/02/harbour }\n`,
    'content/stories/2025/02/harbour/p.jpg': photo,
    'content/stories/2025/02/harbour/p.jpg.yaml': `caption: ${quoted(`Caption ${inYaml}`)}\ncredit: ${quoted(inYaml)}\n`,
    'content/stories/2025/02/harbour/t.csv': `Route,Sailings\n${text.replaceAll(',', '')},6\n`,
    'content/stories/2025/02/harbour/index.mdx': `---
headline: ${quoted(inYaml)}
standfirst: ${quoted(inYaml)}
kicker: ${quoted(inYaml)}
section: world
topics: [harbour, ${quoted(`x${inYaml}`)}]
series: { title: ${quoted(`Storms ${inYaml}`)}, part: 1 }
byline: [ann, { name: ${quoted(inYaml)} }]
published: 2025-02-12T18:00:00Z
lead: { src: p.jpg, alt: ${quoted(`Seen ${inYaml} from afar`)} }
note: ${quoted(inYaml)}
corrections: [{ date: 2025-02-13, type: correction, text: ${quoted(inYaml)} }]
source: { name: ${quoted(inYaml)} }
---

${text}

## ${text}

[${text}](https://x.example/ "${text}") and references: &#11;&#1;&#x1f;&#xfdd0;&#146;

<FactBox title="${text}">
${text}
</FactBox>

<Table src="t.csv" caption="${text}" />
`,
  });
  onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
  return newsroom;
}

test.each([
  ['raw', raw, raw],
  ['escaped', 'Plain', escaped],
])(
  '%s ones reach nothing, the text around them stays, and each file is named',
  async (_title, text, inYaml) => {
    const newsroom = await newsroomWith(text, inYaml);
    const { warnings } = await newsroom.press();
    const said = warnings
      .filter(({ rule }) => rule === 'unprintable-character')
      .map(({ file }) => file.split('/').at(-1));
    expect([...new Set(said)].sort()).toEqual([
      'about.md',
      'ann.yaml',
      'home.yaml',
      'index.mdx',
      'p.jpg.yaml',
      'series.yaml',
      'site.yaml',
      ...(text === raw ? ['t.csv'] : []),
      'topics.yaml',
    ]);
    let looked = 0;
    for (const [file, latin] of newsroom.dist()) {
      if (!/\.(?:html|xml|txt)$/.test(file)) continue;
      looked++;
      const page = Buffer.from(latin, 'latin1').toString('utf8');
      expect([file, unprintableAt(page)]).toEqual([file, undefined]);
      expect(page).not.toMatch(
        /\\u00(?:0[0-8bcef]|1|7f|8|9)|\\ud[89a-f]|&#(?:x0*(?:[0-8bcef]|1[0-9a-f]);|0*(?:[0-8]|1[124-9]);)/i,
      );
      if (!file.endsWith('.xml')) continue;
      expect([file, XMLValidator.validate(page)]).toEqual([file, true]);
      new XMLParser().parse(page);
    }
    expect(looked).toBeGreaterThan(8);
    const page = newsroom.dist().get('2025/02/harbour/index.html') ?? '';
    expect(page).toMatch(/AB ?C D E/);
    expect(page).toContain('references: ');
  },
  120_000,
);

test.each([
  ['raw', '\u0001', '\u000b'],
  ['escaped', '\\x01', '\\v'],
])('each line that contains one is named, in front matter and text: %s', async (_title, one, two) => {
  const isRaw = one.length === 1;
  const newsroom = smallNewsroom({
    'content/stories/2025/02/a.md': `---\nheadline: "A${one}"\nsection: world\nkicker: "B ${two} ${one}"\npublished: 2025-02-12\nnote: "\\n fine \\ud83d\\ude00"\ndateline: "C${two}"\n---\n\n${isRaw ? `One${one}\n\nTwo\n\nThree${two}` : 'One'}\n`,
  });
  onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
  const said = (await newsroom.press()).warnings.filter(({ rule }) => rule === 'unprintable-character');
  expect(said.map(({ line }) => line)).toEqual([2, 4, 7, ...(isRaw ? [10, 14] : [])]);
  expect(said[1]?.message).toContain('U+000B (vertical tab) and U+0001');
});

test('in a file with very many such lines, the first twenty are named and the others counted', () => {
  const text = 'a\u0001\n'.repeat(50_000);
  const decoded = decodeText('a.md', new TextEncoder().encode(text));
  const warnings = 'warnings' in decoded ? decoded.warnings : [];
  expect(warnings.map(({ line }) => line)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  expect(warnings.at(-1)?.message).toContain('49980 more lines');
});

test('every line that is not in UTF-8 is named, and one with the replacement character is not', () => {
  const bytes = Buffer.concat([Buffer.from('a \ufffd\n'), Buffer.from('caf\xe9\nb\nna\xefve\n', 'latin1')]);
  const decoded = decodeText('a.md', bytes);
  expect('problems' in decoded && decoded.problems).toMatchObject([
    { rule: 'not-utf-8', line: 2, message: expect.stringContaining('Line 4 has the same problem.') },
  ]);
});

test('canary: a page with such a character is detected', () => {
  expect(unprintableAt('<p>a\u000bb</p>')).toBe(4);
});
