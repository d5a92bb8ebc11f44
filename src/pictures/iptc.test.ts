import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { focusOfRegions, rightsOfFields, wordsOfFields } from './file-words.ts';
import { readIim } from './iim.ts';
import { readIptc, xmpBytesMax } from './iptc.ts';
import { readPictureFacts } from './metadata.ts';
import { webAddress } from './metadata-addresses.ts';
import type { ImageRegion, IptcFields } from './picture.ts';
import {
  exifSegment,
  iimSegment,
  irbSegment,
  jpegWith,
  pngWithText,
  sharedFile,
  xmpLanguages,
  xmpSegment,
} from './small-pictures.fixture.ts';
import { pictureWords } from './words.ts';

const reference = 'photos/IPTC-PhotometadataRef-Std2021.1.jpg';
const fields = async (...segments: Buffer[]) => (await readIptc(await jpegWith(...segments))) ?? { from: {} };

describe("the IPTC's reference picture: every field matches the golden JSON beside it", () => {
  // exiftool's name for each field, and its value as we would write it.
  type Golden = Record<string, Record<string, string | string[] | number>>;
  const cases: [keyof IptcFields, (golden: Golden) => unknown][] = [
    ['title', ({ XMP }) => XMP?.Title],
    ['headline', ({ XMP }) => XMP?.Headline],
    ['description', ({ XMP }) => XMP?.Description],
    ['altText', ({ XMP }) => XMP?.AltTextAccessibility],
    ['extendedDescription', ({ XMP }) => XMP?.ExtDescrAccessibility],
    ['creators', ({ XMP }) => [XMP?.Creator]],
    ['creatorJobTitle', ({ XMP }) => XMP?.AuthorsPosition],
    ['creditLine', ({ XMP }) => XMP?.Credit],
    ['copyrightNotice', ({ XMP }) => XMP?.Rights],
    ['source', ({ XMP }) => XMP?.Source],
    ['dateCreated', ({ XMP }) => String(XMP?.DateCreated).replace(/^(\d+):(\d+):(\d+) /, '$1-$2-$3T')],
    ['sublocation', ({ XMP }) => XMP?.Location],
    ['city', ({ XMP }) => XMP?.City],
    ['state', ({ XMP }) => XMP?.State],
    ['country', ({ XMP }) => XMP?.Country],
    ['countryCode', ({ XMP }) => XMP?.CountryCode],
    ['instructions', ({ XMP }) => XMP?.Instructions],
    ['personsShown', ({ XMP }) => XMP?.PersonInImage],
    ['keywords', ({ XMP }) => XMP?.Subject],
    ['webStatement', ({ XMP }) => XMP?.WebStatement],
    ['usageTerms', ({ XMP }) => XMP?.UsageTerms],
    ['digitalSourceType', ({ XMP }) => XMP?.DigitalSourceType],
    [
      'licensors',
      ({ XMP = {} }) =>
        [0, 1].map((at) => {
          const of = (name: string) => (XMP[`Licensor${name}`] as string[])[at];
          return {
            name: of('Name'),
            id: of('ID'),
            url: of('URL'),
            email: of('Email'),
            phones: [of('Telephone1'), of('Telephone2')],
            city: of('City'),
            country: of('Country'),
          };
        }),
    ],
  ];

  // The golden file has the bytes unchanged. In print, two spaces become one.
  const oneSpaced = (value: unknown) => JSON.parse(JSON.stringify(value).replace(/ {2,}/g, ' '));

  test.each(cases)('%s', async (name, goldenOf) => {
    const { file, golden } = await load();
    if (!file || !golden) return expect(file, `not run: needs ../shared/data/${reference}`).toBeUndefined();
    const value = goldenOf(golden);
    expect(value, 'canary: the golden file has it').toBeDefined();
    expect((await readIptc(file))?.[name]).toEqual(oneSpaced(value));
  });

  test('and the regions: a rectangle, a circle, and a polygon, with names and roles', async (ctx) => {
    const regions = (await readIptc(sharedFile(reference, ctx)))?.regions ?? [];
    expect(regions.map(({ shape, name }) => [shape, name])).toEqual([
      ['rectangle', 'Listener 1'],
      ['circle', 'Listener 2'],
      ['polygon', 'Speaker 1'],
    ]);
    expect(regions[0]).toMatchObject({ x: 0.31, y: 0.18, width: 0.127, height: 0.385 });
    expect(regions[2]?.x).toBeCloseTo(0.05);
    expect(regions[2]?.height).toBeCloseTo(0.863 - 0.041);
    expect(regions[1]?.roles).toHaveLength(2);
    expect(focusOfRegions(regions)).toEqual({ xPercent: 35, yPercent: 45 });
  });

  test('IIM and Exif alone match the golden file', async (ctx) => {
    const file = sharedFile(reference, ctx);
    const { golden } = await load();
    const iim = readIim([app13Of(file)]);
    const said = (name: string) => iim?.texts.get(name);
    expect(said('2:120')).toEqual([golden?.IPTC?.['Caption-Abstract']]);
    expect(said('2:110')).toEqual([golden?.IPTC?.Credit]);
    expect(said('2:25')).toEqual(golden?.IPTC?.Keywords);
    expect(said('2:116')).toEqual([golden?.IPTC?.CopyrightNotice]);
  });

  async function load(): Promise<{ file?: Buffer; golden?: Golden }> {
    try {
      const { readFileSync } = await import('node:fs');
      const path = new URL(`../../../shared/data/${reference}`, import.meta.url);
      return { file: readFileSync(path), golden: JSON.parse(readFileSync(`${path.pathname}.json`, 'utf8'))[0] };
    } catch {
      return {};
    }
  }
});

