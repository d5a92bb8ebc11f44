import type { PictureFormat } from './picture.ts';

export type Sniffed =
  | { kind: 'picture'; format: PictureFormat }
  /** A picture or drawing in a format that we do not read. */
  | { kind: 'unsupported'; name: string }
  /** Not a picture. `name` is set if we recognise what it is. */
  | { kind: 'other'; name?: string };

/**
 * The format of a file, judged by its first bytes, never by its name.
 *
 * This is also a security boundary: only the listed formats reach the decoders, so a file named .jpg cannot trigger the
 * PDF or raw loaders of libvips. An SVG is read as text, and rendered only after it has been sanitised.
 */
export function sniffFormat(bytes: Uint8Array): Sniffed {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1024)).toString('latin1');
  const signature = signatures.find(([start]) => head.startsWith(start));
  if (signature) return signature[1];
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return { kind: 'picture', format: 'webp' };
  if (head.slice(4, 8) === 'ftyp') return isoBrand(head);
  return sniffText(
    head
      .replace(/^\u00ef\u00bb\u00bf/, '')
      .trimStart()
      .toLowerCase(),
  );
}

const signatures: readonly (readonly [string, Sniffed])[] = [
  ['\xff\xd8\xff', { kind: 'picture', format: 'jpeg' }],
  ['\x89PNG\r\n\x1a\n', { kind: 'picture', format: 'png' }],
  ['GIF8', { kind: 'picture', format: 'gif' }],
  ['II*\0', { kind: 'picture', format: 'tiff' }],
  ['MM\0*', { kind: 'picture', format: 'tiff' }],
  ['II+\0', { kind: 'picture', format: 'tiff' }],
  ['MM\0+', { kind: 'picture', format: 'tiff' }],
  ['BM', { kind: 'unsupported', name: 'BMP' }],
  ['8BPS', { kind: 'unsupported', name: 'Photoshop' }],
  ['%PDF', { kind: 'unsupported', name: 'PDF' }],
  ['\xff\x0a', { kind: 'unsupported', name: 'JPEG XL' }],
  ['\0\0\0\x0cJXL ', { kind: 'unsupported', name: 'JPEG XL' }],
  ['\0\0\0\x0cjP  ', { kind: 'unsupported', name: 'JPEG 2000' }],
  ['PK\x03\x04', { kind: 'other', name: 'an archive or an office document' }],
];

/** AVIF and the phone format HEIC are brands of the same container. The list of brands ends within the first box. */
function isoBrand(head: string): Sniffed {
  const boxLength = Math.min(head.length, 1024, (head.charCodeAt(2) << 8) | head.charCodeAt(3));
  const brands = head.slice(8, Math.max(12, boxLength));
  if (/avi[fs]/.test(brands)) return { kind: 'picture', format: 'avif' };
  if (/hei[cxms]|hev[cxms]|mif1|msf1/.test(brands)) return { kind: 'unsupported', name: 'HEIC' };
  return { kind: 'other', name: 'a film or sound file' };
}

function sniffText(text: string): Sniffed {
  if (/^(?:<\?xml|<!--|<!doctype svg|<svg)/.test(text) && text.includes('<svg')) {
    return { kind: 'picture', format: 'svg' };
  }
  if (/^<!doctype html|^<html/.test(text)) return { kind: 'other', name: 'a web page' };
  if (text.startsWith('version https://git-lfs')) return { kind: 'other', name: 'a Git LFS pointer' };
  return { kind: 'other' };
}
