import { dirname, join } from 'node:path/posix';

/** The file that a picture's `src` names, newsroom-relative; undefined when it leads out of `content/`. */
export function pictureFileOf(file: string, src: string): string | undefined {
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
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^[\w.-]*$/.test(name)) return [path];
  const folder = path.slice(0, path.length - name.length);
  return [...new Set([name, name.normalize('NFC'), name.normalize('NFD'), encodeURI(name)])].map(
    (spelling) => folder + spelling,
  );
}

/** One key for all the spellings of a picture's path. */
export function pictureKey(path: string): string {
  if (/^[\w./-]*$/.test(path)) return path;
  try {
    return decodeURI(path).normalize('NFC');
  } catch {
    return path.normalize('NFC');
  }
}
