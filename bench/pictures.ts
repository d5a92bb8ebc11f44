import { copyFileSync, existsSync, linkSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface Picture {
  /** The path of its file. */
  path: string;
  /** Its file name beside a story. */
  name: string;
}

/**
 * Creates pictures from the demo newsroom's photographs. Each is a part of one, with another size and brightness, so
 * that no two are the same file. The same position in the pool always gives the same picture.
 *
 * @param content folder with photographs, searched recursively
 * @param folder receives the pictures
 */
export async function makePictures(content: string, folder: string, count: number): Promise<Picture[]> {
  const { default: sharp } = await import('sharp');
  const photographs = (readdirSync(content, { recursive: true }) as string[])
    .filter((file) => file.endsWith('.jpg'))
    .sort();
  if (photographs.length === 0) throw new Error(`There is no photograph in ${content}.`);
  mkdirSync(folder, { recursive: true });
  const pool: Picture[] = [];
  for (let number = 0; number < count; number++) {
    const path = join(folder, `picture-${number}.jpg`);
    const [widthPx, heightPx] = number % 3 === 0 ? [1280, 1600] : [1600, 1067];
    if (!existsSync(path))
      await sharp(join(content, photographs[number % photographs.length]!))
        .resize(widthPx, heightPx, { fit: 'cover', position: number % 2 ? 'centre' : 'entropy' })
        .modulate({ brightness: 1 + (Math.floor(number / photographs.length) % 9) / 50 })
        .jpeg({ quality: 78 })
        .toFile(path);
    pool.push({ path, name: basename(path) });
  }
  return pool;
}

/** The texts for a picture of the pool. */
export const pictureWords = ({ name }: Picture) => ({
  alt: `What is seen in ${name}`,
  caption: 'The place that the story is about, some time before.',
  credit: 'The Bench Post',
});

/** Puts a picture beside a story. A link takes no disk space and is read like any file. */
export function hangPicture({ path, name }: Picture, folder: string): void {
  const place = join(folder, name);
  if (existsSync(place)) return;
  try {
    linkSync(path, place);
  } catch {
    copyFileSync(path, place);
  }
}
