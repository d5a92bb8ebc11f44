import { afterEach, describe, expect, test, vi } from 'vitest';
import { creditLine, wordsOfFields } from './file-words.ts';
import { decodeIim } from './iim.ts';
import { readIptc } from './iptc.ts';
import type { PictureWords } from './picture.ts';
import { iimSegment, jpegWith, sharedFile, xmpLanguages, xmpSegment } from './small-pictures.fixture.ts';

/** Only the alt text, the caption, and the credit. iptc.test.ts tests the rest. */
async function readFileWords(bytes: Uint8Array): Promise<PictureWords> {
  const fields = await readIptc(bytes);
  const { alt, caption, credit } = fields ? wordsOfFields(fields) : {};
  return { ...(alt && { alt }), ...(caption && { caption }), ...(credit && { credit }) };
}

const utf8Declared = [1, 90, '\x1b%G'] as [number, number, string];
const words = async (...segments: Buffer[]) => await readFileWords(await jpegWith(...segments));

describe('real files', () => {
  test('the IPTC’s own reference picture matches its JSON', async (ctx) => {
    const name = 'photos/IPTC-PhotometadataRef-Std2021.1.jpg';
    const [{ XMP }] = JSON.parse(sharedFile(`${name}.json`, ctx).toString());
    expect(await readFileWords(sharedFile(name, ctx))).toEqual({
      alt: XMP.AltTextAccessibility,
      caption: XMP.Description,
      credit: XMP.Credit,
    });
  });

  test('a caption that only repeats the credit does not count', async (ctx) => {
    const osprey = await readFileWords(sharedFile('demo-photos/osprey.jpg', ctx));
    expect(osprey).toMatchObject({ credit: 'Jacob W. Frank/NPS' });
    expect(osprey.caption).toBeUndefined();
    const otters = await readFileWords(sharedFile('demo-photos/otters.jpg', ctx));
    expect(otters.caption, 'canary: a real one is kept').toMatch(/^North American river otter/);
  });

  test('a Latin-1 block is read as such', async (ctx) => {
    const { caption } = await readFileWords(sharedFile('photos/BonTonARTSTORplusIPTC.jpg', ctx));
    expect(caption).toContain('Sais-tu ta leçon?');
  });
});

describe('the order of precedence', () => {
  const description = xmpLanguages('dc:description', { fr: 'Le port', 'x-default': 'The harbour' });

  test('XMP before IIM, and of several languages the default', async () => {
    expect(await words(xmpSegment(description), iimSegment([2, 120, 'Old words']))).toEqual({ caption: 'The harbour' });
  });

  test('IIM if XMP has no text', async () => {
    expect(
      await words(xmpSegment('<photoshop:Credit> </photoshop:Credit>'), iimSegment([2, 110, 'Example Agency'])),
    ).toEqual({
      credit: 'Example Agency',
    });
  });

  test('the alt text, and the credit from creators and source', async () => {
    const alt = xmpLanguages('Iptc4xmpCore:AltTextAccessibility', { en: 'A quay &amp; two boats' });
    const people =
      '<dc:creator><rdf:Seq><rdf:li>A. Diallo</rdf:li><rdf:li>B. Ní Bhriain</rdf:li></rdf:Seq></dc:creator>';
    expect(await words(xmpSegment(`${alt}${people}<photoshop:Source>Coast Agency</photoshop:Source>`))).toEqual({
      alt: 'A quay & two boats',
      credit: 'A. Diallo, B. Ní Bhriain / Coast Agency',
    });
  });

  test('the credit line, otherwise creator and source, each once', () => {
    expect(creditLine({ creditLine: 'Agency', creator: 'A. Diallo', source: 'Coast' })).toBe('Agency');
    expect(creditLine({ creator: 'A. Diallo', source: 'Coast Agency' })).toBe('A. Diallo / Coast Agency');
    expect(creditLine({ creator: 'A. Diallo', source: 'A. Diallo / Coast' })).toBe('A. Diallo / Coast');
    expect(creditLine({ creator: 'A. Diallo' })).toBe('A. Diallo');
    expect(creditLine({ source: 'Coast' })).toBe('Coast');
    expect(creditLine({})).toBeUndefined();
  });
});

