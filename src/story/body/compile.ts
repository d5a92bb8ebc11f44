import type { Problem } from '../../problems/problem.ts';
import { fromWindows, printable } from '../../site/printable.ts';
import { elements } from '../elements.ts';
import type { BodyProblem } from '../problems/shared.ts';
import { lineTooWide } from '../problems/tables.ts';
import { bodyTooDeep, bodyTooLong, tooManyBraces } from '../problems/text.ts';
import { arrange } from './arrange.ts';
import type { Body, BodyNeed, BodyPicture } from './body.ts';
import { hintToSource } from './hint-to-source.ts';
import { isStackFull } from './mdx-errors.ts';
import { parseOptions } from './parse-options.ts';
import { type Printed, print } from './print.ts';
import { setTree, shield } from './punctuation.ts';
import { depthMax, TooDeep } from './reading.ts';
import type { BodyOptions, BodySource } from './source.ts';
import { countWords } from './text.ts';
import { parseTree } from './tree.ts';
import { bodyWords } from './words.ts';

export interface CompiledBody {
  body: Body;
  /** Complete, with file and line. If there is an error among them, the body must not be printed. */
  problems: Problem[];
  /** In reading order. They are the same objects as in `body`. */
  pictures: BodyPicture[];
  /** Links to stories. */
  links: { target: string; fragment: string; line: number }[];
  /** Tables and authors that components name. */
  needs: BodyNeed[];
  /** Links to addresses on this site and on others, as written. `hrefLines` finds their lines. */
  hrefs: string[];
  words: number;
}

/** A book has a million characters. Twice that is an accident. */
export const bodyCharsMax = 2_000_000;
/** The most opening braces in an MDX text. */
export const bracesMax = 5_000;

/**
 * Compiles the text of a story into what the templates print.
 *
 * @throws never for an editor's mistakes. They become problems, all at once, except that MDX that cannot be parsed is
 * reported alone
 */
export function compileBody(source: BodySource, options: BodyOptions): CompiledBody {
  const { text, format } = source;
  const known = options.known ?? elements;
  const refused = refuse(text) ?? (format === 'mdx' ? refuseMdx(text) : undefined);
  if (refused) return finish({ body: [], pictures: [], links: [], needs: [], hrefs: [] }, [refused], source);
  const shielded = shield(text);
  try {
    const { root, calls, problems } = parseTree(
      shielded.text,
      format,
      parseOptions(options.language),
      known,
      source.firstLine,
    );
    setTree(root, options.language, shielded);
    const { pieces, ids } = arrange(root, {
      calls,
      known,
      words: bodyWords(options.language),
      language: options.language,
      base: options.base,
      problems,
    });
    return finish(print(pieces, ids, problems, options.afterBlock), problems, source);
  } catch (error) {
    if (!(error instanceof TooDeep) && !isStackFull(error)) throw error;
    const place = { line: error instanceof TooDeep ? error.line : 1 };
    return finish({ body: [], pictures: [], links: [], needs: [], hrefs: [] }, [bodyTooDeep(place)], source);
  }
}

/** Whether a line begins with more quotations and lists than a text may nest. */
export function isTooDeep(line: string): boolean {
  const markers = /^(?:[ \t]*(?:>|[*+-](?=\s)|\d{1,9}[.)](?=\s)))+/.exec(line)?.[0];
  return markers !== undefined && markers.replace(/[^>*+.)-]/g, '').length > 100;
}

/** Refuses what would take the parser seconds or gigabytes, before the parser sees it. */
export function refuse(text: string): BodyProblem | undefined {
  if (text.length > bodyCharsMax) return bodyTooLong(text.length, bodyCharsMax);
  if (text.length < 200) return undefined;
  // The whole text is searched first: lines are split only if there is something to find.
  if (/(?:(?:[>*+-]|\d{1,9}[.)])[ \t]*){100}/.test(text)) {
    const deep = text.split('\n').findIndex(isTooDeep);
    if (deep >= 0) return bodyTooDeep({ line: deep + 1 });
  }
  if (/(?:\|[^|\n]*){201}/.test(text)) {
    const wide = text.split('\n').findIndex((line) => /^[\s>]*\|?(?:[ \t]*:?-+:?[ \t]*\|){200}/.test(line));
    if (wide >= 0) return lineTooWide({ line: wide + 1 }, 200);
  }
  return undefined;
}

/** The same goes for MDX, in which expressions and nested components take the parser quadratic time. */
function refuseMdx(text: string): BodyProblem | undefined {
  if (text.length < bracesMax) return undefined;
  const braces = text.split('{').length - 1;
  if (braces > bracesMax) return tooManyBraces(braces, bracesMax);
  let depth = 0;
  for (const { 1: slash, 2: end, index } of text.matchAll(/<(\/?)[A-Z][\w.]*[^<>]*?(\/?)>/g)) {
    if (slash) depth = Math.max(0, depth - 1);
    else if (!end) depth++;
    if (depth > depthMax) return bodyTooDeep({ line: text.slice(0, index).split('\n').length });
  }
  return undefined;
}

function finish(
  printed: Printed,
  problems: readonly BodyProblem[],
  { file, firstLine, text }: BodySource,
): CompiledBody {
  const shift = firstLine - 1;
  // The text itself was cleaned when it was read, but a reference such as &#11; gets around that.
  if (text.includes('&#')) Object.assign(printed, carried(printed));
  if (shift !== 0) {
    for (const picture of printed.pictures) picture.line += shift;
    for (const link of printed.links) link.line += shift;
    for (const need of printed.needs) need.line += shift;
    shiftParts(printed.body, shift);
  }
  return {
    ...printed,
    problems: problems.map(({ href, ...problem }) => {
      const hint = href === undefined ? undefined : hintToSource(file, href);
      return { ...problem, ...(hint === undefined ? {} : { hint }), file, line: problem.line + shift };
    }),
    words: countWords(printed.body),
  };
}

/** The same objects are in `body` and in the lists beside it, so they are changed in place. */
function carried(value: unknown, seen = new Set<unknown>()): unknown {
  if (typeof value === 'string') return printable(fromWindows(value));
  if (value === null || typeof value !== 'object' || seen.has(value)) return value;
  seen.add(value);
  const record = value as Record<string, unknown>;
  for (const [key, inner] of Object.entries(record)) record[key] = carried(inner, seen);
  return value;
}

function shiftParts(body: Body, shift: number): void {
  for (const part of body) {
    if (part.kind !== 'link' && part.kind !== 'element') continue;
    part.line += shift;
    shiftParts(part.children, shift);
  }
}
