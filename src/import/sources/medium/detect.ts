/** Whether a text begins as a post of a Medium export. Its style sheet names the parts of the page. */
export const isMediumPost = (start: string): boolean => /data-field="?(?:body|subtitle)\b/.test(start);
