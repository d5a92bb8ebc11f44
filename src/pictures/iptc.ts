import type { ExpandedTags } from 'exifreader';
import { type Iim, jpegBlocks, readIim } from './iim.ts';
import { plusAddress, webAddress } from './metadata-addresses.ts';
import { exifDate, iimDate, isoDate } from './metadata-dates.ts';
import type { ImageRegion, IptcFields, Licensor, MetadataBlock } from './picture.ts';
import { decodeLatin, plainLines, plainText } from './plain-text.ts';
import { sourceTypeAddress } from './source-type.ts';

/** What the decoder found in places where exifreader does not look. */
export interface Embedded {
  /** libvips and ImageMagick compress XMP in a PNG. */
  xmp?: Uint8Array | undefined;
  /** The IIM of a TIFF. We find that of a JPEG ourselves. */
  iptc?: Uint8Array | undefined;
  /** There is XMP, but it was too long to be decompressed. */
  isXmpRefused?: boolean | undefined;
}

/** Real packets have 5 to 60 kB. A larger one contains something else, and reading it would take seconds. */
export const xmpBytesMax = 2_000_000;

/** Longer than any caption. Anything longer is cut, so that it does not fill the page. */
export const textCharsMax = 20_000;

/**
 * The IPTC fields in a picture file.
 *
 * XMP takes precedence over IIM (the old IPTC block), and IIM over Exif, because programs keep them complete in this
 * order. But if the digest in the file shows that the IIM was changed after the XMP was written, the IIM takes
 * precedence over the XMP, except if it only has the same text cut at its limit. A broken block is treated as missing.
 *
 * @param bytes the whole file, in any format that we read
 * @returns texts are NFC, trimmed, without control characters, and on one line (the extended description can
 * have several lines). Addresses are complete http(s) addresses. `undefined` if the file has no fields.
 * @throws never
 * @see IPTC Photo Metadata Standard 2021.1; Metadata Working Group, Guidelines for Handling Image
 * Metadata 2.0, chapter 3 (the digest)
 */
export async function readIptc(bytes: Uint8Array, embedded: Embedded = {}): Promise<IptcFields | undefined> {
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  const blocks = isJpeg ? jpegBlocks(bytes) : undefined;
  const app13 = blocks?.app13 ?? [];
  const xmpBytes = Math.max(blocks?.xmpBytes ?? 0, embedded.xmp?.length ?? 0);
  const isTooLong = embedded.isXmpRefused === true || xmpBytes > xmpBytesMax;
  const tags = await readTags(blocks?.head ?? bytes, !isTooLong);
  if (tags.xmp === undefined && embedded.xmp !== undefined && !isTooLong)
    tags.xmp = (await readTags(asXmpFile(embedded.xmp), true)).xmp;
  const iim = readIim(app13.length > 0 ? app13 : embedded.iptc ? [embedded.iptc] : []);
  const fields = fieldsOf(tags, iim);
  if (isTooLong) fields.unread = [`its XMP is larger than ${xmpBytesMax / 1e6} MB and was not read`];
  return Object.keys(fields).length > 1 ? fields : undefined;
}

/** exifreader recognises a bare XMP packet by the wrapper that some writers omit. */
function asXmpFile(packet: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from('<?xpacket begin=""?>'), packet]);
}

async function readTags(bytes: Uint8Array, withXmp: boolean): Promise<ExpandedTags> {
  const { load } = (await import('exifreader')).default;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { exif, xmp } = wanted;
  try {
    const includeTags = withXmp ? { exif, xmp } : { exif };
    return await load(buffer, { expanded: true, async: true, includeTags });
  } catch {
    // The file is at fault, and nothing is lost. Only the reader runs in this block, so it does not hide any error of
    // ours.
    return {};
  }
}

/** Where each text is stored: XMP property, IIM dataset with its limit in bytes, Exif tag. */
const texts = {
  title: { xmp: 'title', iim: '2:5', iimBytesMax: 64 },
  headline: { xmp: 'Headline', iim: '2:105', iimBytesMax: 256 },
  description: { xmp: 'description', iim: '2:120', iimBytesMax: 2000, exif: 'ImageDescription' },
  altText: { xmp: 'AltTextAccessibility' },
  extendedDescription: { xmp: 'ExtDescrAccessibility', hasLines: true },
  creatorJobTitle: { xmp: 'AuthorsPosition', iim: '2:85', iimBytesMax: 32 },
  creditLine: { xmp: 'Credit', iim: '2:110', iimBytesMax: 32 },
  copyrightNotice: { xmp: 'rights', iim: '2:116', iimBytesMax: 128, exif: 'Copyright' },
  source: { xmp: 'Source', iim: '2:115', iimBytesMax: 32 },
  sublocation: { xmp: 'Location', iim: '2:92', iimBytesMax: 32 },
  city: { xmp: 'City', iim: '2:90', iimBytesMax: 32 },
  state: { xmp: 'State', iim: '2:95', iimBytesMax: 32 },
  country: { xmp: 'Country', iim: '2:101', iimBytesMax: 64 },
  countryCode: { xmp: 'CountryCode', iim: '2:100', iimBytesMax: 3 },
  instructions: { xmp: 'Instructions', iim: '2:40', iimBytesMax: 256 },
  usageTerms: { xmp: 'UsageTerms' },
} as const satisfies Partial<Record<keyof IptcFields, Place>>;

