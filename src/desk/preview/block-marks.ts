import { markdownToMdast, mdxToMdast } from 'satteri';
import { keepCompiled } from '../../index/bodies.ts';
import type { IndexHandle } from '../../index/handle.ts';
import { knownElements } from '../../index/theme-elements.ts';
import { baseOf, type Site } from '../../site/site.ts';
import { compileBody } from '../../story/body/compile.ts';
import { parseOptions } from '../../story/body/parse-options.ts';
import { readSource } from '../../yaml/source.ts';
import { bodyStartOf } from '../document/read-document.ts';

/** A text that will be printed moments later, as the index knows it. */
export interface TextToMark {
  /** Newsroom-relative. */
  file: string;
  bytes: Buffer;
  digest: string;
  language: string;
}

/**
 * Lets the next page that prints a text mark its blocks with comments, so that a preview finds the block that is being
 * edited. Comments are invisible to styles, so the page looks as it will.
 */
export function markBlocks(index: IndexHandle, { file, bytes, digest, language }: TextToMark, site: Site): void {
  const source = readSource(file, bytes);
  if ('problems' in source) return;
  const format = /\.mdx$/i.test(file) ? 'mdx' : 'md';
  const options = { language, base: baseOf(site), known: knownElements(index).known };
  const given = { text: source.body, format, file, firstLine: source.bodyLine } as const;
  const { words } = compileBody(given, options);
  const starts = blockStarts(source.body, format, language);
  const offsets = lineOffsets(bytes.toString());
  const { body } = compileBody(given, { ...options, afterBlock: marker(starts, offsets) });
  // The marks are no words.
  keepCompiled(index, { file, language, digest }, { body, words });
}

/** A comment after each block of the text, with the offset in the body at which the block begins, in UTF-16 units. */
export const blockMarks = /<!--block:(\d+)-->/g;

/**
 * @param starts the lines on which the blocks begin
 * @param offsets of lines
 * @returns a function that returns the mark for the block that is printed from a line
 * @see BodyOptions.afterBlock
 */
function marker(starts: readonly number[], offsets: readonly number[]): (line: number) => string {
  let lastLine = 0;
  return (line) => {
    // What is printed out of order, such as the list of footnotes, belongs to no block.
    if (line < lastLine) return '';
    lastLine = line;
    const start = starts.findLast((one) => one <= line);
    return start === undefined ? '' : `<!--block:${offsets[start - 1] ?? 0}-->`;
  };
}

/** The lines on which the blocks of a body begin, 1-based. */
function blockStarts(text: string, format: 'md' | 'mdx', language: string): number[] {
  const parse = format === 'mdx' ? mdxToMdast : markdownToMdast;
  try {
    const { children } = parse(text, { features: parseOptions(language) }) as {
      children: { position?: { start: { line: number } } }[];
    };
    return children.map(({ position }) => position?.start.line ?? 1);
  } catch {
    return []; // MDX with a mistake, which was reported
  }
}

/** Where each line of the body begins in it, as it was written, with the line ends of the file. */
function lineOffsets(text: string): number[] {
  const body = text.slice(bodyStartOf(text));
  return [0, ...[...body.matchAll(/\r\n?|\n/g)].map(({ index, 0: end }) => index + end.length)];
}