describe('the order of precedence, field by field: story, sidecar, XMP, IIM, Exif, the newsroom', () => {
  const alt = (text: string, name: string, isList = false) =>
    isList
      ? `<${name}><rdf:Seq><rdf:li>${text}</rdf:li></rdf:Seq></${name}>`
      : xmpLanguages(name, { 'x-default': text });
  const plain = (text: string, name: string) => `<${name}>${text}</${name}>`;
  type Row = [
    field: Exclude<keyof IptcFields, 'from' | 'unread'>,
    value: (from: string) => string,
    blocks: { xmp: (text: string) => string; iim?: [number, number]; exif?: number },
    read?: (text: string) => unknown,
  ];
  const words = (from: string) => `From ${from}`;
  const day: Record<string, [string, string]> = {
    XMP: ['2021-01-01', '2021-01-01'],
    IIM: ['20220202', '2022-02-02'],
    Exif: ['2023:03:03 10:00:00', '2023-03-03T10:00:00'],
  };
  const table: Row[] = [
    ['title', words, { xmp: (text) => alt(text, 'dc:title'), iim: [2, 5] }],
    ['headline', words, { xmp: (text) => plain(text, 'photoshop:Headline'), iim: [2, 105] }],
    ['description', words, { xmp: (text) => alt(text, 'dc:description'), iim: [2, 120], exif: 0x010e }],
    ['altText', words, { xmp: (text) => alt(text, 'Iptc4xmpCore:AltTextAccessibility') }],
    ['extendedDescription', words, { xmp: (text) => alt(text, 'Iptc4xmpCore:ExtDescrAccessibility') }],
    ['creators', words, { xmp: (text) => alt(text, 'dc:creator', true), iim: [2, 80], exif: 0x013b }, (text) => [text]],
    ['creatorJobTitle', words, { xmp: (text) => plain(text, 'photoshop:AuthorsPosition'), iim: [2, 85] }],
    ['creditLine', words, { xmp: (text) => plain(text, 'photoshop:Credit'), iim: [2, 110] }],
    ['copyrightNotice', words, { xmp: (text) => alt(text, 'dc:rights'), iim: [2, 116], exif: 0x8298 }],
    ['source', words, { xmp: (text) => plain(text, 'photoshop:Source'), iim: [2, 115] }],
    ['sublocation', words, { xmp: (text) => plain(text, 'Iptc4xmpCore:Location'), iim: [2, 92] }],
    ['city', words, { xmp: (text) => plain(text, 'photoshop:City'), iim: [2, 90] }],
    ['state', words, { xmp: (text) => plain(text, 'photoshop:State'), iim: [2, 95] }],
    ['country', words, { xmp: (text) => plain(text, 'photoshop:Country'), iim: [2, 101] }],
    [
      'countryCode',
      (from) => from.slice(0, 3),
      { xmp: (text) => plain(text, 'Iptc4xmpCore:CountryCode'), iim: [2, 100] },
    ],
    ['instructions', words, { xmp: (text) => plain(text, 'photoshop:Instructions'), iim: [2, 40] }],
    ['usageTerms', words, { xmp: (text) => alt(text, 'xmpRights:UsageTerms') }],
    ['keywords', words, { xmp: (text) => alt(text, 'dc:subject', true), iim: [2, 25] }, (text) => [text]],
    ['personsShown', words, { xmp: (text) => alt(text, 'Iptc4xmpExt:PersonInImage', true) }, (text) => [text]],
    [
      'dateCreated',
      (from) => day[from]?.[0] ?? '',
      { xmp: (text) => plain(text, 'photoshop:DateCreated'), iim: [2, 55], exif: 0x9003 },
      (text) => Object.values(day).find(([written]) => written === text)?.[1],
    ],
    ['webStatement', () => 'https://x.example/w', { xmp: (text) => plain(text, 'xmpRights:WebStatement') }],
    [
      'digitalSourceType',
      () => 'http://cv.iptc.org/newscodes/digitalsourcetype/composite',
      { xmp: (text) => plain(text, 'Iptc4xmpExt:DigitalSourceType') },
    ],
    [
      'dataMining',
      () => 'http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED',
      { xmp: (text) => plain(text, 'plus:DataMining') },
    ],
  ];

  test.each(table)('%s', async (name, value, blocks, read = (text) => text) => {
    const xmp = xmpSegment(blocks.xmp(value('XMP')));
    const iim = blocks.iim && iimSegment([...blocks.iim, value('IIM')]);
    const exif = blocks.exif && exifSegment([blocks.exif, value('Exif')]);
    const all = [xmp, iim, exif].filter((block): block is Buffer => block instanceof Buffer);
    const found = await fields(...all);
    expect([found[name], found.from[name]]).toEqual([read(value('XMP')), 'XMP']);
    const withoutXmp = await fields(...all.slice(1));
    const second = blocks.iim ? 'IIM' : blocks.exif ? 'Exif' : undefined;
    expect(withoutXmp.from[name]).toBe(second);
    if (second) expect(withoutXmp[name]).toEqual(read(value(second)));
    if (!exif || !iim) return;
    const last = await fields(exif);
    expect([last[name], last.from[name]]).toEqual([read(value('Exif')), 'Exif']);
  });

  // What a page prints: each text from the first source that has it. The file's part is tested above.
  const printed = ['alt', 'caption', 'credit', 'description', 'copyright', 'licence', 'date', 'place', 'kind'] as const;
  const say = (from: string) => ({
    alt: `alt ${from}`,
    caption: `caption ${from}`,
    credit: `credit ${from}`,
    description: `long ${from}`,
    copyright: `notice ${from}`,
    licence: `licence ${from}`,
    date: { story: '2021', sidecar: '2022', file: '2023' }[from] ?? '2024',
    place: `place ${from}`,
    kind: ({ story: 'map', sidecar: 'graphic', file: 'handout' } as const)[from] ?? ('handout' as const),
  });
  const inDefault = ['credit', 'copyright', 'licence', 'kind'];
  test.each(printed)('printed: %s', async (key) => {
    const { withSidecar } = await import('./sidecar.ts');
    const facts = { ...(await readPictureFacts(await jpegWith())), words: say('file') };
    const base = { alt: 'seen', caption: 'meant' };
    const ask = (text: object, known: typeof facts, defaults = {}) => {
      const said = pictureWords({ ...text }, known, 'x.jpg', { date: true, place: true, ...defaults });
      if (!('shown' in said)) throw new Error(JSON.stringify(said));
      return [said.shown[key], said.from[key]];
    };
    const story = say('story');
    const sidecar = withSidecar(facts, { [key]: say('sidecar')[key] });
    expect(ask({ ...base, [key]: story[key] }, sidecar as typeof facts)).toEqual([story[key], 'story']);
    const others = { ...base, [key]: undefined };
    expect(ask(others, sidecar as typeof facts)).toEqual([say('sidecar')[key], 'sidecar']);
    expect(ask(others, facts)).toEqual([say('file')[key], 'file']);
    if (!inDefault.includes(key)) return;
    const bare = { ...facts, words: {} } as typeof facts;
    expect(ask({ ...base, [key]: undefined }, bare, { [key]: say('default')[key] })).toEqual([
      say('default')[key],
      'default',
    ]);
  });

  test('printed: the focus, and what is not text', async () => {
    const { withSidecar } = await import('./sidecar.ts');
    const bare = await readPictureFacts(await jpegWith());
    const inFile = {
      ...bare,
      focus: { xPercent: 30, yPercent: 30 },
      words: { reuse: 'https://x.example/reuse', sourceType: 'composite' },
    } as typeof bare;
    const beside = { focus: '20% 20%', original: 'publish', animation: 'play' } as const;
    const ask = (text: object, facts: typeof bare) => {
      const said = pictureWords({ alt: 'seen', ...text }, facts);
      if (!('shown' in said)) throw new Error(JSON.stringify(said));
      const { focus, original, animation, reuse, sourceType } = said.shown;
      return { focus, original, animation, reuse, sourceType, from: said.from };
    };
    const own = { focus: '10% 10%', original: 'publish', animation: 'play' };
    expect(ask(own, withSidecar(inFile, beside))).toMatchObject({
      focus: { xPercent: 10, yPercent: 10 },
      from: { focus: 'story', original: 'story', animation: 'story', reuse: 'file', sourceType: 'file' },
    });
    expect(ask({}, withSidecar(inFile, beside))).toMatchObject({
      focus: { xPercent: 20, yPercent: 20 },
      original: 'publish',
      animation: 'play',
      from: { focus: 'sidecar', original: 'sidecar', animation: 'sidecar' },
    });
    expect(ask({}, inFile)).toEqual({
      focus: { xPercent: 30, yPercent: 30 },
      original: undefined,
      animation: undefined,
      reuse: 'https://x.example/reuse',
      sourceType: 'composite',
      from: { alt: 'story', focus: 'file', reuse: 'file', sourceType: 'file' },
    });
    expect(ask({}, bare).focus).toBeUndefined();
  });

  test('printed: decorative in the story, then in the sidecar, unless the story has alt text', async () => {
    const { withSidecar } = await import('./sidecar.ts');
    const facts = { ...(await readPictureFacts(await jpegWith())), words: { alt: 'seen' } };
    const quiet = withSidecar(facts, { decorative: true });
    const alt = (text: object, known: typeof facts) => {
      const said = pictureWords(text, known as typeof quiet);
      return 'shown' in said ? said.shown.alt : said;
    };
    expect(alt({ decorative: true }, facts)).toBe('');
    expect(alt({}, quiet as typeof facts)).toBe('');
    expect(alt({ decorative: false }, quiet as typeof facts)).toBe('seen');
    expect(alt({ alt: 'told' }, quiet as typeof facts)).toBe('told');
    expect(alt({}, facts)).toBe('seen');
  });
});

