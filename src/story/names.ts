/** `content/stories/2025/02/x/index.md` and `content/stories/2025/02/x.md` are both "2025/02/x". */
export const storyIdOf = (file: string): string =>
  file
    .slice('content/stories/'.length)
    .replace(/\.mdx?$/i, '')
    .replace(/\/index$/, '')
    .normalize('NFC');

/** `story:X` and X name the same story. */
export const nameOf = (text: string): string => text.replace(/^story:/, '').normalize('NFC');

/**
 * Whether a text has a letter of a script that people write with capitals, so that lower case means something. Georgian
 * has capitals in Unicode alone.
 */
export const hasCapitals = (text: string): boolean => /[\p{Ll}--\p{Script=Georgian}]/v.test(text);

/** A byline that names a file of `content/authors/`: lower case, no spaces. */
export const isAuthorId = (text: string): boolean => /^[\p{Ll}\p{Lo}\p{N}][\p{Ll}\p{Lo}\p{M}\p{N}._-]*$/u.test(text);
