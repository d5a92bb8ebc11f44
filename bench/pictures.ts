import { copyFileSync, existsSync, linkSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface Picture {
  /** Where its file lies. */
  path: string;
  /** Its name beside a story. */
  name: string;
}

/**
 * Makes pictures from the demo newsroom's photographs: each is a part of one, of another size and
 * brightness, so that no two are the same file. The same place in the pool gives the same picture.
 *
 * @param content folder with photographs, searched to the bottom
 * @param folder where they are put
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

/** The words that stand with a picture of the pool. */
export const pictureWords = ({ name }: Picture) => ({
  alt: `What is seen in ${name}`,
  caption: 'The place that the story is about, some time before.',
  credit: 'The Bench Post',
});

/** Puts a picture beside a story; a link costs the disk nothing and is read like any file. */
export function hangPicture({ path, name }: Picture, folder: string): void {
  const place = join(folder, name);
  if (existsSync(place)) return;
  try {
    linkSync(path, place);
  } catch {
    copyFileSync(path, place);
  }
}