describe('if XMP and IIM differ', () => {
  const caption = (text: string) => xmpLanguages('dc:description', { 'x-default': text });
  const datasets: [number, number, string][] = [
    [2, 120, 'Changed by an old program'],
    [2, 110, 'Agence France-Presse / Getty Ima'],
  ];
  const xmp = xmpSegment(
    `${caption('As first written')}<photoshop:Credit>Agence France-Presse / Getty Images</photoshop:Credit>`,
  );
  const digestOf = (bytes: Buffer) => createHash('md5').update(bytes).digest();

  test('XMP takes precedence if the digest matches the IIM, is not set, or does not exist', async () => {
    for (const digest of [digestOf(irbSegment(datasets).iim), Buffer.alloc(16), undefined]) {
      const { description, from } = await fields(xmp, irbSegment(datasets, digest).segment);
      expect([description, from.description]).toEqual(['As first written', 'XMP']);
    }
  });

  test('IIM takes precedence if it was changed since, except with a text that it only cuts off', async () => {
    const found = await fields(xmp, irbSegment(datasets, digestOf(Buffer.from('before'))).segment);
    expect([found.description, found.from.description]).toEqual(['Changed by an old program', 'IIM']);
    expect([found.creditLine, found.from.creditLine]).toEqual(['Agence France-Presse / Getty Images', 'XMP']);
  });

  test('exiftool writes such a digest into real pictures', async (ctx) => {
    const fact = await readIptc(sharedFile('photos/IPTC-PhotometadataRef-Std2021.1.jpg', ctx));
    expect(fact?.from.description).toBe('XMP');
  });
});

