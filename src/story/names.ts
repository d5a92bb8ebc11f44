/** The id of both `content/stories/2025/02/x/index.md` and `content/stories/2025/02/x.md` is "2025/02/x". */
export const storyIdOf = (file: string): string =>
  file
    .slice('content/stories/'.length)
    .replace(/\.mdx?$/i, '')
    .replace(/\/index$/, '')
    .normalize('NFC');

/** `story:X` and X name the same story. */
export const nameOf = (text: string): string => text.replace(/^story:/, '').normalize('NFC');

/**
 * Whether a text has a letter from a script that uses capitals in practice, so that lower case means something.
 * Georgian has capitals only in Unicode.
 */
export const hasCapitals = (text: string): boolean => /[\p{Ll}--\p{Script=Georgian}]/v.test(text);

/** A byline that names a file in `content/authors/`: lower case, without spaces. */
export const isAuthorId = (text: string): boolean => /^[\p{Ll}\p{Lo}\p{N}][\p{Ll}\p{Lo}\p{M}\p{N}._-]*$/u.test(text);
