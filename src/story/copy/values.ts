/** A text in front matter. */
export interface TextValue {
  path: (string | number)[];
  value: string;
  /** It is prose. Otherwise it is a name, which has no sentences. */
  isSentence: boolean;
}

/** The texts in front matter that readers get: everything but ids, dates, addresses, and choices. */
export function textValues(data: unknown): TextValue[] {
  const found: TextValue[] = [];
  const look = (value: unknown, path: (string | number)[], key: string): void => {
    if (typeof value === 'string') {
      if (sentences.has(key) || names.has(key)) found.push({ path, value, isSentence: sentences.has(key) });
    } else if (Array.isArray(value)) for (const [at, item] of value.entries()) look(item, [...path, at], key);
    else if (value !== null && typeof value === 'object')
      for (const [inner, of] of Object.entries(value)) look(of, [...path, inner], inner);
  };
  look(data, [], '');
  return found;
}

/** By their own key, wherever it is. */
const sentences = new Set([
  'headline',
  'standfirst',
  'kicker',
  'caption',
  'alt',
  'summary',
  'note',
  'warning',
  'minor',
  'reason',
  'text',
  'description',
  'title',
]);
const names = new Set(['credit', 'dateline', 'name', 'role', 'organisation', 'place', 'copyright', 'byline', 'topics']);
