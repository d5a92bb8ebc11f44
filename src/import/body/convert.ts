import type { Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { wordsOf } from '../markdown-words.ts';
import type { Change } from '../receipt.ts';
import type { Spliced } from '../splice.ts';
import type { BodyContext, PictureEntry } from './context.ts';
import { type Draft, openDraft } from './draft.ts';
import { convertNodes } from './nodes.ts';
import { type BodyParts, partsOf, span } from './parts.ts';
import { picturesOf } from './pictures.ts';
import { withPlaces } from './places.ts';
import { convertTags } from './tags.ts';
import { isUntouched } from './untouched.ts';

export interface ConvertedBody {
  text: string;
  changes: Change[];
  /** Entries for `pictures` in the front matter. */
  decorative: string[];
  /** Alt texts by the name of the copied file. */
  alts: Map<string, string>;
  /** What the front matter says about pictures, by name. */
  entries: Map<string, PictureEntry>;
}

/** A parsed body. It is not changed by a conversion. */
export interface ParsedBody {
  parts?: BodyParts;
}

const parser = unified().use(remarkParse).use(remarkGfm);

/**
 * Converts a Markdown body into one that a newsroom can contain: links lead to stories or to the old site, pictures are
 * beside the story, and nothing runs code. Only the ranges that have to change are replaced.
 *
 * @param source the body, possibly already spliced. Its `origin` refers to the source file
 * @param parsed keeps what was parsed for the next call with the same source
 */
export function convertBody(source: Spliced, context: BodyContext, parsed: ParsedBody = {}): ConvertedBody {
  const { text } = source;
  if (isUntouched(text, context.link))
    return { text, changes: [], decorative: [], alts: new Map(), entries: new Map() };
  const draft = openDraft(source, context);
  // Parsing takes most of the time, so a body that is converted again is not parsed again.
  parsed.parts ??= partsOf(parser.parse(text), text);
  const { parts } = parsed;
  dropHeadline(parts.tree, context.headline, draft);
  const placed = withPlaces(parts, text, context);
  const pictures = picturesOf(parts, draft, placed);
  convertNodes(parts, pictures, draft, placed);
  convertTags(parts.tags, pictures, draft, placed);
  return { ...draft.finish(), decorative: [...pictures.decorative], alts: pictures.alts, entries: pictures.entries };
}

/** The headline is printed above the body, so a first heading that repeats it is removed. */
function dropHeadline(tree: Root, headline: string, { text, edit, note }: Draft): void {
  const [first] = tree.children;
  if (first?.type !== 'heading' || first.depth !== 1 || !sameWords(wordsOf(first), headline)) return;
  const [start, end] = span(first);
  note('heading-dropped', start, text.slice(start, end), '');
  edit(start, end + (/^\n+/.exec(text.slice(end))?.[0].length ?? 0), '');
}

const foldWords = (words: string): string => words.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
const sameWords = (one: string, other: string): boolean => foldWords(one) === foldWords(other);
