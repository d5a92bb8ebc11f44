/**
 * A copy of a string that does not keep the longer text alive that it was cut from, as V8 otherwise does. It is needed
 * where a small part of a large text is stored for long.
 */
export const ownString = (text: string): string => Buffer.from(text).toString();
