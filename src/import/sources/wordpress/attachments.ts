import { join, posix } from 'node:path';
import { escapeAttribute } from '../../../site/markup.ts';
import { splitCredit } from '../../credit-line.ts';
import { htmlLine, htmlWords } from '../../html-body/convert.ts';
import { decodePath } from '../../old-address.ts';
import { compare } from '../../receipt.ts';
import type { PictureWords } from '../../source.ts';
import type { WxrItem } from './wxr.ts';

/** A file in WordPress's media library. */
export interface Attachment {
  id: string;
  url: string;
  title?: string;
  alt?: string;
  caption?: string;
  credit?: string;
  /** The post that it was uploaded to. */
  parent?: string;
}

const attachmentLink =
  /(\shref\s*=\s*["'])(?:(?:https?:)?\/\/([^/"'?#]{1,200}))?\/?(?:index\.php)?\?attachment_id=(\d{1,12})(?=[&#"'])[^"']*/gi;

const isHostOf = (host: string, url: string): boolean => {
  const bare = (name: string) => name.toLowerCase().replace(/^www\./, '');
  return URL.canParse(url) && bare(new URL(url).host) === bare(host);
};

/** The media library of an export. */
export class Attachments {
  readonly #byId = new Map<string, Attachment>();
  readonly #byAddress = new Map<string, Attachment>();
  readonly #byParent = new Map<string, Attachment[]>();
  /** Keys of the files that stories use. */
  readonly #used = new Set<string>();

  get count(): number {
    return this.#byId.size;
  }

  add(item: WxrItem): void {
    const field = (name: string) => item.fields.get(name)?.trim() || undefined;
    const meta = (key: string) => item.meta.find(([name]) => name === key)?.[1].trim() || undefined;
    const url = field('attachment_url') ?? field('guid');
    const id = field('post_id');
    if (url === undefined || id === undefined) return;
    const written = field('excerpt:encoded');
    const credit =
      meta('_media_credit') ??
      meta('media_credit') ??
      meta('_wp_attachment_credit') ??
      meta('credit') ??
      meta('photo_credit');
    const line = written === undefined ? undefined : htmlLine(written);
    // If the credit has its own field, nothing in the caption is taken for one.
    const split: PictureWords = line === undefined ? {} : credit === undefined ? splitCredit(line) : { caption: line };
    const attachment: Attachment = {
      id,
      url,
      title: field('title'),
      alt: altOf(meta('_wp_attachment_image_alt')),
      caption: split.caption,
      credit: credit === undefined ? split.credit : htmlWords(credit),
      parent: field('post_parent'),
    };
    this.#byId.set(id, attachment);
    const key = keyOf(url);
    if (!this.#byAddress.has(key)) this.#byAddress.set(key, attachment);
    if (attachment.parent !== undefined && attachment.parent !== '0')
      this.#byParent.set(attachment.parent, [...(this.#byParent.get(attachment.parent) ?? []), attachment]);
  }

  byId(id: string): Attachment | undefined {
    return this.#byId.get(id);
  }

  /** The file that an address means, in whatever size. */
  byAddress(url: string): Attachment | undefined {
    return this.#byAddress.get(keyOf(url));
  }

  /**
   * HTML in which links to an attachment by its id (`/?attachment_id=12`) lead to the file itself. The page about it, which
   * WordPress made, does not come along.
   */
  withFiles(html: string): string {
    if (!html.includes('attachment_id=')) return html;
    return html.replace(attachmentLink, (link, before: string, host: string | undefined, id: string) => {
      const url = this.byId(id)?.url;
      if (url === undefined || (host !== undefined && !isHostOf(host, url))) return link;
      return before + escapeAttribute(url.replaceAll("'", '%27'));
    });
  }

  /** Records the files that the text of a story links to, or plays. */
  useIn(html: string): void {
    for (const [, url = ''] of html.matchAll(/\s(?:href|src|poster|data)\s*=\s*["']([^"']{1,2000})["']/gi))
      this.#used.add(keyOf(url));
  }

  /** The names of files that no story uses, such as `2019/05/report.pdf`. */
  unused(): string[] {
    return [...this.#byId.values()]
      .filter(({ url }) => !this.#used.has(keyOf(url)))
      .map(({ url }) => uploadPath(url))
      .sort(compare);
  }

  /** The pictures that belong to a post. */
  ofPost(id: string): Attachment[] {
    return (this.#byParent.get(id) ?? []).filter(({ url }) => isPicture.test(url));
  }

  /** The texts of a picture that a story shows. */
  words({ src, id }: { src: string; id?: string }): PictureWords | undefined {
    const known = id === undefined ? undefined : this.byId(id);
    // Two attachments can be one file with different texts. After a move, the ids of others can be wrong.
    const found = known && keyOf(known.url) === keyOf(src) ? known : (this.byAddress(src) ?? known);
    if (found !== undefined) this.#used.add(keyOf(found.url));
    return found && { alt: found.alt, caption: found.caption, credit: found.credit };
  }
}

const isPicture = /\.(?:jpe?g|png|gif|webp|avif|svg|tiff?|bmp|heic)(?:[?#]|$)/i;

const altOf = (text: string | undefined): string | undefined => {
  const words = text === undefined ? '' : htmlWords(text);
  return words === '' ? undefined : words;
};

/** `-300x200`, `-scaled`, `-e1600000000000`, and `-rotated` are added to the names of other sizes of a file. */
const withoutSize = (path: string): string =>
  path.replace(/(?:-\d{1,5}x\d{1,5}|-scaled|-rotated|-e\d{10,13})+(?=\.\w+$)/i, '');

/** What follows `uploads/` in an address, or its whole path. Hosts differ, because many sites have a server for files. */
function uploadPath(url: string): string {
  const path = decodePath(url.replace(/^(?:https?:)?\/\/[^/]*/i, '').replace(/[?#].*$/s, ''));
  return (
    /\/(?:wp-content\/)?(?:uploads|files|blogs\.dir\/\d+\/files)\/(.+)$/.exec(path)?.[1] ?? path.replace(/^\/+/, '')
  );
}

const keyOf = (url: string): string => withoutSize(uploadPath(url)).toLowerCase();

/**
 * The files on disk that an address in a post can mean, the best first: the original, then the size that was used.
 *
 * @param folders where uploads can be, as complete paths
 */
export function uploadFiles(url: string, folders: readonly string[], attachments: Attachments): string[] {
  if (!/^(?:https?:)?\/\/|^\//i.test(url)) return [];
  const original = attachments.byAddress(url)?.url;
  const names = [
    ...(original === undefined ? [] : [uploadPath(original)]),
    withoutSize(uploadPath(url)),
    uploadPath(url),
    withoutSize(uploadPath(url)).replace(/(\.\w+)$/, '-scaled$1'),
  ].map((name) => posix.normalize(name));
  return [...new Set(names)]
    .filter((name) => !name.startsWith('..') && !name.includes('\0'))
    .flatMap((name) =>
      folders.flatMap((folder) => [
        join(folder, name),
        join(folder, 'wp-content/uploads', name),
        join(folder, 'uploads', name),
      ]),
    );
}
