import script from './age.js?raw';

/**
 * The one script of a story page: beside the date of a story that is more than a year old it says how old, on the
 * day when it is read. It stands right after the line with the dates, so nothing moves once it is shown. Nobody
 * misses it without scripts, because the year is plain (`year.ts`). The words are the browser's own, in the language
 * of the line, so there are none to translate; a browser without them says nothing.
 *
 * Text, because it stands in the page and its policy names it by its digest.
 */
export const ageScript = script.replace(/\n\s*/g, '\n');
