import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sniffFormat } from '../../pictures/format.ts';
import { readPictureFacts } from '../../pictures/metadata.ts';
import type { PictureFacts, PictureFormat } from '../../pictures/picture.ts';
import { PictureError } from '../../pictures/problems.ts';
import { canWindowsHold } from '../../site/address-limits.ts';
import { cleanSlug, shortSlug } from '../../site/slug.ts';

/** A picture that can be written, or why it cannot, for the person at the desk. */
export type ReadPicture = { facts: PictureFacts; format: PictureFormat } | { refused: string; todo: string };

export const uploadBytesMax = 60_000_000;

/** More than any camera takes. Such a file holds up everybody who works with it. */
const pixelsMax = 160_000_000;

/**
 * Reads an uploaded picture: by its content, never by its name.
 *
 * @param bytes the whole file
 */
export async function readUpload(bytes: Uint8Array): Promise<ReadPicture> {
  const sniffed = sniffFormat(bytes);
  if (sniffed.kind === 'picture' && sniffed.format !== 'svg') {
    const { default: sharp } = await import('sharp');
    const size = await sharp(bytes, { limitInputPixels: false })
      .metadata()
      .catch(() => undefined);
    if (size && size.width * size.height > pixelsMax) {
      const mega = (pixels: number) => Math.round(pixels / 1_000_000).toLocaleString('en');
      return {
        refused: `This picture has ${mega(size.width * size.height)} megapixels (${size.width} × ${size.height}). The desk takes pictures of up to ${mega(pixelsMax)} megapixels.`,
        todo: 'Save a smaller copy of it, and add that.',
      };
    }
  }
  try {
    const facts = await readPictureFacts(bytes);
    return { facts, format: facts.format };
  } catch (error) {
    if (error instanceof PictureError) return { refused: error.reason, todo: error.hint };
    throw error;
  }
}

const endings: Record<PictureFormat, string> = {
  jpeg: 'jpg',
  png: 'png',
  webp: 'webp',
  avif: 'avif',
  gif: 'gif',
  tiff: 'tif',
  svg: 'svg',
};

/**
 * The name of a new picture in a folder: short, safe on every system and in every address, and with the ending of what
 * the file really is. A file with the same content that is already there keeps its name.
 *
 * @param folder absolute
 * @param given the name that the picture came with
 */
export function nameInFolder(folder: string, given: string, bytes: Uint8Array, format: PictureFormat): string {
  const base = given.replace(/^.*[\\/]/, '').replace(/\.\w{1,5}$/, '');
  const slug = shortSlug(cleanSlug(base.toLowerCase()));
  const stem = slug === '' || !canWindowsHold(slug) ? `picture${slug && `-${slug}`}` : slug;
  const there = existsSync(folder) ? readdirSync(folder) : [];
  const fold = (name: string) => name.normalize('NFC').toLowerCase();
  for (let number = 1; ; number++) {
    const name = `${stem}${number === 1 ? '' : `-${number}`}.${endings[format]}`;
    const taken = there.find((one) => fold(one) === fold(name));
    if (taken === undefined) return name;
    if (readFileSync(join(folder, taken)).equals(bytes)) return taken;
  }
}

/** What the file says about itself, for the fields of its form. */
export function factsOf({ words, rights }: PictureFacts): Record<string, string> {
  const { caption, alt, credit, place, date, description } = words;
  const said = { caption, alt, credit, place, date, description, rights: words.copyright ?? rights?.copyrightNotice };
  return Object.fromEntries(
    Object.entries(said).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
}
