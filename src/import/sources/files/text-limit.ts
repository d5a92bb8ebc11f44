/**
 * A file above this size is not read: more than 2 MB of text, which is the limit for a story, whatever its encoding is.
 */
export const bytesMax = 8_000_000;
export const tooLarge = 'more than 2 MB of text, which is the limit for a story';
