import script from './age.js?raw';

/**
 * The only script on a story page. Beside the date of a story that is more than a year old, it shows the age of the
 * story on the day when it is read. The script is right after the line with the dates, so nothing moves after the page
 * is shown. Readers without scripts can still see how old a story is, because the year is emphasised (`year.ts`). The
 * text comes from the browser, in the language of the line, so there is nothing to translate. A browser without this
 * feature shows nothing.
 *
 * It is a string, because it is part of the page and the policy allows it by its digest.
 */
export const ageScript = script.replace(/\n\s*/g, '\n');
