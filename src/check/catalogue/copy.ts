import type { Entry } from './example.ts';
import { md, mdx, withPhoto } from './example.ts';

/* What a copy editor would mark. */

export const copyRules = {
  'copy-joined-words': {
    severity: 'warning',
    means:
      'A space is missing after an apostrophe or at the end of a sentence, as often in text that was copied from a web page. Only words that are certain to begin a sentence are reported, so names such as Node.js are not. `broadsheet check --fix` writes the space.',
    wrong: md('The strike has ended.The ferries sail again.'),
    right: md('The strike has ended. The ferries sail again.'),
  },
  'copy-doubled-word': {
    severity: 'warning',
    means:
      'The same word is twice in a row. Only words that no sentence has twice are reported, so “had had” and “die die” are not. `broadsheet check --fix` deletes one of them, unless the second is on the next line.',
    wrong: md('The ferries sail from the the new pier.'),
    right: md('The ferries sail from the new pier.'),
  },
  'copy-doubled-caption': {
    severity: 'warning',
    means:
      'Readers get a caption twice: below two pictures, or also as the paragraph below the picture. `broadsheet check --fix` deletes a paragraph that repeats the caption above it, and leaves the other cases to you.',
    wrong: withPhoto(
      '![A white ferry between two piers](photo.jpg "The first ferry of the spring leaves")\n\nThe first ferry of the spring leaves.\n\nIt was late.',
    ),
    right: withPhoto(
      '![A white ferry between two piers](photo.jpg "The first ferry of the spring leaves")\n\nIt was late.',
    ),
  },
  'copy-hyphen-for-dash': {
    severity: 'warning',
    means:
      'A hyphen with a space on either side stands where a dash belongs. `broadsheet check --fix` writes the dash that the story uses elsewhere, or that of its language. In Spanish and Portuguese, it leaves the choice to you. Broadsheet prints `--` as a dash without being asked.',
    wrong: md('The ferries - there are three - sail again.'),
    right: md('The ferries – there are three – sail again.'),
  },
  'copy-quotation-mark': {
    severity: 'warning',
    means:
      'A quotation mark or an apostrophe is made of other characters, or nothing shows whether a straight mark begins or ends a quotation. Broadsheet sets all other straight marks as the language of the story has them. `broadsheet check --fix` corrects the first kind.',
    wrong: md('The captain doesn´t know.'),
    right: md('The captain doesn’t know.'),
  },
  'copy-broken-characters': {
    severity: 'warning',
    means:
      'Characters were damaged when the text was converted, such as `â€™` for ’ and `Ã©` for é. `broadsheet check --fix` restores them if the result is certain. A character that is shown as � is lost, and only you can know what it was.',
    wrong: md('The cafÃ© on the pier is open.'),
    right: md('The café on the pier is open.'),
  },
  'copy-invisible-character': {
    severity: 'warning',
    means:
      'The text contains characters that nobody can see, such as a zero-width space, a soft hyphen, or several spaces that never break. Readers cannot find such words with a search, and lines break in odd places. Those that a script or an emoji needs are not reported. `broadsheet check --fix` deletes them.',
    wrong: mdx('The fer\u200Bries sail again.'),
    right: mdx('The ferries sail again.'),
  },
} satisfies Record<string, Entry>;