describe('what renditions contain', () => {
  test('rights and description, and nothing about places or persons', async (ctx) => {
    const iptc = await readIptc(sharedFile(reference, ctx));
    expect(Object.keys(rightsOfFields(iptc ?? { from: {} }) ?? {}).sort()).toEqual([
      'copyrightNotice',
      'creators',
      'creditLine',
      'description',
      'digitalSourceType',
      'licensors',
      'usageTerms',
      'webStatement',
    ]);
    expect(rightsOfFields({ from: {} })).toBeUndefined();
  });
});

test('the focal point is the main subject, otherwise the middle of all regions', () => {
  const region = (x: number, roles: string[] = []): ImageRegion => ({
    shape: 'rectangle',
    x,
    y: 0.2,
    width: 0.2,
    height: 0.2,
    roles,
  });
  expect(focusOfRegions(undefined)).toBeUndefined();
  expect(focusOfRegions([region(0), region(0.8)])).toEqual({ xPercent: 50, yPercent: 30 });
  const main = 'http://cv.iptc.org/newscodes/imageregionrole/mainSubjectArea';
  expect(focusOfRegions([region(0), region(0.8, [main])])).toEqual({ xPercent: 90, yPercent: 30 });
});

describe('hostile and broken metadata', () => {
  test.each([
    ['IIM longer than the file', Buffer.from('1c0278ffff', 'hex')],
    ['IIM with an extended length beyond all', Buffer.from('1c02788004ffffffff41', 'hex')],
    ['IIM with more length bytes than there are', Buffer.from('1c0278ffff01', 'hex')],
  ])('%s: what comes before it is read', async (_, broken) => {
    const good = irbSegment([[2, 120, 'A caption']]).iim;
    expect(readIim([Buffer.concat([good, broken])])?.texts.get('2:120')).toEqual(['A caption']);
  });

  test('a Photoshop resource with a wrong length, and one without an end', () => {
    const lying = Buffer.from('3842494d04040000ffffffff1c027800014142', 'hex');
    expect(readIim([lying])?.texts.get('2:120')).toEqual(['A']);
    expect(readIim([Buffer.from('3842494d0404ff', 'hex')])).toBeUndefined();
    expect(readIim([Buffer.alloc(0)])).toBeUndefined();
  });

  test('XMP of 50 MB is not read, which takes less than ten seconds and is reported', async () => {
    const packet = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><!--${'a'.repeat(50_000_000)}--></x:xmpmeta>`;
    const png = await pngWithText('XML:com.adobe.xmp', deflateSync(packet), true);
    const begin = performance.now();
    const facts = await readPictureFacts(png);
    expect(performance.now() - begin).toBeLessThan(10_000);
    expect(facts.words).toEqual({});
    expect(facts.iptc?.unread?.[0]).toContain(`larger than ${xmpBytesMax / 1e6} MB`);
    // Canary: the same packet, but short.
    const small = await pngWithText(
      'XML:com.adobe.xmp',
      deflateSync(xmpSegment('<photoshop:Credit>A. Diallo</photoshop:Credit>').subarray(33)),
      true,
    );
    expect((await readPictureFacts(small)).words).toMatchObject({ credit: 'A. Diallo' });
  }, 30_000);

  test('an entity bomb is not expanded', async () => {
    const level = (at: number) => `<!ENTITY e${at} "${`&e${at - 1};`.repeat(10)}">`;
    const bomb = `<!DOCTYPE x [<!ENTITY e0 "ha">${Array.from({ length: 12 }, (_, at) => level(at + 1)).join('')}]>`;
    const begin = performance.now();
    const found = await fields(
      xmpSegment('<photoshop:Credit>&e12;</photoshop:Credit>', bomb),
      iimSegment([2, 120, 'Kept']),
    );
    expect(performance.now() - begin).toBeLessThan(2000);
    expect(found.description).toBe('Kept');
    expect((found.creditLine ?? '').length).toBeLessThan(100);
  });

  test('a text as long as a book is cut', async () => {
    const long = `Long ${'word '.repeat(12_000)}`;
    const { description } = await fields(irbSegment([[2, 120, long.slice(0, 30_000)]]).segment);
    expect(description?.length).toBe(20_001);
    expect(description?.endsWith('…')).toBe(true);
  });

  const evil = '\u202e</figcaption><script>alert(1)</script>\u0000\u001b[31m"\'onload=x';
  test('markup is text, and control and direction characters are removed, in every field', async () => {
    const xml = evil
      .replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)
      .replaceAll('\u0000', '')
      .replaceAll('\u001b', '');
    const found = await fields(
      xmpSegment(
        [
          'dc:description',
          'dc:rights',
          'dc:title',
          'Iptc4xmpCore:AltTextAccessibility',
          'Iptc4xmpCore:ExtDescrAccessibility',
        ]
          .map((name) => xmpLanguages(name, { 'x-default': `${name} ${xml}` }))
          .join('') +
          ['Headline', 'Source', 'City', 'State', 'Country', 'AuthorsPosition', 'Instructions']
            .map((name) => `<photoshop:${name}>${xml}</photoshop:${name}>`)
            .join('') +
          `<xmpRights:WebStatement>javascript:alert(1)//${xml}</xmpRights:WebStatement>` +
          `<Iptc4xmpExt:DigitalSourceType>javascript:alert(1)</Iptc4xmpExt:DigitalSourceType>` +
          `<photoshop:DateCreated>${xml}</photoshop:DateCreated>`,
      ),
      iimSegment([2, 110, evil], [2, 80, evil], [2, 25, evil]),
    );
    const texts = JSON.stringify({ ...found, from: undefined });
    expect(texts).toContain('<script>');
    // JSON escapes control characters. Only the line break of a long description is allowed.
    expect(texts.replaceAll('\\n', ' ')).not.toMatch(/\\u00[01]|\\[tbfr]|[\u202a-\u202e\u2066-\u2069]/);
    expect(found.webStatement).toBeUndefined();
    expect(found.digitalSourceType).toBeUndefined();
    expect(found.dateCreated).toBeUndefined();
    expect(Object.keys(wordsOfFields(found)).sort()).toEqual([
      'alt',
      'caption',
      'copyright',
      'credit',
      'description',
      'place',
    ]);
  });

  test('if orientations contradict each other, Exif decides, as in decoders, and nothing breaks', async () => {
    const upright = sharp({ create: { width: 60, height: 40, channels: 3, background: '#248' } });
    const turned = await upright.jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const xmp = xmpSegment('<tiff:Orientation xmlns:tiff="http://ns.adobe.com/tiff/1.0/">3</tiff:Orientation>');
    const both = Buffer.concat([turned.subarray(0, 2), xmp, turned.subarray(2)]);
    expect(await readPictureFacts(both)).toMatchObject({ widthPx: 40, heightPx: 60 });
    const twice = Buffer.concat([turned.subarray(0, 2), exifSegment([0x0112, 3]), turned.subarray(2)]);
    const { widthPx, heightPx } = await readPictureFacts(twice);
    expect([40, 60]).toEqual(expect.arrayContaining([widthPx, heightPx]));
    const nonsense = Buffer.concat([
      (await upright.jpeg().toBuffer()).subarray(0, 2),
      exifSegment([0x0112, 99]),
      (await upright.jpeg().toBuffer()).subarray(2),
    ]);
    expect(await readPictureFacts(nonsense)).toMatchObject({ widthPx: 60, heightPx: 40 });
  });

  test.each([
    ['https://x.example/a', true],
    ['http://x.example', true],
    ['www.x.example/a', true],
    ['javascript:alert(1)', false],
    ['data:text/html,x', false],
    ['//x.example', false],
    ['https://user:secret@x.example/', false],
    ['https://x.example/"onclick="a', false],
    ['see our site', false],
  ])('an address for readers: %s', (text, is) => expect(webAddress(text) !== undefined).toBe(is));
});

function app13Of(file: Buffer): Buffer {
  const at = file.indexOf('Photoshop 3.0\0', 0, 'latin1');
  return file.subarray(at, at + file.readUInt16BE(at - 2) - 2);
}
