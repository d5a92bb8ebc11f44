/*
 * The parser of HTML, which takes as long to open as a text takes to compile: `tree.ts` opens this file with the first text
 * that has HTML in it.
 */
export { raw } from 'hast-util-raw';