describe('encodings', () => {
  test.each<[string, Buffer, string, string]>([
    ['UTF-8, declared', Buffer.from('Café “Łódź”'), '\x1b%G', 'Café “Łódź”'],
    ['UTF-8, undeclared', Buffer.from('Café'), '', 'Café'],
    ['Windows-1252, undeclared', Buffer.from([0x93, 0x43, 0x61, 0x66, 0xe9, 0x94]), '', '“Café”'],
    ['Latin-1, wrongly declared as UTF-8', Buffer.from('Café', 'latin1'), '\x1b%G', 'Café'],
    ['Latin-1, declared', Buffer.from('Café', 'latin1'), '\x1b.A', 'Café'],
    ['Latin-2, declared', Buffer.from([0xa3, 0xf3, 0x64, 0xbc]), '\x1b.B', 'Łódź'],
    ['Cyrillic, declared', Buffer.from([0xbc, 0xd8, 0xe0]), '\x1b-L', 'Мир'],
  ])('%s', async (_, bytes, declared, expected) => {
    expect(decodeIim(bytes, Buffer.from(declared))).toBe(expected);
    const charset = declared === '' ? [] : [[1, 90, declared] as [number, number, string]];
    expect((await words(iimSegment(...charset, [2, 120, bytes]))).caption).toBe(expected.normalize('NFC'));
  });
});

describe('ready to print', () => {
  const caption = async (text: string) => (await words(iimSegment(utf8Declared, [2, 120, text]))).caption;

  test('one line, NFC, without control characters or characters that change the direction', async () => {
    expect(await caption('  Cafe\u0301\r\nat the\tquay\u0007 \u202eabc\u2066d\u2069 ')).toBe('Café at the quay abcd');
  });

  test.each(['', '   ', '\u0000\u0001', '—', '...'])(
    'unreadable text does not count as a caption: %j',
    async (text) => {
      expect(await caption(text)).toBeUndefined();
    },
  );

  test.each(['OLYMPUS DIGITAL CAMERA', 'SONY DSC', 'DCIM\\100MEDIA\\DJI_0012.JPG', 'Exif_JPEG_PICTURE', 'hdr'])(
    'what the camera writes into every file does not count as a caption: %s',
    async (text) => {
      expect(await caption(text)).toBeUndefined();
    },
  );

  test('a caption about a camera counts', async () => {
    expect(await caption('A digital camera from 1999')).toBe('A digital camera from 1999');
  });

  test.each(['Photo by Jo Example', '© Jo Example', 'EXAMPLE, JO', 'Photo: Jo Example'])(
    'a text that only names somebody or something does not count as a caption: %s',
    async (text) => {
      expect(await words(iimSegment([2, 80, 'Jo Example'], [2, 120, text]))).toEqual({ credit: 'Jo Example' });
    },
  );

  test('markup stays text', async () => {
    expect(await caption('<b>Fire</b> & "smoke"')).toBe('<b>Fire</b> & "smoke"');
  });
});

describe('broken metadata counts as missing', () => {
  afterEach(() => void vi.restoreAllMocks());

  const caption = 'Ferries wait in the harbour';
  const intact = iimSegment([2, 120, caption]);
  const bomb = '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>';

  test.each<[string, Buffer]>([
    ['XMP that is no XML', xmpSegment('<dc:description><rdf:Alt><rdf:li>open')],
    ['XMP with an unknown entity', xmpSegment('<photoshop:Credit>&unknown;</photoshop:Credit>')],
    ['XMP with entities within entities', xmpSegment('<photoshop:Credit>&c;</photoshop:Credit>', bomb)],
    ['Exif that points outside', Buffer.from('ffe10018457869660000494928002a00ffffffffffffffff0000', 'hex')],
  ])('%s: no message, and the other blocks are read', async (_, broken) => {
    const printed = (['log', 'warn', 'error'] as const).map((method) => vi.spyOn(console, method).mockReturnValue());
    expect((await words(broken, intact)).caption).toBe(caption);
    for (const spy of printed) expect(spy).not.toHaveBeenCalled();
  });

  test('IIM with a length beyond its end', async () => {
    const broken = Buffer.from(intact);
    broken.writeUInt16BE(0x7fff, broken.indexOf(caption) - 2);
    expect((await words(broken)).caption).not.toBe(caption);
    expect((await words(intact)).caption, 'canary: the same block, intact').toBe(caption);
  });

  test('not a picture at all', async () => {
    expect(await readFileWords(Buffer.from('nothing'))).toEqual({});
    expect(await readFileWords(new Uint8Array())).toEqual({});
  });
});
