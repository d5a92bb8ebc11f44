import { escapeAttribute, escapeText } from '../../site/markup.ts';
import type { BodyProblem } from '../problems/shared.ts';
import { missingFragment } from '../problems/text.ts';
import type { Body, BodyElement, BodyNeed, BodyPicture } from './body.ts';
import type { Ids } from './headings.ts';
import type { Named } from './named.ts';
import type { ElementPiece, Piece } from './pieces.ts';
import type { Call } from './reading.ts';

export interface Printed {
  body: Body;
  pictures: BodyPicture[];
  links: { target: string; fragment: string; line: number }[];
  needs: BodyNeed[];
  /** Links that do not name a story, as written, in the order of the text. */
  hrefs: string[];
}

/**
 * Turns pieces into the parts of a body. This is the second gate: it prints what `arrange` allowed and escapes every
 * text.
 *
 * @param afterBlock see `BodyOptions`
 */
export function print(
  pieces: readonly Piece[],
  ids: Ids,
  problems: BodyProblem[],
  afterBlock?: (line: number) => string,
): Printed {
  const printed: Printed = { body: [], pictures: [], links: [], needs: [], hrefs: [] };
  const printing = { ids, problems, printed };
  if (!afterBlock) printInto(printed.body, pieces, printing);
  else
    for (const piece of pieces) {
      printInto(printed.body, [piece], printing);
      if ('line' in piece) addHtml(printed.body, afterBlock(piece.line));
    }
  return printed;
}

interface Printing {
  ids: Ids;
  problems: BodyProblem[];
  printed: Printed;
}

function printInto(parts: Body, pieces: readonly Piece[], printing: Printing): void {
  for (const piece of pieces) {
    if (piece.tag === '#text') addHtml(parts, escapeText((piece as { text: string }).text));
    else printPiece(parts, piece as ElementPiece, printing);
  }
}

function printPiece(parts: Body, piece: ElementPiece, printing: Printing): void {
  const { tag, children, line } = piece;
  const { printed } = printing;
  if (piece.picture) {
    parts.push(piece.picture);
    printed.pictures.push(piece.picture);
  } else if (piece.story) {
    const { target, fragment } = piece.story;
    printed.links.push({ target, fragment, line });
    const inside: Body = [];
    printInto(inside, children, printing);
    parts.push({ kind: 'link', ...piece.story, line, children: inside });
  } else if (piece.call) {
    const part = elementPart(piece.call, piece.named, piece.level, printed);
    printInto(part.children, children, printing);
    parts.push(part);
  } else {
    if (piece.written !== undefined) printed.hrefs.push(piece.written);
    let html = `<${tag}`;
    for (const [name, value] of piece.attributes)
      html += attribute(name, name === 'href' ? target(piece, value, printing) : value);
    addHtml(parts, `${html}>`);
    if (voids.has(tag)) return;
    printInto(parts, children, printing);
    addHtml(parts, `</${tag}>`);
  }
}

/** A component as a part of a body, still without its content. What it names is recorded for the index. */
function elementPart(
  { name, attributes, line }: Call,
  named: Named | undefined,
  level: number | undefined,
  printed: Printed,
): BodyElement {
  const part: BodyElement = { kind: 'element', name, attributes, children: [], line };
  if (level !== undefined) part.level = level;
  for (const key of ['url', 'href', 'link'])
    if (typeof attributes[key] === 'string') printed.hrefs.push(attributes[key]);
  if (!named) return part;
  const { picture, story, table, author, needs } = named;
  if (picture) {
    part.picture = picture;
    printed.pictures.push(picture);
  }
  if (story) {
    part.story = story;
    printed.links.push({ ...story, line });
  }
  if (table !== undefined) part.table = table;
  if (author !== undefined) part.author = author;
  printed.needs.push(...needs);
  return part;
}

/** A link within the text leads to the id as it was printed. */
function target(piece: ElementPiece, href: string, { ids, problems }: Printing): string {
  if (piece.fragment === undefined) return href;
  const id = ids.find(piece.fragment);
  if (id === undefined) problems.push(missingFragment({ line: piece.line }, piece.fragment));
  return fragmentOf(id ?? piece.fragment);
}

/** As written in an address. Ids with letters of any script stay legible. */
const fragmentOf = (id: string): string => `#${id.replace(/[\s%"<>\\^`{|}#]/g, (sign) => encodeURIComponent(sign))}`;

const voids = new Set(['br', 'hr', 'wbr', 'col', 'input']);

const attribute = (name: string, value: string): string =>
  value === '' && bare.has(name) ? ` ${name}` : ` ${name}="${escapeAttribute(value)}"`;

const bare = new Set(['checked', 'disabled', 'open', 'reversed']);

/** Joins runs of HTML, so that a body has as few parts as possible. */
function addHtml(parts: Body, html: string): void {
  if (html === '') return;
  const last = parts.at(-1);
  if (last?.kind === 'html') last.html += html;
  else parts.push({ kind: 'html', html });
}
