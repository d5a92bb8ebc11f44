import { existsSync, mkdirSync, statSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { digestOf } from '../../index/digest.ts';
import { sniffFormat } from '../../pictures/format.ts';
import { decoding } from '../../pictures/metadata.ts';

/** Widths that are made, so that a window that is resized makes no hundred files. */
const widths = [96, 200, 400, 800, 1600];

/**
 * A small copy of a picture, made once for each state of the file.
 *
 * @param file absolute
 * @param cache the cache folder
 * @param width in pixels, at least
 * @returns undefined if the file cannot be shown
 */
export async function thumbnail(file: string, cache: string, width: number): Promise<Buffer | undefined> {
  const wide = widths.find((one) => one >= width) ?? widths.at(-1)!;
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile()) return undefined;
  const key = digestOf(`${file} ${stat.size} ${stat.mtimeMs} ${stat.ctimeMs} ${wide}`);
  const kept = join(cache, 'desk/thumbnails', `${key}.webp`);
  if (existsSync(kept)) return await readFile(kept);
  const made = await turn(() => make(file, wide));
  if (!made) return undefined;
  // Without room for it in the cache, it is made again the next time.
  try {
    mkdirSync(dirname(kept), { recursive: true });
    await writeFile(`${kept}.${process.pid}.tmp`, made);
    await rename(`${kept}.${process.pid}.tmp`, kept);
  } catch {
    return made;
  }
  return made;
}

async function make(file: string, width: number): Promise<Buffer | undefined> {
  const bytes = await readFile(file);
  const sniffed = sniffFormat(bytes);
  if (sniffed.kind !== 'picture') return undefined;
  const { default: sharp } = await import('sharp');
  try {
    // A drawing is shown as its pixels, so that nothing in it can run.
    const drawn =
      sniffed.format === 'svg'
        ? Buffer.from((await import('../../pictures/drawing.ts')).readDrawing(bytes).svg)
        : bytes;
    return await sharp(drawn, { ...decoding, failOn: 'none' })
      .rotate()
      .resize({ width, withoutEnlargement: true })
      .webp({ quality: 75, effort: 2 })
      .toBuffer();
  } catch {
    return undefined;
  }
}

/** One after another: a page of the library asks for fifty at once, and each can need much memory. */
let last: Promise<unknown> = Promise.resolve();
function turn<T>(work: () => Promise<T>): Promise<T> {
  const next = last.then(work, work);
  last = next.catch(() => {});
  return next;
}
