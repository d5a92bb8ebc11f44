import type { BodyPicture } from './body.ts';
import type { Named } from './named.ts';
import type { Call } from './reading.ts';
import { phrasing } from './sanitise.ts';

/** What will be printed: text, an element with finished attributes, or one of the parts of a body. */
export type Piece = { tag: '#text'; text: string } | ElementPiece;

export interface ElementPiece {
  /** An HTML element, or `#picture`, `#story` (a link to a story), or `#call` (a component). */
  tag: string;
  attributes: [name: string, value: string][];
  children: Piece[];
  line: number;
  picture?: BodyPicture;
  story?: { target: string; fragment: string; title?: string };
  call?: Call;
  /** For a component: the level of its own heading, and what its attributes name. */
  level?: number;
  named?: Named;
  /** A link that does not name a story, as written. */
  written?: string;
  /** A link within the text. Whether its target exists is known only at the end. */
  fragment?: string;
}

/** Moves blocks out of running text: `<p>a PICTURE b</p>` becomes `<p>a</p> PICTURE <p>b</p>`. */
export function split(piece: ElementPiece): Piece[] {
  if (!piece.children.some(isBlock)) return [piece];
  const pieces: Piece[] = [];
  let run: Piece[] = [];
  let isFirst = true;
  const add = (found: Piece) => {
    if (pieces.length > 0) pieces.push({ tag: '#text', text: '\n' });
    pieces.push(found);
  };
  const close = () => {
    if (!isBlank(run)) {
      const attributes = isFirst ? piece.attributes : piece.attributes.filter(([name]) => name !== 'id');
      add({ ...piece, attributes, children: trimmed(run, piece.tag) });
      isFirst = false;
    }
    run = [];
  };
  for (const child of piece.children) {
    if (!isBlock(child)) run.push(child);
    else {
      close();
      add(child);
    }
  }
  close();
  return pieces;
}

/** Trims a paragraph that was split, so that it begins and ends with a word. */
export function trimmed(run: Piece[], tag: string): Piece[] {
  if (phrasing.has(tag)) return run;
  const isEmpty = (piece: Piece | undefined) => isBlankText(piece) || piece?.tag === 'br';
  while (isEmpty(run[0])) run.shift();
  while (isEmpty(run.at(-1))) run.pop();
  const [first, last] = [run[0], run.at(-1)];
  if (first?.tag === '#text') run[0] = { tag: '#text', text: (first as { text: string }).text.replace(/^\s+/, '') };
  if (last?.tag === '#text')
    run[run.length - 1] = { tag: '#text', text: (run.at(-1) as { text: string }).text.replace(/\s+$/, '') };
  return run;
}

/** Puts text that is not in a paragraph into one. */
export function inParagraphs(pieces: Piece[]): Piece[] {
  if (!pieces.some((piece) => !isBlock(piece) && !isBlank([piece])))
    return pieces.filter((piece) => isBlock(piece) || piece.tag === '#text');
  const placed: Piece[] = [];
  let run: Piece[] = [];
  const close = () => {
    if (isBlank(run)) placed.push(...run.filter((piece) => piece.tag === '#text'));
    else {
      const line = run.find((piece): piece is ElementPiece => piece.tag !== '#text')?.line ?? 1;
      placed.push({ tag: 'p', attributes: [], children: trimmed(run, 'p'), line }, { tag: '#text', text: '\n' });
    }
    run = [];
  };
  for (const piece of pieces) {
    if (!isBlock(piece)) run.push(piece);
    else {
      close();
      placed.push(piece);
    }
  }
  close();
  return placed;
}

/** Blocks on separate lines, as they are outside components. */
export const onLines = (blocks: Piece[]): Piece[] =>
  blocks
    .filter((piece) => !isBlankText(piece))
    .flatMap((piece, at): Piece[] => (at === 0 ? [piece] : [{ tag: '#text', text: '\n' }, piece]));

/** Lists contain only items. */
export function only(children: Piece[], tags: readonly string[], wrapper: string, line: number): Piece[] {
  return children.flatMap((child): Piece[] => {
    if (tags.includes(child.tag) || isBlank([child])) return [child];
    return [{ tag: wrapper, attributes: [], children: [child], line }];
  });
}

export const isBlock = (piece: Piece): boolean => {
  if (piece.tag === '#text') return false;
  const { children } = piece as ElementPiece;
  if (piece.tag === 'a' || piece.tag === 'ins' || piece.tag === 'del' || piece.tag === '#story')
    return children.some(isBlock);
  return !phrasing.has(piece.tag);
};

export const isBlankText = (piece: Piece | undefined): boolean =>
  piece?.tag === '#text' && (piece as { text: string }).text.trim() === '';

/** Nothing visible, and nothing that a link could lead to. */
export const isBlank = (pieces: readonly Piece[]): boolean =>
  pieces.every(
    (piece) =>
      isBlankText(piece) ||
      piece.tag === 'br' ||
      (piece.tag !== '#text' &&
        phrasing.has(piece.tag) &&
        piece.tag !== 'input' &&
        !(piece as ElementPiece).attributes.some(([name]) => name === 'id') &&
        isBlank((piece as ElementPiece).children)),
  );

export const holdsCall = (piece: Piece): boolean =>
  piece.tag === '#call' || ('children' in piece && piece.children.some(holdsCall));
export const holdsPart = (piece: Piece): boolean =>
  piece.tag === '#call' || piece.tag === '#picture' || ('children' in piece && piece.children.some(holdsPart));

/**
 * The text of pieces without markup. Footnote markers are excluded, because ids and labels are made from the text.
 *
 * @param edge inserted where markup begins and ends
 */
export const wordsOf = (pieces: readonly Piece[], edge = ''): string =>
  pieces
    .map((piece) =>
      piece.tag === '#text'
        ? (piece as { text: string }).text
        : piece.tag === '#call' || isNoteSign(piece as ElementPiece)
          ? ''
          : edge + wordsOf((piece as ElementPiece).children, edge) + edge,
    )
    .join('');

const isNoteSign = ({ tag, attributes }: ElementPiece): boolean =>
  tag === 'a' && attributes.some(([name, value]) => name === 'class' && value === 'footnote-ref');

export function find(piece: Piece, is: (piece: ElementPiece) => boolean): ElementPiece | undefined {
  if (!('children' in piece)) return undefined;
  if (is(piece)) return piece;
  for (const child of piece.children) {
    const found = find(child, is);
    if (found) return found;
  }
  return undefined;
}
