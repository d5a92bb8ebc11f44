import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { decode } from '../../decode.ts';
import type { AtomEntry } from './atom.ts';

/** What the settings of a blog say about its stories. The names are in lower case. */
export type BlogSettings = Map<string, string>;

/** Old backups have an entry for each setting, such as `….settings.BLOG_TIME_ZONE`. */
export function addSetting(settings: BlogSettings, { fields }: AtomEntry): void {
  const name = /\.settings\.(\w+)$/.exec(fields.get('id') ?? '')?.[1];
  if (name !== undefined) settings.set(name.toLowerCase(), (fields.get('content') ?? '').trim().slice(0, 1000));
}

/** A Takeout has a table of them: the names in the first row, or in the first column. */
export function readSettings(path: string): BlogSettings {
  const settings: BlogSettings = new Map();
  const text = decode(readFileSync(path))?.text ?? '';
  let rows: string[][];
  try {
    rows = parse(text, { relax_column_count: true, relax_quotes: true, skip_empty_lines: true });
  } catch {
    return settings;
  }
  const isName = (cell: string | undefined): boolean => /^blog_\w+$/i.test(cell?.trim() ?? '');
  if (rows[0]?.filter(isName).length && (rows[0]?.filter(isName).length ?? 0) > 1)
    for (const [at, name] of (rows[0] ?? []).entries())
      settings.set(name.trim().toLowerCase(), rows[1]?.[at]?.trim() ?? '');
  else
    for (const [name, value] of rows)
      if (isName(name)) settings.set((name ?? '').trim().toLowerCase(), value?.trim() ?? '');
  return settings;
}

/** Why nothing of a blog is public, or undefined if it is for everybody, or does not say. */
export function whyPrivate(settings: BlogSettings): string | undefined {
  const mode = settings.get('blog_read_access_mode') ?? '';
  return mode === '' || /^public$/i.test(mode) ? undefined : `the blog is only for invited readers (${mode})`;
}

/** The address of a blog. A domain of its own comes first. */
export function originOf(settings: BlogSettings): string | undefined {
  const own = settings.get('blog_custom_domain') ?? '';
  const sub = settings.get('blog_subdomain') ?? '';
  for (const host of [own.replace(/^https?:\/\//i, ''), /^[\w-]+$/.test(sub) ? `${sub}.blogspot.com` : sub])
    if (/^[\w.-]+\.[a-z]{2,}$/i.test(host)) return `https://${host.toLowerCase()}`;
  return undefined;
}

export function timeZoneOf(settings: BlogSettings): string | undefined {
  const zone = settings.get('blog_time_zone') ?? '';
  try {
    return zone === '' ? undefined : new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
