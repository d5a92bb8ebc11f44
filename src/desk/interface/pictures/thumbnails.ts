import { api } from '../api.ts';

/** Addresses of thumbnails in this tab. An `<img>` cannot send the desk's token, so each is read once and kept as a blob. */
const known = new Map<string, Promise<string>>();
const knownMax = 400;

/**
 * The address of a thumbnail.
 *
 * @param file the story, relative to content/
 * @param src a file beside the story, `picture:ID`, or a path relative to content/
 */
export function thumbnailOf(file: string, src: string, width: number): Promise<string> {
  return thumbnail(pathOf(file, src), width);
}

/** Relative to content/, or `picture:ID`. */
export const pathOf = (file: string, src: string): string =>
  src.includes('/') || src.startsWith('picture:') ? src : `${folderOf(file)}${src}`;

export function thumbnail(path: string, width: number): Promise<string> {
  const key = `${width} ${path}`;
  const found = known.get(key);
  if (found) return found;
  const address = api.picture(path, width).then((blob) => URL.createObjectURL(blob));
  address.catch(() => known.delete(key));
  known.set(key, address);
  for (const [old, promise] of known) {
    if (known.size <= knownMax) break;
    known.delete(old);
    void promise.then((url) => URL.revokeObjectURL(url)).catch(() => undefined);
  }
  return address;
}

const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/') + 1);
