import { en } from '../../i18n/languages/en.ts';
import type { Words } from '../../i18n/vocabulary.ts';
import { hasWords, wordsOf } from '../../i18n/words.ts';
import { directionOf } from '../../site/direction.ts';

/** The built-in words inside a finished body. */
export interface BodyWords extends Readonly<Words['body']>, Pick<Words, 'table' | 'colon'> {
  /** The language of the body, if these words are in English only because there is no translation. */
  borrowedBy?: string;
}

/**
 * The words of a language. A body marks those that are borrowed itself, because it is also read outside of a page.
 *
 * @param language BCP 47. For a language without a translation, the result is in English and says so
 */
export function bodyWords(language: string): BodyWords {
  let words = asked.get(language);
  if (!words) {
    const { body, table, colon } = hasWords(language) ? wordsOf(language) : en;
    words = { ...body, table, colon, ...(!hasWords(language) && { borrowedBy: language }) };
    asked.set(language, words);
  }
  return words;
}

const asked = new Map<string, BodyWords>();

/** `lang` and `dir` for built-in texts in a body whose language has no translation. */
export function voiceOf({ borrowedBy }: BodyWords): [string, string][] {
  if (borrowedBy === undefined) return [];
  return directionOf(borrowedBy) === 'rtl'
    ? [
        ['lang', 'en'],
        ['dir', 'ltr'],
      ]
    : [['lang', 'en']];
}
