import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { IndexHandle } from '../../index/handle.ts';
import { factsOf, picturesIn, picturesUnder } from '../../index/picture-rows.ts';
import { makeRenditions } from '../../pictures/encode.ts';
import { originalName } from '../../pictures/hrefs.ts';
import type { PictureFacts } from '../../pictures/picture.ts';
import { renditionKey, renditionNamed } from '../../pictures/renditions.ts';

/** The pictures on previewed pages, by the beginning of the names of their renditions. */
export interface PictureFiles {
  /**
   * Remembers the pictures of a page. It is called while the index knows the unsaved text, because a picture that only
   * this text shows is unknown to the index afterwards.
   *
   * @param file the text, newsroom-relative
   */
  learn(index: IndexHandle, html: string, file: string): void;
  /** The file of a rendition, made now if it does not exist yet, or undefined if no previewed page shows it. */
  find(index: IndexHandle, name: string): Promise<string | undefined>;
}

/** Facts of pictures that the index may not know. Those of others are looked up. */
const factsMax = 1000;

/**
 * @param site the newsroom's folder, absolute
 * @param cache the cache folder, absolute
 */
export function openPictureFiles(site: string, cache: string): PictureFiles {
  const paths = new Map<string, string>();
  const facts = new Map<string, PictureFacts>();
  const renditions = join(cache, 'renditions');
  const making = new Map<string, Promise<void>>();
  return {
    learn(index, html, file) {
      const keys = new Set([...html.matchAll(/\/assets\/pictures\/([\da-f]{20})-/g)].map(([, key = '']) => key));
      for (const found of keys.size > 0 ? picturesUnder(index, file.slice(0, file.lastIndexOf('/'))) : []) {
        const key = renditionKey(found.facts);
        if (!keys.has(key)) continue;
        paths.set(key, found.path);
        facts.delete(key);
        facts.set(key, found.facts);
        if (facts.size > factsMax) facts.delete(facts.keys().next().value ?? '');
      }
      // Each picture of the newsroom is looked at once, when a page shows one that is not known.
      if ([...keys].some((key) => !paths.has(key)))
        for (const found of picturesIn(index)) paths.set(renditionKey(found.facts), found.path);
    },
    async find(index, name) {
      const key = /^([\da-f]{20})-[\w-]+\.\w+$/.exec(name)?.[1];
      const path = key === undefined ? undefined : paths.get(key);
      if (key === undefined || path === undefined) return undefined;
      const known = facts.get(key) ?? factsOf(index, path);
      if (!known) return undefined;
      if (name === originalName(known)) return join(site, path);
      const file = join(renditions, name);
      if (existsSync(file)) return file;
      const rendition = renditionNamed(name, known);
      if (!rendition) return undefined;
      // A page asks for a picture twice while it is made, once for each of the two frames.
      const made =
        making.get(name) ??
        makeRenditions([{ file: join(site, path), facts: known, renditions: [rendition] }], renditions).then(() => {});
      making.set(name, made);
      await made.finally(() => making.delete(name));
      return existsSync(file) ? file : undefined;
    },
  };
}
