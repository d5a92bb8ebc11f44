import { differences } from './differences.ts';

/** A stretch of the text in a comparison of what two sides made of one text. */
export type Stretch =
  /** Both sides have the same here, or only one side changed it. */
  | { kind: 'agreed'; text: string; from: 'both' | 'mine' | 'theirs' }
  /** Both sides changed the same block, each in another way. */
  | { kind: 'conflict'; base: string; mine: string; theirs: string };

/**
 * Compares by block what happened to a text on two sides. What only one side changed is agreed. A choice is only needed
 * where both changed the same blocks.
 */
export function compareByBlock(base: string, mine: string, theirs: string): Stretch[] {
  const blocks = blocksOf(base);
  const mineNow = sidesOf(blocks, blocksOf(mine));
  const theirsNow = sidesOf(blocks, blocksOf(theirs));
  const out: Stretch[] = [];
  let at = 0;
  while (at <= blocks.length) {
    // Blocks that either side changed together are one stretch.
    let end = at;
    while (end < blocks.length && (mineNow.isOpen(end) || theirsNow.isOpen(end))) end += 1;
    if (end > at || mineNow.hasInsert(at) || theirsNow.hasInsert(at)) {
      add(out, blocks.slice(at, end).join(''), mineNow.between(at, end), theirsNow.between(at, end));
    }
    if (end < blocks.length) out.push({ kind: 'agreed', text: blocks[end]!, from: 'both' });
    at = end + 1;
  }
  return out;
}

function add(out: Stretch[], base: string, mine: string, theirs: string): void {
  if (mine === theirs) out.push({ kind: 'agreed', text: mine, from: 'both' });
  else if (mine === base) out.push({ kind: 'agreed', text: theirs, from: 'theirs' });
  else if (theirs === base) out.push({ kind: 'agreed', text: mine, from: 'mine' });
  else out.push({ kind: 'conflict', base, mine, theirs });
}

/** What one side made of each block: kept it, or put something in its place. Inserts belong to the block after them. */
function sidesOf(base: string[], side: string[]) {
  const isKept = Array<boolean>(base.length).fill(false);
  const before = Array<string>(base.length + 1).fill('');
  let at = 0;
  for (const run of differences(base, side)) {
    if (run.kind === 'added') before[at] += run.items.join('');
    else
      for (const _ of run.items) {
        isKept[at] = run.kind === 'same';
        at += 1;
      }
  }
  return {
    hasInsert: (index: number) => before[index] !== '',
    /** Whether a stretch that began before goes on: the block was changed, or something was added before it. */
    isOpen: (index: number) => !isKept[index],
    between: (from: number, to: number) => {
      let text = '';
      for (let index = from; index <= to; index += 1) {
        text += before[index];
        if (index < to && isKept[index]) text += base[index];
      }
      return text;
    },
  };
}

/** The blocks of a Markdown text, each with the empty lines after it. Joining them gives the text again. */
export function blocksOf(text: string): string[] {
  const blocks: string[] = [];
  let block = '';
  let fence = '';
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    const isEmpty = line.trim() === '';
    if (!fence && !isEmpty && /(?:^|\n)\r?\n$/.test(block)) {
      blocks.push(block);
      block = '';
    }
    block += line;
    if (mark && !fence) fence = mark;
    else if (mark && fence && mark[0] === fence[0] && mark.length >= fence.length) fence = '';
  }
  if (block) blocks.push(block);
  return blocks;
}
