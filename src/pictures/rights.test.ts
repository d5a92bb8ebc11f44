import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import type { PictureRights } from './picture.ts';
import { rightsBytesMax, rightsPacket } from './rights.ts';

const full: PictureRights = {
  creators: ['Ana Díaz', 'B. Okafor'],
  creditLine: 'Coast Agency',
  copyrightNotice: '© 2026 Coast Agency',
  webStatement: 'https://coast.example/rights',
  licensors: [{ name: 'Coast Agency', url: 'https://coast.example/license', email: 'desk@coast.example' }],
  usageTerms: 'Editorial use only',
  digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture',
  dataMining: 'http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED',
  description: 'Boats & nets < on the quay',
};

const bytesOf = (text: string | undefined) => Buffer.byteLength(text ?? '');
const read = (packet: string | undefined) =>
  new XMLParser({ ignoreAttributes: false }).parse(packet ?? '')['x:xmpmeta']['rdf:RDF']['rdf:Description'];

describe('what a rendition contains', () => {
  test('every field, in the place that IPTC defines for it', () => {
    const packet = rightsPacket(full);
    expect(XMLValidator.validate(packet ?? '')).toBe(true);
    expect(read(packet)).toMatchObject({
      'dc:creator': { 'rdf:Seq': { 'rdf:li': ['Ana Díaz', 'B. Okafor'] } },
      'photoshop:Credit': 'Coast Agency',
      'xmpRights:WebStatement': 'https://coast.example/rights',
      'Iptc4xmpExt:DigitalSourceType': full.digitalSourceType,
      'dc:description': { 'rdf:Alt': { 'rdf:li': { '#text': 'Boats & nets < on the quay' } } },
    });
    expect(bytesOf(packet)).toBeLessThanOrEqual(rightsBytesMax);
  });

  test('nothing if there is nothing to say', () => {
    for (const rights of [undefined, {}, { creators: [] }, { description: '' }])
      expect(rightsPacket(rights)).toBeUndefined();
  });

  test('what XML cannot contain is left out, and no field can end its element', () => {
    const packet = rightsPacket({ creditLine: 'A\u0000\u0008\ud800</photoshop:Credit><evil/>\ufffe' }) ?? '';
    expect(XMLValidator.validate(packet)).toBe(true);
    expect(packet).not.toContain('<evil');
    expect(packet).toContain('&lt;/photoshop:Credit&gt;');
  });
});

describe('never more than 1,500 bytes', () => {
  const long = (sign: string) => sign.repeat(5000);

  test.each<[string, Partial<PictureRights>]>([
    ['a long description', { description: long('é ') }],
    ['long usage terms', { usageTerms: long('x ') }],
    ['a hundred licensors', { licensors: Array.from({ length: 100 }, (_, n) => ({ name: `Agency ${n}` })) }],
    [
      'three licensors with all that there is to say, and a description',
      {
        licensors: ['A', 'B', 'C'].map((name) => ({
          name: `${name} agency`,
          id: 'http://example.com/licensor/4711',
          url: 'http://example.com/license/it/here',
          email: 'somebody@example.com',
          phones: ['+49 30 1234567'],
        })),
        description: 'A long one. '.repeat(60),
      },
    ],
    ['a hundred creators', { creators: Array.from({ length: 100 }, (_, n) => `Somebody ${n}`) }],
    ['signs of many bytes', { creditLine: long('𝔸'), copyrightNotice: long('&') }],
    ['a long address', { webStatement: `https://coast.example/${long('a')}` }],
    [
      'all of it',
      {
        description: long('<'),
        usageTerms: long('&'),
        creditLine: long('>'),
        copyrightNotice: long('ü'),
        creators: [long('x')],
      },
    ],
  ])('%s', (_, more) => {
    const packet = rightsPacket({ ...full, ...more });
    expect(bytesOf(packet)).toBeLessThanOrEqual(rightsBytesMax);
    expect(XMLValidator.validate(packet ?? '')).toBe(true);
    expect(packet).toContain('<photoshop:Credit>');
    expect(packet).toContain('<dc:creator>');
    expect(packet).toContain('<dc:description>');
  });

  test('the description is cut first, and as much of it as possible stays', () => {
    const packet = rightsPacket({ ...full, description: 'word '.repeat(400) }) ?? '';
    expect(bytesOf(packet)).toBeGreaterThan(rightsBytesMax - 20);
    expect(packet).toMatch(/word wo?r?d?…/);
    for (const kept of ['Editorial use only', 'https://coast.example/license', full.webStatement ?? '?'])
      expect(packet).toContain(kept);
  });
});
