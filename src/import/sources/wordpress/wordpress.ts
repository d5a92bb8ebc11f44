import { wxrGenerator } from '../../../newsroom/own-meta.ts';
import type { StoryFields } from '../../fields.ts';
import { htmlWords } from '../../html-body/convert.ts';
import {
  type BrokenItem,
  ImportError,
  type ItemBody,
  type Source,
  type SourceItem,
  type SourceOptions,
} from '../../source.ts';
import { copyPart } from '../xml/copy-part.ts';
import { Attachments, uploadFiles } from './attachments.ts';
import { type BodySources, bodyOf } from './body.ts';
import { addCorrection, type Correction, fieldsOf } from './item-fields.ts';
import { WordPressPeople } from './people.ts';
import { Terms } from './terms.ts';
import { readWxr, type WxrHead, type WxrItem } from './wxr.ts';
import { mustBeOneSite, openWxr, unpackedUploads } from './wxr-files.ts';

/** What WordPress and its plugins store as posts, but is no text for readers. */
const internalTypes =
  /^(?:nav_menu_item|revision|custom_css|customize_changeset|oembed_cache|user_request|wp_global_styles|wp_template|wp_template_part|wp_navigation|wp_font_face|wp_font_family|acf|acf-.*|feedback|shop_.*|product_variation|wp_block|guest-author|newspack_correction|newspack_popups_cpt|newspack_spnsrs_cpt|newspack_nl_.*|jetpack_migration|jp_pay_order|jp_pay_product|wpcf7_contact_form|mc4wp-form|elementor_library|amp_validated_url|safecss|tablepress_table|scheduled-action|nf_sub|flamingo_.*|wpforms|popup|et_pb_layout|fl-builder-template|vc_grid_item|spucpt|rl_gallery|displayed_gallery|ngg_.*|ml-slider|sucuri.*|postman_sent_mail|bwg_.*|ai1ec_.*|soliloquy|envira)$/;

const reusableCharsMax = 10_000_000;

/** A WordPress export (WXR 1.0 to 1.2): a file, or a folder or zip of files that belong together. */
export async function wordpressSource({ source, except, publicFolder, context }: SourceOptions): Promise<Source> {
  const { archive, files, others, folders } = await openWxr(source, except);
  const attachments = new Attachments();
  const people = new WordPressPeople();
  const terms = new Terms();
  const reusable = new Map<string, string>();
  const counts = new Map<string, number>();
  const corrections: { post: string; correction: Correction }[] = [];
  const notes: { file: string; note: string }[] = [...archive.notes];
  /** Key → where the item is. */
  const places = new Map<string, { file: string; start: number; end: number }>();
  const keyOf = new Map<string, string>();
  /** Of each file. */
  const heads = new Map<string, WxrHead>();
  let head: WxrHead | undefined;
  let comments = 0;

  async function* everyItem(): AsyncGenerator<{ item: WxrItem; file: string; key: string }> {
    for (const { name, path: file } of files) {
      const reading = readWxr(file);
      for await (const item of reading.items) {
        head ??= reading.head;
        people.addUsers(reading.head);
        yield { item, file, key: `${name}#${item.ordinal}` };
      }
      head ??= reading.head;
      heads.set(name, reading.head);
      if (notes.some((note) => note.file === name)) continue;
      if (!reading.end.hasRss && reading.head.version === undefined)
        throw new ImportError(`${file} is not a WordPress export, because it does not begin with <rss>.`);
      if (reading.end.isCut)
        notes.push({
          file: name,
          note: 'the file ends in the middle of the export; everything before its end is imported',
        });
      for (const note of reading.end.notes) notes.push({ file: name, note });
    }
  }

  /** What other items refer to is read first: attachments, guest authors, terms, and reusable blocks. */
  async function readRest(): Promise<void> {
    let reusableChars = 0;
    for await (const { item, file, key } of everyItem()) {
      const type = item.fields.get('post_type') || 'post';
      counts.set(type, (counts.get(type) ?? 0) + 1);
      comments += item.comments.length;
      places.set(key, { file, start: item.start, end: item.end });
      if (type === 'attachment') attachments.add(item);
      else if (type === 'guest-author') people.addGuest(item);
      else if (type === 'wp_block') {
        const content = item.fields.get('content:encoded') ?? '';
        reusableChars += content.length;
        if (reusableChars <= reusableCharsMax) reusable.set(item.fields.get('post_id') ?? '', content);
      } else if (type === 'newspack_correction') {
        const read = correctionOf(item);
        if (read) corrections.push(read);
      }
    }
    mustBeOneSite(heads);
    for (const each of heads.values()) terms.add(each);
  }

  return {
    kind: 'wordpress',
    folder: archive.folder,
    async *items(): AsyncGenerator<SourceItem | BrokenItem> {
      await readRest();
      const ids = new Set<string>();
      for await (const { item, key } of everyItem()) {
        const type = item.fields.get('post_type') || 'post';
        if (item.isCut) {
          yield { key, where: whereOf(item, key), reason: 'the file ends in the middle of it' };
          continue;
        }
        if (type === 'attachment' || internalTypes.test(type)) continue;
        const where = whereOf(item, key);
        if (item.tooLong !== undefined) {
          yield { key, where, reason: `more than 2 MB of text (${item.tooLong}), which is the limit for a story` };
          continue;
        }
        const id = item.fields.get('post_id') ?? '';
        const { fields, notes: found } = fieldsOf(item, {
          ...{ context, attachments, people, terms },
          isOwn: head?.generator === wxrGenerator,
        });
        const identity = `${id} ${item.fields.get('guid') ?? ''}`;
        if (id !== '' && ids.has(identity)) {
          yield { key, where, reason: `the export contains the item with the id ${id} twice` };
          continue;
        }
        ids.add(identity);
        for (const { post, correction } of corrections) if (post === id) addCorrection(fields, correction);
        const isEmpty = fields.headline === undefined && (item.fields.get('content:encoded') ?? '').trim() === '';
        if (isEmpty) {
          yield { key, where, reason: 'it has neither a title nor a text' };
          continue;
        }
        if (type !== 'post' && type !== 'page') found.push(`its type in WordPress is ${type}`);
        keyOf.set(key, id);
        yield {
          key,
          where,
          fields,
          isPage: type === 'page',
          name: nameOf(item, fields),
          heading: fields.headline === undefined ? headingOf(item) : undefined,
          notes: found,
        };
      }
    },
    async *bodies(wanted): AsyncGenerator<ItemBody> {
      const sources: BodySources = { attachments, reusable, isOwn: head?.generator === wxrGenerator };
      for await (const { item, key } of everyItem()) if (wanted.has(key)) yield bodyOf(item, key, sources);
    },
    async keep(key, to) {
      const place = places.get(key);
      if (!place) return false;
      await copyPart(place.file, place.start, place.end, to);
      return true;
    },
    facts: () => ({
      origin: originOf(head),
      authors: people.used(),
      counts: Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
      comments: { count: comments, lines: () => commentLines(everyItem()) },
      files: others,
      left: archive.left.lines(),
      notes,
    }),
    pictureFiles: (url) => [
      ...(publicFolder === undefined ? [] : uploadFiles(url, [publicFolder], attachments)),
      ...unpackedUploads(archive, uploadFiles(url, folders, attachments)),
    ],
    unusedFiles: () => attachments.unused(),
    close: async () => archive.close(),
  };
}

