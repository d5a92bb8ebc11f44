import { dirname, join } from 'node:path/posix';

/** Pictures that several stories use. `picture:ID` names one of them, without its extension. */
export const pictureDesk = 'content/pictures/';

/**
 * The newsroom-relative file that a picture's `src` names, or undefined if it is outside `content/`. `picture:ID` is a
 * path without an extension. `pictureSpellings` lists the possible ones.
 */
export function pictureFileOf(file: string, src: string): string | undefined {
  if (src.startsWith('picture:')) {
    const path = join(pictureDesk, src.slice('picture:'.length));
    return path.startsWith(pictureDesk) && path.length > pictureDesk.length && !src.includes('\\') ? path : undefined;
  }
  const path = join(dirname(file), src);
  return path.startsWith('content/') && !src.startsWith('/') && !src.includes('\\') ? path : undefined;
}

/**
 * The possible names of a picture on disk, the most likely first.
 *
 * Editors type NFC, but files that were on a Mac are often NFD, and downloads contain a `%20` in their name that
 * Markdown reads as a space. The folder is always spelled as on disk.
 */
export function pictureSpellings(path: string): string[] {
  if (path.startsWith(pictureDesk) && !ending.test(path)) return endings.flatMap((end) => spellingsOf(path + end));
  return spellingsOf(path);
}

const endings = ['jpg', 'jpeg', 'png', 'webp', 'avif', 'gif', 'tif', 'tiff', 'svg'].flatMap((end) => [
  `.${end}`,
  `.${end.toUpperCase()}`,
]);
const ending = /\.(?:jpe?g|png|webp|avif|gif|tiff?|svg)$/i;

function spellingsOf(path: string): string[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^[\w.-]*$/.test(name)) return [path];
  const folder = path.slice(0, path.length - name.length);
  return [...new Set([name, name.normalize('NFC'), name.normalize('NFD'), encodeURI(name)])].map(
    (spelling) => folder + spelling,
  );
}

/** The name of a lead or another picture that may have only an address. */
export const namedPicture = ({ src, wanted }: { src?: string | undefined; wanted?: string | undefined }) =>
  src === undefined ? { src: proposedName(wanted ?? ''), isUnnamed: true as const } : { src };

/** A name for the file of a picture at an address: the last part of the path, as a file name that every system accepts. */
export function proposedName(address: string): string {
  const path = address.replace(/[?#].*$/s, '').replace(/[/\\]+$/, '');
  const last = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  let name = last;
  try {
    name = decodeURIComponent(last);
  } catch {
    // A stray percent sign. It is replaced below.
  }
  name = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(-80);
  return ending.test(name) ? name : `${name || 'picture'}.jpg`;
}

/** One key for all spellings of a picture's path. Shared pictures are keyed by their ID. */
export function pictureKey(written: string): string {
  const path = written.startsWith(pictureDesk) ? written.replace(ending, '') : written;
  if (/^[\w./-]*$/.test(path)) return path;
  try {
    return decodeURI(path).normalize('NFC');
  } catch {
    return path.normalize('NFC');
  }
}
