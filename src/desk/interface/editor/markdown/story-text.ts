import type { Node } from '@milkdown/kit/prose/model';
import { type Block, type Slot, writeBlocks } from '../../../document/blocks.ts';
import { type Habits, habitsOf } from './habits.ts';
import { meaningOf, meaningsOf } from './meaning.ts';
import { matchChildren, patchBlock } from './patch-block.ts';
import type { Level } from './patch-text.ts';
import { type Definitions, placeOf } from './pieces.ts';
import { parseMarkdown, stringifyMarkdown, type Writing } from './processors.ts';
import { type Origin, readBlock } from './read-blocks.ts';
import { isEmptyParagraph, schema } from './schema.ts';
import { rootOf } from './to-mdast.ts';
import type { Markdown } from './tree.ts';

/*
 * The text of a story as a document of the editor, and back. This is where the promise is kept: a block that was not
 * touched keeps its bytes, and a block that was changed is read again and compared before it counts as written.
 */

/** A story's text that is open in the editor. */
export interface OpenText {
  body: string;
  eol: string;
  isMdx: boolean;
  /** As it was opened. */
  doc: Node;
  slots: Slot[];
  origins: WeakMap<Node, Origin>;
  definitions: Definitions;
  habits: Habits;
  /** What has been written for blocks that were changed. */
  written: WeakMap<Node, { took: Node | undefined; text: string; isSure: boolean }>;
}

/** Why a text can only be edited in the source view. */
export interface SourceOnly {
  says: string;
  line?: number;
}

/** A longer text makes every key slow. It is that of a book. */
export const charsMax = 400_000;

/** Opens a text. Whatever the editor could lose is a reason for the source view. */
export function openText(body: string, isMdx: boolean, eol: string): OpenText | SourceOnly {
  if (body.length > charsMax)
    return {
      says: `This text has ${body.length} characters. The editor shows at most ${charsMax}, so here is its source.`,
    };
  const shift = body.startsWith('\uFEFF') ? 1 : 0;
  let root: ReturnType<typeof parseMarkdown>;
  try {
    // The parser skips a byte order mark without counting it.
    root = parseMarkdown(shift === 0 ? body : ` ${body.slice(1)}`, isMdx);
  } catch (error) {
    return faultOf(error);
  }
  const definitions = definitionsOf(root as Markdown);
  const origins = new WeakMap<Node, Origin>();
  const children = root.children as Markdown[];
  const blocks = children.map((child) => readBlock(child, { source: body, definitions, origins, isMdx }));
  const doc = schema.nodes.doc!.create(null, blocks.length > 0 ? blocks : [schema.nodes.paragraph!.create()]);
  const slots = blocks.length > 0 ? children.map(placeOf) : [];
  const open: OpenText = {
    body,
    eol,
    isMdx,
    doc,
    slots,
    origins,
    definitions,
    habits: habitsOf(body, root),
    written: new WeakMap(),
  };
  if (writeText(open, doc) !== body)
    return { says: 'The editor cannot show this text without a change, so here is its source.' };
  return open;
}

function faultOf(error: unknown): SourceOnly {
  const { line, place, reason } = error as {
    line?: number;
    place?: { line?: number; start?: { line?: number } };
    reason?: string;
  };
  return {
    says: reason ?? (error instanceof Error ? error.message : String(error)),
    line: line ?? place?.line ?? place?.start?.line,
  };
}

function definitionsOf(node: Markdown, found = new Map<string, { url: string; title?: string | null }>()): Definitions {
  if (node.type === 'definition' && !found.has(node.identifier)) found.set(node.identifier, node);
  for (const child of node.children ?? []) definitionsOf(child, found);
  return found;
}

/** The Markdown of a document. */
export function writeText(open: OpenText, doc: Node): string {
  return writeWithSlots(open, doc).text;
}

/** A block of the document, by its index, and where it is in the body. */
export interface Span extends Slot {
  block: number;
}

