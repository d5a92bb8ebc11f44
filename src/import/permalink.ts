import { nearest } from '../problems/nearest.ts';
import { slugify } from '../site/slug.ts';
import { localDay } from '../site/zone.ts';

/* Patterns of old addresses, in our own form `/{yyyy}/{slug}/` and as Jekyll, Hugo, and Hexo document them. */

/** Our placeholders, and what each stands for. */
export const placeholders = {
  yyyy: 'year of publication',
  mm: 'month, two digits',
  dd: 'day, two digits',
  slug: 'slug from the front matter, or the file name without a date',
  path: 'path in the source folder, without the extension and /index',
  name: 'file name without the extension',
  section: 'first category, or the first folder',
} as const;

/** What is known about a story when its address is derived. */
export interface AddressParts {
  /** The day of publication, as the old site counted days: `2015-03-04`. */
  day?: string;
  /** `18:30:00`. Defaults to midnight. */
  time?: string;
  /** From the front matter. */
  slug?: string;
  /** The file name without a date, or the folder's name for `index.md`. */
  fileSlug: string;
  title: string;
  /** As in `{path}`. */
  path: string;
  /** As in `{name}`. */
  name: string;
  categories: readonly string[];
  folders: readonly string[];
  id?: string;
  author?: string;
  /**
   * Whether `:title` means the title, as in Hugo, or the name of the file, as in Jekyll and Hexo. Defaults to what the
   * other words of the pattern suggest.
   */
  isTitleWords?: boolean;
}

const months = 'January February March April May June July August September October November December'.split(' ');
const weekdays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** Jekyll's names for whole patterns. */
export const permalinkStyles: Readonly<Record<string, string>> = {
  date: '/:categories/:year/:month/:day/:title.html',
  pretty: '/:categories/:year/:month/:day/:title/',
  ordinal: '/:categories/:year/:y_day/:title.html',
  weekdate: '/:categories/:year/W:week/:short_day/:title.html',
  none: '/:categories/:title.html',
};

/** Words that only Hugo has. If a pattern contains one, `:title` is the title. */
const hugoWords = ['monthname', 'weekday', 'weekdayname', 'yearday', 'sections', 'contentbasename', 'slugorfilename'];

type Part = (parts: AddressParts, argument?: string) => string | undefined;

const dateOf = ({ day }: AddressParts): Date | undefined => (day === undefined ? undefined : new Date(`${day}T00:00Z`));
const ofDate =
  (print: (date: Date) => string | number): Part =>
  (parts) => {
    const date = dateOf(parts);
    return date === undefined ? undefined : String(print(date));
  };
const two = (number: number): string => String(number).padStart(2, '0');
const clock =
  (from: number): Part =>
  ({ day, time = '00:00:00' }) =>
    day === undefined ? undefined : time.slice(from, from + 2);
const dayOfYear = (date: Date): number => (date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000 + 1;
/** The Thursday of a week decides its year and number. */
const thursdayOf = (date: Date): Date => new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * 86_400_000);
const folded = (words: readonly string[]): string => words.map((word) => slugify(word)).join('/');
const slugOrFile: Part = ({ slug, fileSlug }) => slug ?? fileSlug;

