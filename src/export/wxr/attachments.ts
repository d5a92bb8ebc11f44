import { basename, extname } from 'node:path';
import type { ShownPicture } from '../../pictures/picture.ts';
import { plainLines } from '../../pictures/plain-text.ts';
import { escapeText } from '../../site/markup.ts';
import type { Asset, Assets } from '../assets.ts';
import type { Ids } from './ids.ts';
import { itemXml, type Moment } from './item.ts';

/** The texts of a file in WordPress's media library. */
type Texts = Pick<ShownPicture, 'alt' | 'caption' | 'captionHtml' | 'credit' | 'description'>;

interface Attachment {
  id: number;
  url: string;
}

/** The post that first uses a file. */
export interface Owner {
  id: number;
  date: Moment;
  pubDate: string;
}

/**
 * Files of WordPress's media library. WordPress keeps the texts of a picture with the file, so a file that two stories
 * show with different texts is in the library twice.
 */
export class Attachments {
  readonly #assets: Assets;
  readonly #ids: Ids;
  readonly #written = new Set<number>();
  readonly #waiting: { id: number; key: string; url: string; path: string; mime: string; texts: Texts | undefined }[] =
    [];

  constructor(assets: Assets, ids: Ids) {
    this.#assets = assets;
    this.#ids = ids;
  }

  /** @param file newsroom-relative */
  use(file: string, texts?: Texts): Attachment {
    return this.#add(this.#assets.use(file), file, texts);
  }

  /** A picture that the newsroom does not have. WordPress downloads it. */
  useRemote(url: string, texts: Texts): Attachment {
    const { pathname } = new URL(url);
    return this.#add({ url, path: pathname.slice(1), mime: 'image/*' }, url, texts);
  }

  #add({ url, path, mime }: Pick<Asset, 'url' | 'path' | 'mime'>, file: string, texts: Texts | undefined): Attachment {
    const { alt, caption, credit, description } = texts ?? {};
    const key = JSON.stringify([file, alt, caption, credit, description]);
    const id = this.#ids.of(`file ${key}`);
    if (!this.#written.has(id)) {
      this.#written.add(id);
      this.#waiting.push({ id, key, url, path, mime, texts });
    }
    return { id, url };
  }

  /** The items of the files that were used since the last call. They come before the post that uses them. */
  *items(owner: Owner): Generator<string> {
    for (const { id, url, path, texts } of this.#waiting.splice(0)) {
      const stem = basename(path, extname(path));
      const meta: [string, string][] = [];
      if (path.startsWith(uploads)) meta.push(['_wp_attached_file', path.slice(uploads.length)]);
      if (texts?.alt) meta.push(['_wp_attachment_image_alt', escapeText(texts.alt)]);
      if (texts?.credit) meta.push(['_media_credit', escapeText(texts.credit)]);
      yield itemXml({
        ...{ id, type: 'attachment', title: escapeText(stem), link: url, guid: url, creator: '' },
        content: texts?.description === undefined ? '' : escapeText(plainLines(texts.description) ?? ''),
        excerpt: texts?.captionHtml ?? escapeText(texts?.caption ?? ''),
        ...{ date: owner.date, modified: owner.date, pubDate: owner.pubDate },
        ...{ slug: `file-${id}`, status: 'inherit', parent: owner.id, url, terms: [], meta },
      });
    }
  }
}

/** Where WordPress keeps the files of its media library. */
export const uploads = 'wp-content/uploads/';
