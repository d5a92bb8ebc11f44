import { pageText, wordsOf } from '../compare/page-text.ts';
import { KnownWords } from '../compare/passages.ts';
import type { Change, ChangeKind } from '../receipt.ts';

/** A story of the archive, and the story that it became. It can be sent to another thread. */
export interface ImportedStory {
  file: string;
  /** The file that was written, under `content`. */
  path: string;
  headline: string;
  /** Why it is a draft. */
  draft?: string | undefined;
  changes: readonly Change[];
  notes: readonly string[];
  /** Its text in the archive: HTML, or the whole file of Markdown. */
  old: { text: string; isHtml: boolean };
  /** The whole file that was written. */
  now: string;
}

/** Both texts side by side, with what only one of them has. */
export interface StoryView extends Omit<ImportedStory, 'old' | 'now'> {
  old: MarkedBlock[];
  now: MarkedBlock[];
  /** Words of the old text that the new one does not have. */
  lost: number;
}

/** A paragraph in pieces: those that the other text has, and those that it does not. */
export type MarkedBlock = { text: string; isOnlyHere: boolean }[];

/** What a change means for a reader who looks for losses. The kinds of one weight share a filter. */
export const lossOf: Record<ChangeKind, 'lost' | 'guessed' | 'changed'> = {
  'link-to-story': 'changed',
  'link-to-old-site': 'changed',
  'link-to-document': 'changed',
  'link-complete': 'guessed',
  'link-place': 'changed',
  'link-dead': 'lost',
  'link-unsafe': 'lost',
  'link-scheme': 'lost',
  'picture-copied': 'changed',
  'picture-linked': 'lost',
  'picture-wanted': 'lost',
  'picture-named': 'lost',
  'picture-decorative': 'guessed',
  'caption-dropped': 'changed',
  'heading-dropped': 'changed',
  'code-dropped': 'lost',
  'media-linked': 'changed',
  'html-changed': 'lost',
  'mdx-code': 'lost',
  'mdx-expression': 'lost',
  'mdx-component': 'changed',
  'markdown-changed': 'changed',
  shortcode: 'changed',
  'shortcode-dropped': 'lost',
};

/** Compares what the archive had with what was written. */
export function viewStory({ old: before, now: written, ...story }: ImportedStory): StoryView {
  const oldBlocks = before.isHtml ? pageText(before.text, true).blocks : blocksOf(before.text);
  const newBlocks = blocksOf(written);
  // Most blocks are in both, and their words are found once.
  const words = new Map<string, string[]>();
  const wordsIn = (block: string): string[] => {
    let found = words.get(block);
    if (found === undefined) {
      found = wordsOf(block);
      words.set(block, found);
    }
    return found;
  };
  const known = new KnownWords(newBlocks.map(wordsIn));
  const old = oldBlocks.map((block) => markBlock(block, wordsIn(block), known));
  const knownBefore = new KnownWords(oldBlocks.map(wordsIn));
  return {
    ...story,
    old: old.map(({ pieces }) => pieces),
    now: newBlocks.map((block) => markBlock(block, wordsIn(block), knownBefore).pieces),
    lost: old.reduce((sum, { missing }) => sum + missing, 0),
  };
}

/** Markdown as blocks. Front matter is one block for each line. */
function blocksOf(text: string): string[] {
  const front = /^---\n([\s\S]*?)\n---\n/.exec(text);
  const lines = (front?.[1] ?? '').split('\n');
  const body = text
    .slice(front?.[0].length ?? 0)
    .split(/\n\s*\n/)
    .map((block) => block.replace(/\s+/g, ' '));
  return [...lines, ...body].map((block) => block.trim()).filter((block) => block !== '');
}

const wordPattern = /[\p{L}\p{M}\p{N}'’]+/gu;
const plainWord = /^[a-z0-9]+$/i;

/** Marks the words of a block that are not known, in the spelling of the block. */
function markBlock(
  block: string,
  wordsOfBlock: readonly string[],
  known: KnownWords,
): { pieces: MarkedBlock; missing: number } {
  const { passages, missing } = known.missing(wordsOfBlock);
  if (passages.length === 0) return { pieces: [{ text: block, isOnlyHere: false }], missing };
  const words = [...block.matchAll(wordPattern)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    word: plainWord.test(match[0]) ? match[0].toLowerCase() : wordsOf(match[0]).join(' '),
  }));
  const pieces: MarkedBlock = [];
  let [at, next] = [0, 0];
  for (const passage of passages) {
    const wanted = passage.split(' ');
    const start = placeOfRun(words, next, wanted);
    // Scripts without spaces have no such words, so the whole block is marked.
    if (start === -1) return { pieces: [{ text: block, isOnlyHere: true }], missing };
    const from = words[start]?.from ?? at;
    const to = words[start + wanted.length - 1]?.to ?? from;
    if (from > at) pieces.push({ text: block.slice(at, from), isOnlyHere: false });
    pieces.push({ text: block.slice(from, to), isOnlyHere: true });
    at = to;
    next = start + wanted.length;
  }
  if (at < block.length) pieces.push({ text: block.slice(at), isOnlyHere: false });
  return { pieces, missing };
}

function placeOfRun(words: readonly { word: string }[], from: number, wanted: readonly string[]): number {
  for (let start = from; start < words.length; start++)
    if (wanted.every((word, index) => words[start + index]?.word === word)) return start;
  return -1;
}
