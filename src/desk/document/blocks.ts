import { closed, fitted, gapFor } from './joints.ts';

/*
 * The text of a story as blocks. Blocks that were not touched keep their bytes, and so does what is between them. This
 * file is also part of the interface.
 */

/** Where a block is in the body that was opened. */
export interface Slot {
  start: number;
  end: number;
}

/** A block of the new text: the index of the slot that it keeps, or new Markdown without a line ending after it. */
export type Block = { kept: number } | { text: string };

/** A block with its bytes, and the slots whose place it has. */
interface Placed {
  text: string;
  /** The slot that it keeps. */
  kept: number | undefined;
  /** The slot whose place it has for the gap above it. */
  above: number | undefined;
  /** The slot whose place it has for the gap below it. */
  below: number | undefined;
}

/**
 * The new body. What is between two blocks that were neighbours before stays as it was, and so does what is before the
 * first and after the last one. Between others there is an empty line. What belongs to no block, such as the definition
 * of a link, is never lost.
 *
 * @param body that was opened
 * @param slots its blocks, in order
 * @param blocks of the new text, in order. A slot can be kept more than once, because a block can be copied
 * @param eol the line ending of the file
 */
export function writeBlocks(body: string, slots: readonly Slot[], blocks: readonly Block[], eol: string): string {
  const lines = slots.map((slot, at) => wholeLines(body, slot, slots[at - 1]?.end ?? 0));
  const textOf = (at: number): string => body.slice(lines[at]!.start, lines[at]!.end);
  const end = lines.length - 1;
  const head = end < 0 ? '' : body.slice(0, lines[0]!.start);
  const tail = end < 0 ? body : body.slice(lines[end]!.end);
  const all = blocks.map((block): Placed => {
    if ('text' in block)
      return { text: block.text.replace(/\r\n?|\n/g, eol), kept: undefined, above: undefined, below: undefined };
    return { text: textOf(block.kept), kept: block.kept, above: block.kept, below: block.kept };
  });
  const written = new Set<number>();
  inPlaceOfOld(all, lines.length);
  const placed = withLostGaps(body, lines, all);
  if (placed.length === 0) return end < 0 || head.trim() + tail.trim() === '' ? (end < 0 ? body : eol) : head + tail;
  if (end < 0)
    return `${eol}${sequence(placed)}${tail.trim() === '' ? eol : `${eol}${eol}${tail.replace(/^\s+/, '')}`}`;
  const isFirst = placed[0]!.kept === 0 || head.trim() === '';
  const isLast = placed.at(-1)!.kept === end || tail.trim() === '';
  return (
    (isFirst ? head : head.trimEnd() + eol + eol) + sequence(placed) + (isLast ? tail : eol + eol + tail.trimStart())
  );

  function sequence(items: readonly Placed[]): string {
    let out = '';
    let before: Placed | undefined;
    for (const [at, item] of items.entries()) {
      const gap = before && gapAt(before.below, item.above);
      const isAsBefore =
        before?.kept !== undefined && item.kept === before.kept + 1 && before.text === textOf(before.kept);
      let { text } = item;
      const around = { above: before?.text, below: items[at + 1]?.text, isNew: item.kept === undefined };
      if (!isAsBefore) text = fitted(around, text, eol);
      // The last block of a file can be open.
      if (at < items.length - 1 || item.kept === undefined) text = closed(text, eol);
      if (before)
        out += isAsBefore
          ? gap
          : gapFor(
              {
                before: before.text,
                after: text,
                gap,
                beforeWas: gap === undefined ? '' : textOf(before.below!),
                afterWas: gap === undefined ? '' : textOf(item.above!),
              },
              eol,
            );
      out += text;
      before = { ...item, text };
    }
    return out;
  }

  function gapAt(above: number | undefined, below: number | undefined): string | undefined {
    if (above === undefined || below !== above + 1) return undefined;
    const gap = body.slice(lines[above]!.end, lines[below]!.start);
    if (gap.trim() === '') return gap;
    // If the blocks around a definition are copied, it is not.
    if (written.has(above)) return eol + eol;
    written.add(above);
    return gap;
  }
}

/** With the indentation of its first line, which belongs to the block if it moves. */
function wholeLines(body: string, { start, end }: Slot, from: number): Slot {
  const indent = /[ \t]*$/.exec(body.slice(from, start))![0].length;
  const isLineStart = start - indent === 0 || /[\r\n]/.test(body[start - indent - 1]!);
  return { start: isLineStart ? start - indent : start, end };
}

/**
 * New blocks between two kept ones have the places of the old blocks that are missing there: each its own if there are as
 * many, otherwise the first and the last one.
 */
function inPlaceOfOld(blocks: Placed[], slots: number): void {
  for (let at = 0; at < blocks.length; at++) {
    if (blocks[at]!.kept !== undefined) continue;
    let after = at;
    while (after < blocks.length && blocks[after]!.kept === undefined) after++;
    const first = (blocks[at - 1]?.kept ?? -1) + 1;
    const last = (blocks[after]?.kept ?? slots) - 1;
    const isMissing = last >= first && !blocks.some(({ kept }) => kept !== undefined && kept >= first && kept <= last);
    if (isMissing) {
      blocks[at]!.above = first;
      blocks[after - 1]!.below = last;
      if (last - first === after - at - 1)
        for (let index = at; index < after; index++) {
          blocks[index]!.above = first + index - at;
          blocks[index]!.below = first + index - at;
        }
    }
    at = after - 1;
  }
}

/** Adds what is between two blocks that are no longer neighbours and belongs to neither. It follows the first of them. */
function withLostGaps(body: string, lines: readonly Slot[], blocks: readonly Placed[]): Placed[] {
  const placed = [...blocks];
  const used = new Set(
    blocks.slice(1).map(({ above }, at) => (blocks[at]!.below === (above ?? 0) - 1 ? blocks[at]!.below : -1)),
  );
  for (let at = 0; at < lines.length - 1; at++) {
    const text = body.slice(lines[at]!.end, lines[at + 1]!.start).trim();
    if (text === '' || used.has(at)) continue;
    const nearest = Math.max(-1, ...placed.flatMap(({ below }) => (below !== undefined && below <= at ? [below] : [])));
    const after = placed.findLastIndex(({ below }) => below === nearest);
    placed.splice(after + 1, 0, {
      text,
      kept: undefined,
      above: undefined,
      below: nearest < 0 ? undefined : nearest,
    });
  }
  return placed;
}