/** Every documented placeholder after a colon, of Jekyll, Hugo, and Hexo. */
const colonParts: Readonly<Record<string, Part>> = {
  year: ({ day }) => day?.slice(0, 4),
  short_year: ({ day }) => day?.slice(2, 4),
  month: ({ day }) => day?.slice(5, 7),
  i_month: ofDate((date) => date.getUTCMonth() + 1),
  short_month: ofDate((date) => (months[date.getUTCMonth()] ?? '').slice(0, 3)),
  long_month: ofDate((date) => months[date.getUTCMonth()] ?? ''),
  monthname: ofDate((date) => (months[date.getUTCMonth()] ?? '').toLowerCase()),
  day: ({ day }) => day?.slice(8, 10),
  i_day: ofDate((date) => date.getUTCDate()),
  y_day: ofDate((date) => String(dayOfYear(date)).padStart(3, '0')),
  yearday: ofDate(dayOfYear),
  weekday: ofDate((date) => date.getUTCDay()),
  weekdayname: ofDate((date) => (weekdays[date.getUTCDay()] ?? '').toLowerCase()),
  short_day: ofDate((date) => (weekdays[date.getUTCDay()] ?? '').slice(0, 3)),
  long_day: ofDate((date) => weekdays[date.getUTCDay()] ?? ''),
  w_day: ofDate((date) => date.getUTCDay() || 7),
  w_year: ofDate((date) => thursdayOf(date).getUTCFullYear()),
  week: ofDate((date) => two(Math.ceil(dayOfYear(thursdayOf(date)) / 7))),
  hour: clock(0),
  minute: clock(3),
  second: clock(6),
  timestamp: ({ day, time = '00:00:00' }) =>
    day === undefined ? undefined : String(Date.parse(`${day}T${time}Z`) / 1000),
  title: (parts) => (parts.isTitleWords ? (parts.slug ?? slugify(parts.title)) : (parts.slug ?? parts.fileSlug)),
  post_title: ({ title }) => slugify(title),
  slug: (parts) => parts.slug ?? (parts.isTitleWords ? slugify(parts.title) : parts.fileSlug),
  slugorfilename: slugOrFile,
  slugorcontentbasename: slugOrFile,
  contentbasenameorslug: slugOrFile,
  name: ({ fileSlug, name }) => fileSlug || name,
  basename: ({ name }) => name,
  filename: ({ name }) => name,
  contentbasename: ({ name }) => name,
  path: ({ path }) => path,
  categories: ({ categories }) => folded(categories),
  slugified_categories: ({ categories }) => folded(categories),
  category: ({ categories }) => slugify(categories[0] ?? ''),
  section: ({ folders }) => folders[0] ?? '',
  sections: ({ folders }, argument) => sectionsOf(folders, argument),
  collection: ({ folders }) => folders[0]?.replace(/^_/, '') ?? 'posts',
  id: ({ id }) => id,
  hash: () => undefined,
  author: ({ author }) => (author === undefined ? undefined : slugify(author)),
  output_ext: () => '.html',
};

/** Hugo's `:sections[1]`, `:sections[1:]`, and `:sections[last]`. */
function sectionsOf(folders: readonly string[], argument: string | undefined): string {
  if (argument === undefined) return folders.join('/');
  const at = (word: string, otherwise: number): number =>
    word === '' ? otherwise : word === 'last' ? folders.length - 1 : Number(word);
  const [from = '', to] = argument.split(':');
  if (to === undefined) return folders[at(from, 0)] ?? '';
  return folders.slice(at(from, 0), at(to, folders.length)).join('/');
}

const braceParts: Readonly<Record<keyof typeof placeholders, Part>> = {
  yyyy: ({ day }) => day?.slice(0, 4),
  mm: ({ day }) => day?.slice(5, 7),
  dd: ({ day }) => day?.slice(8, 10),
  slug: slugOrFile,
  path: ({ path }) => path,
  name: ({ name }) => name,
  section: ({ categories, folders }) => (categories[0] === undefined ? folders[0] : slugify(categories[0])),
};

const colonPattern = /:([a-z_]+)(?:\[([^\]]*)\])?/g;

/**
 * Fills in a pattern such as `/en/blog/{path}/`, Jekyll's `/:year/:month/:title/` or `pretty`, or Hugo's
 * `/:sections/:slug/`.
 *
 * @returns undefined if a part has no value, such as the year of a story without a date
 */