interface Place {
  xmp: string;
  iim?: string;
  iimBytesMax?: number;
  exif?: string;
  hasLines?: boolean;
}

const lists = {
  creators: { xmp: 'creator', iim: '2:80', iimBytesMax: 32, exif: 'Artist' },
  keywords: { xmp: 'subject', iim: '2:25', iimBytesMax: 64 },
  personsShown: { xmp: 'PersonInImage' },
} as const satisfies Partial<Record<keyof IptcFields, Place>>;

const wanted = {
  xmp: [
    ...[...Object.values(texts), ...Object.values(lists)].map(({ xmp }) => xmp),
    ...['DateCreated', 'Licensor', 'WebStatement', 'DigitalSourceType', 'DataMining', 'ImageRegion'],
  ],
  exif: ['ImageDescription', 'Artist', 'Copyright', 'DateTimeOriginal', 'OffsetTimeOriginal'],
};

function fieldsOf(tags: ExpandedTags, iim: Iim | undefined): IptcFields {
  const fields: IptcFields = { from: {} };
  const order: MetadataBlock[] = iim?.isInStep === false ? ['IIM', 'XMP', 'Exif'] : ['XMP', 'IIM', 'Exif'];
  const xmp = (name: string) => field(tags.xmp, name);
  const exif = (name: string) => exifText(field(tags.exif, name));

  /** The first block that has a text, unless it is IIM that cut what the next block has in full. */
  function choose<T>(
    name: keyof IptcFields['from'],
    values: Partial<Record<MetadataBlock, T | undefined>>,
    isCut = (_short: T, _long: T) => false,
  ): T | undefined {
    let block = order.find((each) => values[each] !== undefined);
    if (block === undefined) return undefined;
    if (block === 'IIM' && values.XMP !== undefined && isCut(values.IIM!, values.XMP)) block = 'XMP';
    fields.from[name] = block;
    return values[block];
  }
  const put = <Name extends keyof IptcFields['from']>(name: Name, value: IptcFields[Name] | undefined) => {
    if (value !== undefined) fields[name] = value;
  };

  for (const [name, place] of entries<keyof typeof texts>(texts)) {
    const clean = place.hasLines ? plainLines : plainText;
    const isCut = (short: string, long: string) => isCutAt(place.iimBytesMax, short, long);
    const old = place.iim && iim?.texts.get(place.iim);
    const found = {
      XMP: cut(xmpText(xmp(place.xmp), clean)),
      IIM: old && cut(plainText(old.join(', '))),
      Exif: place.exif && cut(exif(place.exif)),
    };
    put(name, choose(name, blankFree(found), isCut));
  }
  for (const [name, place] of entries<keyof typeof lists>(lists)) {
    const isCut = (short: string[], long: string[]) =>
      short.every((item, at) => item === long[at] || isCutAt(place.iimBytesMax, item, long[at] ?? ''));
    const old = place.iim && iim?.texts.get(place.iim);
    const found = {
      XMP: some(xmpList(xmp(place.xmp))),
      IIM: old && some(old.map((text) => plainText(text))),
      // One tag contains several artists, separated by semicolons.
      Exif: place.exif && some(exif(place.exif)?.split(';').map(plainText)),
    };
    put(name, choose(name, blankFree(found), isCut));
  }
  put(
    'dateCreated',
    choose('dateCreated', {
      XMP: isoDate(xmpText(xmp('DateCreated'))),
      IIM: iimDate(iim?.texts.get('2:55')?.[0], iim?.texts.get('2:60')?.[0]),
      Exif: exifDate(exif('DateTimeOriginal'), exif('OffsetTimeOriginal')),
    }),
  );
  const only = <T>(name: keyof IptcFields['from'], value: T | undefined) => choose(name, { XMP: value });
  put('webStatement', only('webStatement', webAddress(xmpText(xmp('WebStatement')))));
  put('digitalSourceType', only('digitalSourceType', sourceTypeAddress(xmpText(xmp('DigitalSourceType')) ?? '')));
  put('dataMining', only('dataMining', plusAddress(xmpText(xmp('DataMining')))));
  put('licensors', only('licensors', some(items(xmp('Licensor')).map(licensor))));
  put('regions', only('regions', some(items(xmp('ImageRegion')).slice(0, regionsMax).map(region))));
  return fields;
}

const regionsMax = 100;

const entries = <Name extends string>(record: Record<Name, Place>) => Object.entries(record) as [Name, Place][];

const cut = (text: string | undefined) =>
  text !== undefined && text.length > textCharsMax ? `${text.slice(0, textCharsMax).toWellFormed()}…` : text;

const blankFree = <T>(values: Record<MetadataBlock, T | '' | undefined>) =>
  values as Record<MetadataBlock, T | undefined>;

const listMax = 200;

