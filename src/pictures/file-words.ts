import type { ExpandedTags } from 'exifreader';
import type { PictureWords } from './picture.ts';
import { comparable, plainText } from './plain-text.ts';

/**
 * The alt text, caption and credit that a picture file carries about itself.
 *
 * XMP wins over IIM (the old IPTC block), IIM over Exif: the order in which writing programs keep
 * them complete; IIM cuts a credit at 32 bytes. A broken block is as good as none.
 *
 * @param bytes the whole file, of any format that we read
 * @param xmp the XMP as the decoder found it, for places where exifreader does not look (libvips and
 *   ImageMagick compress it in a PNG)
 * @throws never
 * @see IPTC Photo Metadata Standard 2021.1: Alt Text, Description, Credit Line, Creator, Source
 */
export async function readFileWords(bytes: Uint8Array, xmp?: Uint8Array): Promise<PictureWords> {
  const tags = await readTags(bytes);
  if (tags.xmp === undefined && xmp !== undefined) tags.xmp = (await readTags(asXmpFile(xmp))).xmp;
  return wordsOfTags(tags);
}

/** exifreader knows a bare XMP packet by the wrapper that some writers leave out. */
function asXmpFile(packet: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from('<?xpacket begin=""?>'), packet]);
}

async function readTags(bytes: Uint8Array): Promise<ExpandedTags> {
  const { load } = (await import('exifreader')).default;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return await load(buffer, { expanded: true, async: true, includeTags: wanted });
  } catch {
    // The file's fault, and no loss: only the reader runs here, so that no error of ours hides.
    return {};
  }
}

const wanted = {
  xmp: ['AltTextAccessibility', 'description', 'Credit', 'creator', 'Source', 'rights'],
  iptc: ['Coded Character Set', 'Caption/Abstract', 'Credit', 'By-line', 'Source', 'Copyright Notice'],
  exif: ['ImageDescription', 'Artist', 'Copyright'],
};

function wordsOfTags(tags: ExpandedTags): PictureWords {
  const charset = field(tags.iptc, 'Coded Character Set');
  const xmp = (name: string) => xmpText(field(tags.xmp, name));
  const iim = (name: string) => iimText(field(tags.iptc, name), charset);
  const exif = (name: string) => exifText(field(tags.exif, name));

  const creator = xmp('creator') ?? iim('By-line') ?? exif('Artist');
  const source = xmp('Source') ?? iim('Source');
  const rights = xmp('rights') ?? iim('Copyright Notice') ?? exif('Copyright');
  const credit = creditLine({ creditLine: xmp('Credit') ?? iim('Credit'), creator, source });
  const namings = [credit, creator, source, rights];
  const caption = [xmp('description'), iim('Caption/Abstract'), exif('ImageDescription')].find(
    (text) => text !== undefined && !isNoCaption(text, namings),
  );
  const alt = xmp('AltTextAccessibility');

  return { ...(alt && { alt }), ...(caption && { caption }), ...(credit && { credit }) };
}

/**
 * The credit to print under a picture, or undefined when the file names nobody.
 *
 * "Credit Line" wins; else "Creator" and "Source" joined by " / ", once when one says the other.
 * Nothing is guessed from the file name.
 *
 * @param named text as `plainText` returns it
 * @see IPTC Photo Metadata Standard, Credit Line
 * @example creditLine({ creator: 'A. Diallo', source: 'Coast Agency' }) // 'A. Diallo / Coast Agency'
 */
export function creditLine(named: { creditLine?: string; creator?: string; source?: string }): string | undefined {
  const { creator, source } = named;
  if (named.creditLine !== undefined) return named.creditLine;
  if (creator === undefined || source === undefined) return creator ?? source;
  if (says(source, creator)) return source;
  return says(creator, source) ? creator : `${creator} / ${source}`;
}

/** Whether a "caption" only names people again, or is what the camera writes into every file. */
function isNoCaption(text: string, namings: readonly (string | undefined)[]): boolean {
  if (cameraStock.test(text)) return true;
  const said = nameWords(text);
  return namings.some((naming) => naming !== undefined && sameWords(said, nameWords(naming)));
}

