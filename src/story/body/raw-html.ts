/*
 * The HTML parser, which takes as long to load as a text takes to compile. `tree.ts` loads this file with the first
 * text that contains HTML.
 */
export { raw } from 'hast-util-raw';
