/*
 * The text of a story as blocks. Blocks that were not touched keep their bytes, and so do the empty lines between them.
 * This file is also part of the interface.
 */

/** Where a block is in the body that was opened. */
export interface Slot {
  start: number;
  end: number;
}

/** A block of the new text: the index of the slot that it keeps, or new Markdown without a line ending after it. */
export type Block = { kept: number } | { text: string };

/**
 * The new body.
 *
 * @param body that was opened
 * @param slots its blocks, in order
 * @param blocks of the new text, in order
 * @param eol the line ending of the file
 */
export function writeBlocks(body: string, slots: readonly Slot[], blocks: readonly Block[], eol: string): string {
  const places = placesOf(slots, blocks);
  let out = body.slice(0, slots[0]?.start ?? 0);
  for (const [at, block] of blocks.entries()) {
    if (at > 0) out += gap(body, slots, places[at - 1], places[at], eol);
    out += 'kept' in block ? textOf(body, slots[block.kept]) : block.text.replace(/\r\n?|\n/g, eol);
  }
  return out + body.slice(slots.at(-1)?.end ?? 0);
}

/** The slot that each block takes: its own, or the one that it replaces. */
function placesOf(slots: readonly Slot[], blocks: readonly Block[]): (number | undefined)[] {
  const places = blocks.map((block) => ('kept' in block ? block.kept : undefined));
  for (let at = 0; at < places.length; at++) {
    if (places[at] !== undefined) continue;
    const end = places.findIndex((place, index) => index >= at && place !== undefined);
    const after = end < 0 ? places.length : end;
    const first = (at > 0 ? places[at - 1]! : -1) + 1;
    const next = end < 0 ? slots.length : places[end]!;
    if (next - first === after - at) for (let index = at; index < after; index++) places[index] = first + index - at;
    at = after - 1;
  }
  return places;
}

function gap(body: string, slots: readonly Slot[], before?: number, after?: number, eol = '\n'): string {
  return before !== undefined && after === before + 1 ? body.slice(slots[before]!.end, slots[after]!.start) : eol + eol;
}

const textOf = (body: string, slot?: Slot): string => (slot ? body.slice(slot.start, slot.end) : '');
