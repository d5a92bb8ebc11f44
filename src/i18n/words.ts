import { borrowed } from './borrowed.ts';
import { ar } from './languages/ar.ts';
import { de } from './languages/de.ts';
import { en } from './languages/en.ts';
import { es } from './languages/es.ts';
import { fr } from './languages/fr.ts';
import { ga } from './languages/ga.ts';
import { uk } from './languages/uk.ts';
import type { Words } from './vocabulary.ts';

/**
 * The built-in words of a page, in a given language.
 *
 * @param language BCP 47. `de-AT` finds German. For a language without a translation, the words are in English and
 *   are
 * marked as such (borrowed.ts).
 */
export function wordsOf(language: string): Words {
  let words = asked.get(language);
  if (!words) {
    words = languages.get(primaryOf(language)) ?? borrowed;
    asked.set(language, words);
  }
  return words;
}

// Cached, because every part of every page needs them.
const asked = new Map<string, Words>();

/** The languages with a translation. */
export const translatedLanguages = (): string[] => [...languages.keys()];

/** Whether there is a translation for this language. */
export const hasWords = (language: string): boolean => languages.has(primaryOf(language));

const languages = new Map<string, Words>(Object.entries({ en, de, fr, es, ga, uk, ar }));

const primaryOf = (language: string): string => language.split('-', 1)[0]?.toLowerCase() ?? '';
