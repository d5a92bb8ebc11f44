import type { ShortcodeUse } from '../../shortcode-log.ts';
import type { ItemBody } from '../../source.ts';
import type { Attachments } from './attachments.ts';
import { blocksToHtml, hasBlocks } from './blocks.ts';
import { shortcodesToHtml } from './shortcodes.ts';
import type { WxrItem } from './wxr.ts';

export interface BodySources {
  attachments: Attachments;
  /** By id. */
  reusable: ReadonlyMap<string, string>;
  /** Broadsheet wrote the export. */
  isOwn?: boolean;
}

/** The text of a post as HTML, without anything that only WordPress could render. */
export function bodyOf(item: WxrItem, key: string, { attachments, reusable, isOwn }: BodySources): ItemBody {
  const content = (item.fields.get('content:encoded') ?? '').replace(/\r\n?/g, '\n');
  const id = item.fields.get('post_id') ?? '';
  const notes = new Set<string>();
  const counts = new Map<string, { done: string; count: number }>();
  const shortcodes: ShortcodeUse[] = [];
  const footnotes = storedFootnotes(item);
  const isBlocks = hasBlocks(content);
  const html = isBlocks
    ? blocksToHtml(content, {
        reusable: (ref) => reusable.get(ref),
        attachment: (ref) => attachments.byId(ref),
        onDropped: (name) => count(name, 'dropped'),
      })
    : content.replace(/<!--(?:more|nextpage|noteaser)[\s\S]*?-->/g, '\n\n');
  const expanded = shortcodesToHtml(html, {
    gallery: (ids) =>
      (ids === undefined ? attachments.ofPost(id) : ids.map((ref) => attachments.byId(ref)))
        .filter((attachment) => attachment !== undefined)
        .map(({ url, id: ref, alt, caption }) => ({ url, id: ref, alt, caption })),
    attachment: (ref) => attachments.byId(ref),
    footnote: (note) => {
      const name = `shortcode-${footnotes.size + 1}`;
      footnotes.set(name, note);
      return name;
    },
    onShortcode: (name, _before, how) => {
      shortcodes.push({ name, syntax: 'WordPress', how: howOf[how] });
      if (how !== 'converted') count(`[${name}]`, how);
    },
  });
  const text = attachments.withFiles(expanded);
  attachments.useIn(text);
  for (const [name, { done, count: times }] of counts)
    notes.add(`${name} ${done}${times > 1 ? ` (${times} times)` : ''}`);
  return {
    key,
    kind: 'html',
    text,
    hasLineParagraphs: !isBlocks,
    isOwn,
    footnotes,
    pictureWords: (picture) => attachments.words(picture),
    notes: [...notes],
    shortcodes,
  };

  function count(name: string, how: 'kept words' | 'dropped'): void {
    const done = how === 'dropped' ? 'was left out, because it has no words' : 'is not known; its words were kept';
    const known = counts.get(`${name} ${how}`);
    if (known) known.count++;
    else counts.set(name, { done, count: 1 });
  }
}

const howOf = { converted: 'known', 'kept words': 'words', dropped: 'dropped' } as const;

/** Footnotes of the block editor, which WordPress stores apart from the text. */
function storedFootnotes(item: WxrItem): Map<string, string> {
  const notes = new Map<string, string>();
  const json = item.meta.find(([key]) => key === 'footnotes')?.[1];
  if (json === undefined || json.trim() === '') return notes;
  try {
    const list: unknown = JSON.parse(json);
    if (Array.isArray(list))
      for (const { id, content } of list)
        if (typeof id === 'string' && typeof content === 'string') notes.set(id, content);
  } catch {
    // Without its footnotes, the text still has their numbers.
  }
  return notes;
}