/** The Markdown of a document, where its blocks are, and those that could not be written exactly as they are. */
export function writeWithSlots(open: OpenText, doc: Node): { text: string; spans: Span[]; unsure: Node[] } {
  const olds = open.slots.length > 0 ? [...open.doc.content.content] : [];
  const all = doc.content.content;
  const shown = all.filter((node) => !isEmptyParagraph(node) || olds.includes(node));
  const unsure: Node[] = [];
  const texts: string[] = [];
  const blocks: Block[] = [];
  for (const { child, took, isKept } of matchChildren(shown, olds)) {
    const kept = isKept ? took : olds.indexOf(child);
    const slot = kept === undefined ? undefined : open.slots[kept];
    if (kept !== undefined && slot) {
      blocks.push({ kept });
      texts.push(open.body.slice(slot.start, slot.end));
      continue;
    }
    const { text, isSure } = writeBlock(open, child, took === undefined ? undefined : olds[took]);
    if (!isSure) unsure.push(child);
    blocks.push({ text });
    texts.push(text.replace(/\r\n?|\n/g, open.eol));
  }
  const text = writeBlocks(open.body, open.slots, blocks, open.eol);
  let at = 0;
  const spans = shown.map((node, index) => {
    // A block that was fitted to its neighbours is not found. It begins where the one before it ends.
    const found = text.indexOf(texts[index]!, at);
    const start = found < 0 ? at : found;
    at = found < 0 ? at : start + texts[index]!.length;
    return { block: all.indexOf(node), start, end: at };
  });
  return { text, spans, unsure };
}

const levels: Level[] = ['characters', 'constructs', 'paragraph'];

/** Writes a block that was changed: the first version that means the same when it is read again. */
function writeBlock(open: OpenText, now: Node, took: Node | undefined): { text: string; isSure: boolean } {
  const before = open.written.get(now);
  if (before && before.took === took) return before;
  const made = { took, ...writeAnew(open, now, took) };
  open.written.set(now, made);
  return made;
}

function writeAnew(open: OpenText, now: Node, took: Node | undefined): { text: string; isSure: boolean } {
  const meaning = meaningOf(now);
  const { body, origins } = open;
  if (took && meaningOf(took) === meaning) {
    const { start, end } = origins.get(took)!;
    return { text: body.slice(start, end), isSure: true };
  }
  let last = '';
  for (const writing of writingsOf(open)) {
    if (took)
      for (const level of levels) {
        const text = attempt(() => patchBlock(now, took, { source: body, origins, level, writing }));
        if (text !== undefined && meansTheSame(open, text, meaning)) return { text, isSure: true };
      }
  }
  for (const writing of writingsOf(open)) {
    const text = attempt(() => stringifyMarkdown(rootOf([now]), writing).replace(/\n$/, ''));
    if (text === undefined) continue;
    if (meansTheSame(open, text, meaning)) return { text, isSure: true };
    last = text;
  }
  return { text: last, isSure: false };
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

/** From what looks best to what is safest. */
function writingsOf({ habits, isMdx }: OpenText): Writing[] {
  const star = { ...habits, emphasis: '*', strong: '*' } as const;
  return [
    { ...habits, isMdx, escapes: 'raw' },
    { ...star, isMdx, escapes: 'raw' },
    { ...habits, isMdx, escapes: 'safe' },
    { ...star, isMdx, escapes: 'safe' },
    { ...star, hardBreak: 'backslash', isMdx, escapes: 'strict' },
  ];
}

/** Whether a block reads as it was meant, together with the definitions of the text. */
function meansTheSame(open: OpenText, text: string, meaning: string): boolean {
  const read = attempt(() => readAlone(open, text));
  return read !== undefined && read.length === 1 && read[0] === meaning;
}

function readAlone({ definitions, isMdx }: OpenText, text: string): string[] {
  let source = text;
  // Only the names that the block could refer to, because a long text can have hundreds of definitions.
  if (text.includes('['))
    for (const [name, { url, title }] of definitions)
      if (text.toLowerCase().includes(name))
        source += `\n\n[${name.replace(/[[\]\\]/g, '\\$&')}]: <${url.replace(/[<>\\]/g, '\\$&')}>${title ? ` ${JSON.stringify(title)}` : ''}`;
  const notes = new Set([...text.matchAll(/\[\^([^\]\s]+)\](?!:)/g)].map((match) => match[1]));
  for (const label of notes) if (!text.includes(`[^${label}]:`)) source += `\n\n[^${label}]: x`;
  const root = parseMarkdown(source, isMdx);
  const known = definitionsOf(root as Markdown);
  const own = root.children.filter((child) => (child.position?.start.offset ?? 0) < text.length) as Markdown[];
  const blocks = own.map((child) =>
    readBlock(child, { source, definitions: known, origins: new WeakMap<Node, Origin>(), isMdx }),
  );
  return blocks.filter((block) => !isEmptyParagraph(block)).map(meaningOf);
}

/** Whether a text reads as a document, block by block. For tests, and before a text is handed on. */
export function readsAs(open: OpenText, text: string, doc: Node): boolean {
  const again = openText(text, open.isMdx, open.eol);
  return 'doc' in again && meaningsOf(again.doc).join() === meaningsOf(doc).join();
}
