import { pictureFileOf } from '../../story/picture-file.ts';
import type { PictureTexts } from '../store/picture-rows.ts';

export interface ShownIn extends PictureTexts {
  /** Relative to `content/`. A shared picture has no ending. */
  path: string;
}

/** An image or a component with a picture, as far as one expression can see. */
const inBody =
  /!\[([^\]]*)\]\(\s*<?([^\s)>]+)>?(?:\s+(?:"([^"]*)"|'([^']*)'))?\s*\)|<\w+\b([^>]*\b(?:src|before|after)=["'][^>]*)>|\bsrc:\s*["']([^"']+)["']/g;

/**
 * The pictures that a story shows, with what it says about them.
 *
 * @param path of the story, relative to `content/`
 * @param data its front matter
 */
export function picturesShown(path: string, data: Record<string, unknown>, body: string): ShownIn[] {
  const found = new Map<string, ShownIn>();
  const add = (src: unknown, texts: Record<string, unknown>) => {
    if (typeof src !== 'string' || src === '' || /^https?:/i.test(src)) return;
    const file = pictureFileOf(`content/${path}`, decoded(src))?.slice('content/'.length);
    if (file === undefined) return;
    const before = found.get(file);
    const text = (name: 'alt' | 'caption' | 'credit') =>
      before?.[name] ?? (typeof texts[name] === 'string' && texts[name] ? texts[name] : undefined);
    found.set(file, { path: file, alt: text('alt'), caption: text('caption'), credit: text('credit') });
  };
  const { lead, pictures } = data;
  if (isGroup(lead)) add(lead.src, lead);
  if (isGroup(pictures)) for (const [name, texts] of Object.entries(pictures)) if (isGroup(texts)) add(name, texts);
  for (const [, alt, src, title, other, attributes, listed] of body.matchAll(inBody)) {
    if (src !== undefined) add(src, { alt, caption: title ?? other });
    if (listed !== undefined) add(listed, {});
    if (attributes === undefined) continue;
    const values = Object.fromEntries(
      [...attributes.matchAll(/\b(\w+)=(?:"([^"]*)"|'([^']*)')/g)].map(([, key, one, two]) => [key, one ?? two]),
    );
    for (const key of ['src', 'before', 'after']) add(values[key], values);
  }
  return [...found.values()];
}

const isGroup = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

function decoded(src: string): string {
  try {
    return decodeURI(src);
  } catch {
    return src;
  }
}
