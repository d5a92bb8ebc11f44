import type { Arranged } from '../../../import/sources/arrange/block.ts';

/** What the form can take over of a copied story, in its order. */
const keys = ['kicker', 'headline', 'standfirst', 'byline', 'dateline'] as const;

interface CopyField {
  key: (typeof keys)[number];
  value: unknown;
  /** As people read it. */
  words: string;
}

/** A copied story, cut into fields and text. */
export interface Copied {
  fields: CopyField[];
  /** The text without what the fields say. */
  html: string;
  leftOut: string[];
}

/**
 * A text that is the copy of a whole story: it has a headline, and says who wrote it or where. Anything else is text.
 *
 * @param authors of the newsroom, whose IDs replace their names
 */
export function copiedStory(
  { fields, html, readings }: Arranged,
  authors: readonly { id: string; name: string }[],
): Copied | undefined {
  if (!fields.has('headline') || !(fields.has('byline') || fields.has('dateline')) || html.trim() === '')
    return undefined;
  const found = keys.flatMap((key): CopyField[] => {
    const value = fields.get(key);
    if (value === undefined) return [];
    if (key === 'byline') return [bylineField(value as Named[], authors)];
    return [{ key, value: String(value), words: String(value) }];
  });
  // The desk sets dates itself, and the rest is furniture of the page that the copy comes from.
  const kept = /^the (?:headline|kicker|standfirst|byline|dateline|role in the byline)\b/;
  const leftOut = readings.filter(({ became }) => became === undefined || !kept.test(became)).map(({ text }) => text);
  return { fields: found, html, leftOut };
}

interface Named {
  name: string;
  role?: string;
}

function bylineField(names: Named[], authors: readonly { id: string; name: string }[]): CopyField {
  const fold = (name: string) => name.normalize('NFC').toLowerCase();
  return {
    key: 'byline',
    value: names.map(({ name, role }) => {
      const author = authors.find((one) => fold(one.name) === fold(name));
      return author?.id ?? (role === undefined ? { name } : { name, role });
    }),
    words: names.map(({ name, role }) => (role === undefined ? name : `${name} (${role})`)).join(', '),
  };
}