function whereOf({ fields, ordinal }: WxrItem, key: string): string {
  const type = fields.get('post_type') || 'post';
  const id = fields.get('post_id');
  const name = fields.get('post_name') || htmlWords(fields.get('title') ?? '').slice(0, 60);
  return `${key.slice(0, key.lastIndexOf('#'))}: ${type} ${id ?? `number ${ordinal + 1}`}${name ? ` (${name})` : ''}`;
}

/** For `--permalink`, and for the slug of a story that has none. */
function nameOf({ fields: raw }: WxrItem, fields: StoryFields) {
  const path = (raw.get('link') ?? '')
    .replace(/^https?:\/\/[^/]*\/?/i, '')
    .replace(/[?#].*$/s, '')
    .replace(/\/$/, '');
  const slug = fields.slug ?? '';
  return { path, name: slug, slug, folders: [] };
}

const headingOf = (item: WxrItem): string | undefined => {
  const found = /<h[1-6][^>]*>([\s\S]{1,500}?)<\/h[1-6]>/i.exec(item.fields.get('content:encoded') ?? '')?.[1];
  return found === undefined ? undefined : htmlWords(found) || undefined;
};

function originOf(head: WxrHead | undefined): string | undefined {
  for (const url of [head?.baseBlogUrl, head?.link, head?.baseSiteUrl])
    if (url && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  return undefined;
}

function correctionOf(item: WxrItem): { post: string; correction: Correction } | undefined {
  const meta = new Map(item.meta);
  const post = meta.get('newspack_correction-post-id') ?? item.fields.get('post_parent') ?? '';
  const text = htmlWords(item.fields.get('content:encoded') ?? '');
  const date = /^\d{4}-\d\d-\d\d/.exec(meta.get('newspack_correction-date') ?? item.fields.get('post_date') ?? '')?.[0];
  if (post === '' || text === '' || date === undefined) return undefined;
  const type = meta.get('newspack_correction-type') === 'clarification' ? 'clarification' : 'correction';
  return { post, correction: { date, type, text } };
}

async function* commentLines(items: AsyncGenerator<{ item: WxrItem }>): AsyncGenerator<string> {
  for await (const { item } of items)
    for (const comment of item.comments) {
      const get = (name: string) => comment.get(name) || undefined;
      yield `${JSON.stringify({
        post: item.fields.get('post_id'),
        title: htmlWords(item.fields.get('title') ?? ''),
        link: item.fields.get('link'),
        id: get('comment_id'),
        parent: get('comment_parent'),
        type: get('comment_type'),
        approved: get('comment_approved') === '1',
        date: get('comment_date_gmt') ?? get('comment_date'),
        author: get('comment_author'),
        url: get('comment_author_url'),
        text: get('comment_content'),
      })}\n`;
    }
}
