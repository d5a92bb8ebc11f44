import { frontMatterSchema } from '../story/schema.ts';

/*
 * The keys that only Broadsheet has. An archive that another newsroom exported, or an earlier version of this one, keeps
 * them as they are.
 */

const ownKeys = [
  'id',
  'related',
  'withdrawn',
  'corrections',
  'sponsor',
  'pictures',
  'minor',
  'note',
  'warning',
] as const;
export type OwnKey = (typeof ownKeys)[number];

/** `series` is here only if it has a number, which no other archive has. */
export type OwnFields = Partial<Record<OwnKey | 'series', unknown>>;

export const isOwnKey = (key: string): key is OwnKey => (ownKeys as readonly string[]).includes(key);

/** The value of such a key, or undefined if a story cannot have it. */
export function ownValue(key: OwnKey, value: unknown): unknown {
  const shaped =
    key === 'sponsor' && typeof value === 'string'
      ? { name: value.trim() }
      : key === 'corrections' && !Array.isArray(value)
        ? [value]
        : value;
  const read = frontMatterSchema.shape[key].safeParse(shaped);
  return read.success ? read.data : undefined;
}
