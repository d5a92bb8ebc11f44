import { type Arguments, type Option, UsageError } from './command.ts';
import { siteFacts } from './site-facts.ts';

export const nowOption: Option = {
  value: 'ISO',
  words: 'the time that decides what is public (default: the current time)',
};

/**
 * The instant that decides what is public. As in a story, a date without an offset is read in the site's time zone.
 *
 * @throws UsageError if it is not a date
 */
export async function nowOf(args: Arguments, site: string): Promise<number> {
  const text = args.value('now');
  if (text === undefined) return Date.now();
  const { instantOf } = await import('../site/zone.ts');
  const hasOffset = /T.*(Z|[+-]\d{2}(:?\d{2})?)$/i.test(text);
  const instant = instantOf(text, hasOffset ? 'UTC' : (await siteFacts(site)).timeZone);
  if (instant === undefined)
    throw new UsageError(
      `--now ${text}: this is not a date, or that day or time does not exist.`,
      'Write it as in  --now 2026-03-01T06:00:00Z .',
    );
  return instant;
}