function some<T>(values: readonly (T | undefined)[] | undefined): T[] | undefined {
  const there = (values ?? []).filter((value) => value !== undefined).slice(0, listMax);
  return there.length > 0 ? there : undefined;
}

/** Whether the IIM contains only the beginning of the XMP text, cut at its limit. A character has up to 4 bytes. */
function isCutAt(bytesMax: number | undefined, short: string, long: string): boolean {
  return bytesMax !== undefined && long.startsWith(short) && Buffer.byteLength(short) > bytesMax - 4;
}

/** An XMP text. If it has several languages, it is the `x-default` or the first. A list is joined with commas. */
function xmpText(tag: unknown, clean = plainText): string | undefined {
  const value = field(tag, 'value');
  if (typeof value === 'string') return clean(value);
  if (!Array.isArray(value)) return undefined;
  const language = (item: unknown) => field(field(item, 'attributes'), 'lang');
  const chosen =
    value.find((item) => language(item) === 'x-default') ?? value.find((item) => language(item) !== undefined);
  if (chosen !== undefined) return xmpText(chosen, clean);
  const several = value.map((item) => xmpText(item, clean)).filter((text) => text !== undefined);
  return several.length > 0 ? several.join(', ') : undefined;
}

const xmpList = (tag: unknown): (string | undefined)[] => {
  const value = field(tag, 'value');
  return Array.isArray(value) ? value.map((item) => xmpText(item)) : [xmpText(tag)];
};

/** The structures of a list. A single one can be stored without the list. */
function items(tag: unknown): unknown[] {
  const value = field(tag, 'value');
  if (Array.isArray(value)) return value.map((item) => field(item, 'value') ?? item);
  return typeof value === 'object' && value !== null ? [value] : [];
}

function licensor(item: unknown): Licensor | undefined {
  const text = (name: string) => xmpText(field(item, `Licensor${name}`));
  const phones = some([text('Telephone1'), text('Telephone2')]);
  const found: Record<string, unknown> = {
    name: text('Name'),
    id: text('ID'),
    url: webAddress(text('URL')),
    email: text('Email'),
    phones,
    city: text('City'),
    country: text('Country'),
  };
  for (const key of Object.keys(found)) if (found[key] === undefined) delete found[key];
  return Object.keys(found).length > 0 ? (found as Licensor) : undefined;
}

/** Uses only boundaries relative to the picture. Those in pixels are wrong as soon as the picture has been scaled. */
function region(item: unknown): ImageRegion | undefined {
  const boundary = field(field(item, 'RegionBoundary'), 'value');
  const number = (from: unknown, name: string) => {
    const text = xmpText(field(from, name));
    return text === undefined ? Number.NaN : Number(text);
  };
  const shape = xmpText(field(boundary, 'rbShape'));
  if (xmpText(field(boundary, 'rbUnit')) !== 'relative') return undefined;
  const box = boxOf(shape, boundary, number);
  if (!box || ![box.x, box.y, box.width, box.height].every((part) => part >= 0 && part <= 1)) return undefined;
  const roles = items(field(item, 'rRole')).flatMap((role) => xmpList(field(role, 'Identifier')));
  return {
    ...box,
    ...only('name', xmpText(field(item, 'Name'))),
    ...only('roles', some(roles)),
    ...only('persons', some(field(item, 'PersonInImage') === undefined ? [] : xmpList(field(item, 'PersonInImage')))),
  };
}

const only = <Value>(key: string, value: Value | undefined) => (value === undefined ? {} : { [key]: value });

type Box = Pick<ImageRegion, 'shape' | 'x' | 'y' | 'width' | 'height'>;

function boxOf(shape: string | undefined, boundary: unknown, number: (from: unknown, name: string) => number) {
  const [x, y] = [number(boundary, 'rbX'), number(boundary, 'rbY')];
  if (shape === 'rectangle')
    return { shape, x, y, width: number(boundary, 'rbW'), height: number(boundary, 'rbH') } satisfies Box;
  if (shape === 'circle') {
    // The radius is a part of the width, so converting it to a part of the height would need the ratio. The centre is
    // correct.
    const radius = number(boundary, 'rbRx');
    const clamp = (part: number) => Math.min(1, Math.max(0, part));
    const [left, top] = [clamp(x - radius), clamp(y - radius)];
    return { shape, x: left, y: top, width: clamp(x + radius) - left, height: clamp(y + radius) - top } satisfies Box;
  }
  if (shape !== 'polygon') return undefined;
  const points = items(field(boundary, 'rbVertices')).slice(0, listMax);
  const [xs, ys] = [points.map((point) => number(point, 'rbX')), points.map((point) => number(point, 'rbY'))];
  if (points.length === 0) return undefined;
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { shape, x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top } satisfies Box;
}

/** Exif says ASCII, but programs write UTF-8 or Latin-1, which arrives here with one character for each byte. */
function exifText(tag: unknown): string | undefined {
  const value = field(tag, 'value');
  const text = Array.isArray(value) ? value[0] : value;
  if (typeof text !== 'string') return undefined;
  const isBytes = !/[^\0-\xff]/.test(text);
  return plainText(isBytes ? decodeLatin(text) : text);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
