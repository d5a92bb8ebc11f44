import { lineOf } from './field-values.ts';
import { isRecord } from './front-matter.ts';

/** The picture at the top of a story, as written. */
export interface Cover {
  src: string;
  alt?: string;
  caption?: string;
  credit?: string;
}

/** Keys whose value is often words or a switch (`teaser: Soon!`, `featured: yes`), and only sometimes a picture. */
const doubtful = new Set(
  'lead cover feature featured banner header teaser preview hero thumb thumbnail photo picture img intro'.split(' '),
);

/**
 * A cover as text, as an object in one of many forms, or as the first of a list.
 *
 * @param key folded. Under a key that is often something else, only what is plainly the address of a picture counts
 */
export function coverOf(value: unknown, key = 'image'): Cover | undefined {
  if (Array.isArray(value)) {
    for (const entry of value) {
      const cover = coverOf(entry, key);
      if (cover) return cover;
    }
    return undefined;
  }
  if (isRecord(value)) return ofRecord(value);
  if (typeof value !== 'string') return undefined;
  const src = value.trim();
  const wiki = /^!?\[\[([^\]|#]+)(?:[|#][^\]]*)?\]\]$/.exec(src)?.[1]?.trim();
  if (wiki !== undefined) return { src: wiki };
  const markdown = /^!\[([^\]]*)\]\(\s*<?([^()\s<>]+)>?(?:\s+"([^"]*)")?\s*\)$/.exec(src);
  if (markdown) return words({ src: markdown[2] ?? '', alt: markdown[1], caption: markdown[3] });
  return isPictureAddress(src, doubtful.has(key)) ? { src } : undefined;
}

/** Whether text is the address of a picture. @param isStrict a path without the ending of a picture is not enough */
function isPictureAddress(text: string, isStrict: boolean): boolean {
  if (text === '' || text.length > 2000 || /[\n<>]/.test(text)) return false;
  if (/\.(?:jpe?g|png|gif|webp|avif|svg|tiff?|heic|bmp)(?:[?#]\S*)?$/i.test(text)) return true;
  if (/^data:/i.test(text) || /\s/.test(text)) return false;
  if (/^(?:https?:)?\/\/\S+\/\S/i.test(text)) return true;
  if (/^(?:true|false|yes|no|on|off|none|null|\d+)$/i.test(text)) return false;
  // Some sources number their pictures: `picture-1`.
  return !isStrict && /[/.]|-\d+$/.test(text) && !/[.!?…]$/.test(text);
}

const sources =
  'src url image path file filename feature overlay_image image_path image_url relative_url permalink href og_image thumbnail teaser'.split(
    ' ',
  );

function ofRecord(value: Record<string, unknown>): Cover | undefined {
  for (const key of sources) {
    const inner = value[key];
    const src = isRecord(inner) ? (inner.src ?? inner.url ?? inner.path) : inner;
    if (
      typeof src !== 'string' ||
      src.trim() === '' ||
      !isPictureAddress(src.trim(), key === 'feature' || key === 'teaser')
    )
      continue;
    const around = isRecord(inner) ? { ...value, ...inner } : value;
    return words({ src: src.trim(), ...wordsOf(around) });
  }
  return undefined;
}

/** The texts of a picture in an object, under the names that archives give them. */
export function wordsOf(value: Record<string, unknown>): Omit<Cover, 'src'> {
  const text = (...keys: string[]) => keys.map((key) => lineOf(value[key])).find((line) => line !== undefined);
  const name = text(
    'credit',
    'credits',
    'attribution',
    'author',
    'photographer',
    'copyright',
    'attr',
    'byline',
    'creditname',
  );
  return {
    alt: text('alt', 'altText', 'alt_text', 'alttext', 'imageAlt', 'image_alt', 'image_description'),
    caption: text('caption', 'cutline', 'figcaption', 'legend', 'description', 'title'),
    credit: name,
  };
}

const words = (cover: Cover): Cover => {
  const { src, alt, caption, credit } = cover;
  return {
    src,
    alt: alt?.trim() || undefined,
    caption: caption?.trim() || undefined,
    credit: credit?.trim() || undefined,
  };
};