export function fillPattern(pattern: string, given: AddressParts): string | undefined {
  const full = permalinkStyles[pattern] ?? pattern;
  const isTitleWords = given.isTitleWords ?? hugoWords.some((word) => full.includes(`:${word}`));
  const parts = { ...given, isTitleWords };
  let isComplete = true;
  const fill = (part: Part | undefined, whole: string, argument?: string): string => {
    if (part === undefined) return whole;
    const value = part(parts, argument);
    if (value === undefined) isComplete = false;
    return value ?? '';
  };
  const filled = full
    .replace(/\{(\w+)\}/g, (whole, name: keyof typeof placeholders) => fill(braceParts[name], whole))
    .replace(colonPattern, (whole, name: string, argument?: string) => {
      // `:title` in `:titles` would be cut, so the longest known word counts: `:year_and` is the year and `_and`.
      const known = longestKnown(name);
      return known === undefined ? whole : fill(colonParts[known], whole, argument) + name.slice(known.length);
    });
  const address = (filled.startsWith('/') ? filled : `/${filled}`).replace(/\/{2,}/g, '/');
  return isComplete ? address : undefined;
}

function longestKnown(name: string): string | undefined {
  for (let length = name.length; length > 0; length--)
    if (Object.hasOwn(colonParts, name.slice(0, length))) return name.slice(0, length);
  return undefined;
}

/** What makes an address one story's own. */
const telling =
  /\{(?:slug|path|name)\}|:(?:title|post_title|slug|name|basename|filename|contentbasename|path|id|timestamp)/;

/** What is wrong with a pattern, as a sentence for the user, or undefined. */
export function patternProblem(pattern: string): string | undefined {
  if (Object.hasOwn(permalinkStyles, pattern)) return undefined;
  const say = (words: string): string => `--permalink ${pattern}: ${words}`;
  if (!/^[/:{]/.test(pattern) || pattern.startsWith('//')) return say('a pattern begins with one / .');
  for (const [, name = ''] of pattern.matchAll(/\{([^{}]*)\}/g)) {
    if (Object.hasOwn(braceParts, name)) continue;
    const meant = nearest(name, Object.keys(braceParts));
    return say(
      `there is no {${name}}. ${meant ? `Did you mean  {${meant}} ?` : `There are: {${Object.keys(braceParts).join('}, {')}}.`}`,
    );
  }
  for (const [, name = ''] of pattern.matchAll(colonPattern)) {
    if (longestKnown(name) !== undefined) continue;
    const meant = nearest(name, Object.keys(colonParts));
    return say(
      `there is no :${name}. ${meant ? `Did you mean  :${meant} ?` : `There are: :${Object.keys(colonParts).join(', :')}.`}`,
    );
  }
  return telling.test(pattern) ? undefined : say('every story would have the same address; add {path} or {slug}.');
}

/**
 * The day on which the old site showed a date. It counted days in its own time zone, or in the offset that the date was
 * written with, so the newsroom's time zone must not change an address.
 *
 * @param text ISO, as `readDate` returns it
 * @param zone the time zone of the old site, if its configuration names one
 */
export function oldDay(
  { text, instant }: { text: string; instant: number },
  zone: string | undefined,
): { day: string; time?: string } {
  const written = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2}))?/.exec(text);
  const hasOffset = /(?:Z|[+-]\d{2}:\d{2})$/.test(text);
  if (written?.[2] !== undefined && hasOffset && zone !== undefined) return { day: localDay(instant, zone) };
  return { day: written?.[1] ?? localDay(instant, zone ?? 'UTC'), time: written?.[2] };
}

/**
 * `/en/blog/{path}/` means that `/blog/x` can stand for `/en/blog/x`, because multilingual sites redirect like this.
 */
export const languagesOf = (permalinks: readonly string[]): string[] => [
  ...new Set(
    permalinks
      .map((pattern) => /^\/([a-z]{2}(?:-[a-z]{2,4})?)\//i.exec(pattern)?.[1]?.toLowerCase())
      .filter((language) => language !== undefined),
  ),
];
