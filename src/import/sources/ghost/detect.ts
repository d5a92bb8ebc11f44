/** Whether a text begins as an export of Ghost. */
export const isGhost = (start: string): boolean =>
  /^\s*\{/.test(start) &&
  /"exported_on"\s*:|"db"\s*:\s*\[\s*\{|"data"\s*:\s*\{\s*"(?:posts|users|tags)"\s*:/.test(start);
