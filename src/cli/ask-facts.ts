import { autocomplete, intro, isCancel, outro, select, text } from '@clack/prompts';
import { languageName } from '../i18n/language.ts';
import { translatedLanguages } from '../i18n/words.ts';
import type { PaperFacts } from './paper-facts.ts';

const another = 'another';

/**
 * Asks in a terminal for facts that were not given. Every question has a default, so pressing Return is enough.
 *
 * @param wrong why an answer is not valid
 * @returns undefined if the user cancelled with Ctrl+C or Escape
 */
export async function askFacts(
  given: Partial<PaperFacts>,
  defaults: PaperFacts,
  wrong: (fact: keyof PaperFacts, value: string) => string | undefined,
): Promise<Partial<PaperFacts> | undefined> {
  const answers: Partial<PaperFacts> = {};
  const questions: { [fact in keyof PaperFacts]: () => Promise<string | symbol> } = {
    name: () => ask('name', 'What is the paper called?', defaults.name),
    language: () => askLanguage(defaults.language, (value) => ask('language', value, defaults.language)),
    timeZone: () =>
      autocomplete({
        message: 'Which time zone is the newsroom in? Type to search.',
        options: Intl.supportedValuesOf('timeZone')
          .concat('UTC')
          .map((value) => ({ value, label: value })),
        initialValue: defaults.timeZone,
        maxItems: 8,
      }),
    url: () => ask('url', 'What will be the address of the site? You can change it later.', defaults.url),
  };
  const ask = (fact: keyof PaperFacts, message: string, initial: string): Promise<string | symbol> =>
    text({
      message,
      placeholder: initial,
      defaultValue: initial,
      validate: (value) => (value ? wrong(fact, value) : undefined),
    });
  intro('Create a newsroom');
  for (const fact of ['name', 'language', 'timeZone', 'url'] as const) {
    if (given[fact] !== undefined) continue;
    const answer = await questions[fact]();
    if (isCancel(answer)) {
      outro('Nothing was written.');
      return undefined;
    }
    answers[fact] = String(answer).trim();
  }
  outro('Thank you.');
  return answers;
}

async function askLanguage(
  initial: string,
  askTag: (message: string) => Promise<string | symbol>,
): Promise<string | symbol> {
  // Another language can be typed.
  const languages = translatedLanguages();
  const known = languages.includes(initial) ? languages : [initial, ...languages];
  const chosen = await select({
    message: 'Which language is it written in?',
    options: [
      ...known.map((value) => ({ value, label: languageName(value), hint: value })),
      { value: another, label: 'Another language' },
    ],
    initialValue: initial,
  });
  return chosen === another ? askTag('Which language? Enter its tag, such as cy or pt-BR.') : chosen;
}
