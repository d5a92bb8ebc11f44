import { readDate } from '../site/read-date.ts';
import { fold } from '../yaml/field-keys.ts';
import { isRecord } from './front-matter.ts';
import type { FieldLog } from './receipt.ts';

/*
 * What an archive did not show to everyone. A story that is not plainly public becomes a draft with its reason, because a
 * draft is published with one edit, and what was published by mistake cannot be taken back. docs/import-markdown.md
 * lists every key.
 */

/** True means that the story was not public, or not listed. */
const hiddenIfTrue = new Set(
  `draft isdraft private isprivate hidden ishidden hide unlisted isunlisted unpublished disabled noindex skipindex donotindex
  robotsnoindex eleventyexcludefromcollections excludefromcollections headless protected encrypt encrypted membersonly
  memberonly memberonlypost subscribersonly subscriberonly paywall paywalled premium restricted internal embargoed trashed
  deleted removed wip sitemapexclude`.split(/\s+/),
);
/** False means that the story was not public, or not listed. */
const hiddenIfFalse = new Set(
  'published publish ispublished public ispublic live enabled active visible isvisible listed sitemap permalink'.split(
    ' ',
  ),
);
/** A word says who could see the story. */
const states = new Set('status poststatus publishstatus publicationstatus visibility access'.split(' '));
const publicWords = new Set(
  `publish published public live active visible everyone all open free world any anyone final done complete completed
  approved released online true yes 1 stable evergreen`.split(/\s+/),
);
const expiries = new Set(
  'expirydate expiry expires expireson expiresat expirationdate unpublishdate unpublishon unpublishat validuntil'.split(
    ' ',
  ),
);

const yes = new Set<unknown>([true, 1, 'true', 'yes', 'on', 'y', '1']);
const no = new Set<unknown>([false, 0, 'false', 'no', 'off', 'n', '0']);

/** Whether a key is about who could see the story. Its value decides whether it means anything. */
type Finding = { isHidden: true; reason: string } | { isHidden: false; reason: string };

/**
 * Reads the keys that say who could see a story, and records them.
 *
 * @param now the day of the import, which decides whether a story has expired
 * @returns why the story was not public, and the entries that were not about this
 */
export function readHidden(
  entries: readonly [string, unknown][],
  { log, now, zone }: { log: FieldLog; now: Date; zone: string },
): { draft?: string; rest: [string, unknown][] } {
  let draft: string | undefined;
  const rest: [string, unknown][] = [];
  for (const [key, value] of entries) {
    const finding = findingOf(key, value, now, zone);
    if (finding === undefined) rest.push([key, value]);
    else if (finding.isHidden) {
      draft ??= finding.reason;
      log.add('mapped', key, 'draft', isSecret(key) ? '(not recorded)' : value);
    } else log.add('dropped', key, '', value, finding.reason);
  }
  return { draft, rest };
}

const isSecret = (key: string): boolean => /pass(?:word|wd|phrase)?$/i.test(key);

function findingOf(key: string, raw: unknown, now: Date, zone: string): Finding | undefined {
  const name = fold(key);
  const value = typeof raw === 'string' ? raw.trim().toLowerCase() : raw;
  if (value === null || value === undefined || value === '') return undefined;
  const hidden = (reason = `${key}: ${String(raw)}`): Finding => ({ isHidden: true, reason });
  const open: Finding = { isHidden: false, reason: 'says that the story is public' };

  if (isSecret(name)) return no.has(value) ? open : hidden(`${key} (a reader needed a password)`);
  if (name === 'build' && isRecord(raw)) return ofBuild(key, raw) ?? open;
  if (name === 'robots' || name === 'metarobots')
    return typeof value === 'string' ? (value.includes('noindex') ? hidden() : open) : undefined;
  if (name === 'sitemap' && isRecord(raw))
    return [raw.exclude, raw.disable, raw.ignore].some((word) => yes.has(word)) ? hidden(`${key}: exclude`) : undefined;
  if (hiddenIfTrue.has(name)) {
    if (yes.has(value) || (name === 'draft' && value === 'draft')) return hidden();
    if (no.has(value)) return open;
    // `draft: 2` or `private: Ann` is no plain yes, and it is no plain no either.
    return hidden(`${key}: ${short(raw)}`);
  }
  if (hiddenIfFalse.has(name))
    return no.has(value) ? hidden() : yes.has(value) && name !== 'permalink' ? open : undefined;
  if (states.has(name)) {
    const words = Array.isArray(raw) ? raw.map(String) : isRecord(raw) ? undefined : [String(value)];
    if (words === undefined) return undefined;
    return words.every((word) => publicWords.has(word.trim().toLowerCase())) ? open : hidden(`${key}: ${short(raw)}`);
  }
  if (name === 'audience' && /paid|member|subscriber|founding|private|internal/.test(String(value))) return hidden();
  if (expiries.has(name)) {
    const date = typeof raw === 'string' && raw.startsWith('0001-01-01') ? undefined : readDate(raw, zone);
    if (date === undefined) return { isHidden: false, reason: 'not a date that exists' };
    return date.instant <= now.getTime()
      ? hidden(`${key}: ${date.text} has passed`)
      : { isHidden: false, reason: 'in the future; a story does not expire by itself' };
  }
  return undefined;
}

/** Hugo's `build` (`_build`): whether the page exists, and whether lists contain it. */
function ofBuild(key: string, build: Record<string, unknown>): Finding | undefined {
  const render = build.render ?? 'always';
  const list = build.list ?? 'always';
  if (render !== 'always' && render !== true) return { isHidden: true, reason: `${key}: render: ${String(render)}` };
  if (list !== 'always' && list !== true) return { isHidden: true, reason: `${key}: list: ${String(list)}` };
  return undefined;
}

const short = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};
