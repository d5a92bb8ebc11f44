import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Arguments, type Option, UsageError } from './command.ts';

export const nowOption: Option = { value: 'ISO', words: 'the time that decides what is public (default: the clock)' };

/**
 * The instant that decides what is public. Like a date in a story, one without an offset is read in the
 * site's time zone.
 *
 * @throws UsageError when it is no date
 */
export async function nowOf(args: Arguments, site: string): Promise<number> {
  const text = args.value('now');
  if (text === undefined) return Date.now();
  const { instantOf } = await import('../site/zone.ts');
  const hasOffset = /T.*(Z|[+-]\d{2}(:?\d{2})?)$/i.test(text);
  const instant = instantOf(text, hasOffset ? 'UTC' : await zoneOf(site));
  if (instant === undefined)
    throw new UsageError(
      `--now ${text}: this is no date, or no such day or time exists.`,
      'Write it like  --now 2026-03-01T06:00:00Z .',
    );
  return instant;
}

/** A mistake in site.yaml is for the build to tell. */
async function zoneOf(site: string): Promise<string> {
  try {
    const { parse } = await import('yaml');
    const { timeZone } = parse(readFileSync(join(site, 'content/site.yaml'), 'utf8')) as { timeZone?: string };
    return new Intl.DateTimeFormat('en', { timeZone: timeZone ?? 'UTC' }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
