import { printable } from '../site/printable.ts';
import type { siteSchema } from '../site/site.ts';
import { type Arguments, UsageError } from './command.ts';
import type { PaperFacts } from './paper-facts.ts';

/** The address of the site until the real one is known. */
export const exampleUrl = 'https://example.org';

const options = { name: 'name', language: 'language', timeZone: 'time-zone', url: 'url' } as const;
type Fact = keyof typeof options;

/**
 * The facts of a new newsroom: from the options, from questions, or from the machine. No questions are asked if nobody
 * can answer: in a script, a pipe, or a build server, or with `--yes`.
 *
 * @param folder the name of the newsroom's folder
 * @returns undefined if the user cancelled
 */
export async function paperFacts(
  args: Arguments,
  { folder, env, isAsking }: { folder: string; env: NodeJS.ProcessEnv; isAsking: boolean },
): Promise<PaperFacts | undefined> {
  const { siteSchema: schema } = await import('../site/site.ts');
  const wrong = (fact: Fact, value: string) => whyNot(schema, fact, value);
  const given: Partial<PaperFacts> = {};
  for (const fact of Object.keys(options) as Fact[]) {
    const written = args.value(options[fact]);
    if (written === undefined) continue;
    // Characters that pages cannot contain would be removed from every page, with a warning in every build.
    const value = printable(written);
    const why = wrong(fact, value);
    if (why) throw new UsageError(`--${options[fact]} ${value}: ${why}.`, exampleOf[fact]);
    given[fact] = value.trim();
  }
  const defaults: PaperFacts = {
    name: nameOf(printable(folder)),
    language: languageOf(env, (value) => !wrong('language', value)),
    timeZone: zoneOf((value) => !wrong('timeZone', value)),
    url: exampleUrl,
  };
  if (!isAsking) return { ...defaults, ...given };
  const { askFacts } = await import('./ask-facts.ts');
  const answers = await askFacts(given, defaults, wrong);
  return answers && { ...defaults, ...given, ...answers };
}

const exampleOf: Record<Fact, string> = {
  name: 'Write, for example,  --name "The Harbour Post" .',
  language: 'Write a language tag, such as  --language en-IE .',
  timeZone: 'Write a name from the time zone database, such as  --time-zone Europe/Dublin .',
  url: 'Write the complete address, such as  --url https://post.example .',
};

/** Why site.yaml cannot have this value, or undefined if it can. */
function whyNot(schema: typeof siteSchema, fact: Fact, value: string): string | undefined {
  const { error } = schema.shape[fact].safeParse(value.trim());
  if (!error) return undefined;
  return fact === 'name'
    ? 'a paper needs a name'
    : (error.issues[0]?.message ?? 'this cannot be used').replaceAll('`', '');
}

/** "harbour-post" becomes "Harbour Post". */
export function nameOf(folder: string): string {
  const name = folder
    .replace(/[-_.]+/g, ' ')
    .trim()
    .replace(/(?<=^|\s)\p{Ll}/gu, (letter) => letter.toUpperCase());
  return name || 'My Paper';
}

/** The language of the terminal: `de_AT.UTF-8` is `de-AT`. */
export function languageOf(env: NodeJS.ProcessEnv, isLanguage: (value: string) => boolean): string {
  const named = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find(Boolean) ?? '';
  const tag = named.replace(/[.@].*$/, '').replaceAll('_', '-');
  return /^[a-z]{2,3}(?:-[A-Za-z\d]+)*$/.test(tag) && isLanguage(tag) ? tag : 'en';
}

function zoneOf(isZone: (value: string) => boolean): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return isZone(timeZone) ? timeZone : 'UTC';
}