// As written by Olympus, Sony, Nikon, Konica Minolta, Samsung, Fujifilm, Huawei and DJI devices.
const cameraStock =
  /^(?:(?:olympus|minolta|konica minolta|samsung|fujifilm)? ?digital (?:still )?camera|sony dsc|samsung csc|exif[_ ]jpeg[_ ]picture|dcim[\\/].*|dji_?\d+\S*|(?:r?hdr|cof|dav|edf|mde|oznor|ptr|sdr|untitled|default)(?:_\w+)*)$/i;

const fillers = new Set([
  'photo',
  'photograph',
  'picture',
  'image',
  'by',
  'credit',
  'courtesy',
  'of',
  'copyright',
  '©',
  'c',
]);

const nameWords = (text: string) =>
  new Set(
    comparable(text)
      .split(' ')
      .filter((word) => !fillers.has(word)),
  );

const sameWords = (a: Set<string>, b: Set<string>) => a.size > 0 && a.size === b.size && a.isSubsetOf(b);

const says = (whole: string, part: string) => ` ${comparable(whole)} `.includes(` ${comparable(part)} `);

/** An XMP text: of several languages the `x-default`, else the first; a list joined by commas. */
function xmpText(tag: unknown): string | undefined {
  const value = field(tag, 'value');
  if (typeof value === 'string') return plainText(value);
  if (!Array.isArray(value)) return undefined;
  const language = (item: unknown) => field(field(item, 'attributes'), 'lang');
  const chosen =
    value.find((item) => language(item) === 'x-default') ?? value.find((item) => language(item) !== undefined);
  if (chosen !== undefined) return xmpText(chosen);
  const texts = value.map(xmpText).filter((text) => text !== undefined);
  return texts.length > 0 ? texts.join(', ') : undefined;
}

/** A text of the IIM block, whose bytes we decode ourselves; a repeated one joined by commas. */
function iimText(tag: unknown, charset: unknown): string | undefined {
  const texts = (Array.isArray(tag) ? tag : [tag])
    .map((one) => byteList(field(one, 'value')))
    .map((bytes) => bytes && plainText(decodeIim(bytes, byteList(field(charset, 'value')))))
    .filter((text) => text !== undefined);
  return texts.length > 0 ? texts.join(', ') : undefined;
}

/**
 * What decides is what the bytes are: text that is valid UTF-8 is UTF-8, whatever is declared, because
 * no other encoding gives that by accident. Else the declared set, else what Western programs write.
 *
 * @see IPTC-NAA Information Interchange Model 4.2, dataset 1:90; ISO 2022 escape sequences
 */
export function decodeIim(bytes: Uint8Array, declared: Uint8Array = new Uint8Array()): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // The 96-character sets are declared as ESC, one of "-./", and a final letter.
    const [lead, set, final] = [...Buffer.from(declared).toString('latin1')];
    const known = lead === '\x1b' && set !== undefined && '-./'.includes(set) ? isoSets[final ?? ''] : undefined;
    return new TextDecoder(known ?? 'windows-1252').decode(bytes);
  }
}

const isoSets: Record<string, string> = {
  B: 'iso-8859-2',
  C: 'iso-8859-3',
  D: 'iso-8859-4',
  L: 'iso-8859-5',
  G: 'iso-8859-6',
  F: 'iso-8859-7',
  H: 'iso-8859-8',
  M: 'windows-1254',
  V: 'iso-8859-10',
  b: 'iso-8859-15',
};

/** Exif says ASCII; what is written is UTF-8 or Latin-1, one character for a byte when it comes here. */
function exifText(tag: unknown): string | undefined {
  const value = field(tag, 'value');
  const text = Array.isArray(value) ? value[0] : value;
  if (typeof text !== 'string') return undefined;
  const isBytes = !/[^\0-\xff]/.test(text);
  return plainText(isBytes ? decodeIim(Buffer.from(text, 'latin1')) : text);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function byteList(value: unknown): Uint8Array | undefined {
  return Array.isArray(value) ? Uint8Array.from(value) : undefined;
}
