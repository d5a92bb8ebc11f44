import { dirname, join } from 'node:path/posix';

/** Pictures that stories share; `picture:ID` names one of them, without its ending. */
export const pictureDesk = 'content/pictures/';

/**
 * The file that a picture's `src` names, newsroom-relative; undefined when it leads out of `content/`.
 * `picture:ID` is a path without an ending: `pictureSpellings` knows which there may be.
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
 * The names that a picture may have on disk, likeliest first.
 *
 * Text is NFC as editors type it, but files that were on a Mac are often NFD, and downloads keep a
 * `%20` in their name that Markdown reads as a space. The folder is always as the disk has it.
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

/** One key for all the spellings of a picture's path; those of the picture desk go by their ID. */
export function pictureKey(written: string): string {
  const path = written.startsWith(pictureDesk) ? written.replace(ending, '') : written;
  if (/^[\w./-]*$/.test(path)) return path;
  try {
    return decodeURI(path).normalize('NFC');
  } catch {
    return path.normalize('NFC');
  }
}
