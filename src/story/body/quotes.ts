import { type ElementPiece, isBlank, isBlankText, type Piece, trimmed } from './pieces.ts';

/** A line that begins like this names the source of the quotation above it. */
const sourceSign = /^\s*[—–―]\s*(?=\S)/;

/**
 * Separates a quotation from its source: a last line, or a last paragraph, that begins with an em dash.
 *
 * If the only line begins with a dash, it is speech, as some languages write it, and not a source.
 *
 * @param children of a `<blockquote>`
 * @returns undefined if there is no source
 */
export function sourceOfQuote(children: readonly Piece[]): { quote: Piece[]; source: Piece[] } | undefined {
  const at = children.findLastIndex((piece) => !isBlankText(piece));
  const last = children[at];
  if (last?.tag !== 'p') return undefined;
  const inside = (last as ElementPiece).children;
  const place = inside.findLastIndex((piece) => piece.tag === '#text' && textOf(piece).includes('\n'));
  const before = children.slice(0, at);
  if (place < 0) {
    const source = withoutSign(inside);
    const hasMore = before.some((piece) => !isBlankText(piece));
    if (!source || !hasMore) return undefined;
    const quote = isBlankText(before.at(-1)) ? before.slice(0, -1) : before;
    return { quote: [...quote, ...children.slice(at + 1)], source };
  }
  const text = textOf(inside[place]!);
  const end = text.lastIndexOf('\n');
  const source = withoutSign([{ tag: '#text', text: text.slice(end + 1) }, ...inside.slice(place + 1)]);
  const said = trimmed([...inside.slice(0, place), { tag: '#text', text: text.slice(0, end) }], 'p');
  if (!source || isBlank(said)) return undefined;
  return { quote: [...before, { ...(last as ElementPiece), children: said }, ...children.slice(at + 1)], source };
}

const textOf = (piece: Piece): string => (piece as { text: string }).text;

function withoutSign(line: readonly Piece[]): Piece[] | undefined {
  const [first, ...rest] = line;
  if (first?.tag !== '#text' || !sourceSign.test(`${textOf(first)}${rest.length > 0 ? 'x' : ''}`)) return undefined;
  const found = trimmed([{ tag: '#text', text: textOf(first).replace(/^\s*[—–―]\s*/, '') }, ...rest], 'p');
  return isBlank(found) ? undefined : found;
}
