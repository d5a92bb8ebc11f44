import type { Element, Nodes, RootContent } from 'hast';
import { type StoryElement, setAttributes } from '../elements.ts';
import { nestedFigure } from '../problems/components.ts';
import type { BodyProblem } from '../problems/shared.ts';
import { tableWithoutHeader } from '../problems/tables.ts';
import { headingJump, quoteWithoutSource, wrongLink } from '../problems/text.ts';
import { attributesOf } from './attributes.ts';
import { bodyIds, type HeadingLevels, headingLevels, type Ids } from './headings.ts';
import { held } from './holds.ts';
import { decoded, judgeLink } from './links.ts';
import { arrangeFigure, arrangePicture, embedded, pictureOf, wantedPictureOf } from './media.ts';
import { namedBy } from './named.ts';
import { elementsOf, hasClass, textIn } from './nodes.ts';
import {
  type ElementPiece,
  holdsCall,
  inParagraphs,
  isBlank,
  isBlankText,
  isBlock,
  only,
  type Piece,
  split,
  wordsOf,
} from './pieces.ts';
import { edge, wordsForId } from './punctuation.ts';
import { sourceOfQuote } from './quotes.ts';
import { type Call, depthMax, TooDeep } from './reading.ts';
import { componentTag, holdsPhrasing, printedTags } from './sanitise.ts';
import { finishTable } from './tables.ts';
import { type BodyWords, voiceOf } from './words.ts';

export interface Arranging {
  calls: Call[];
  known: Record<string, StoryElement>;
  words: BodyWords;
  /** BCP 47. */
  language: string;
  base: string;
  problems: BodyProblem[];
}

/**
 * Gives a sanitised tree the form that a story's page needs: headings from h2 down, pictures and components outside
 * running text, scrollable tables, and links that work.
 *
 * This file is longer than 300 lines because its functions call each other: an element is arranged with all that is in
 * it. If they were in several files, these would import each other.
 */
export function arrange(root: Nodes, given: Arranging): { pieces: Piece[]; ids: Ids } {
  const ids = bodyIds();
  const state: State = { ...given, ids, levels: headingLevels(), warned: new Set() };
  const pieces = 'children' in root ? arrangeAll(root.children, state, { depth: 0, line: 1 }) : [];
  return { pieces: inParagraphs(pieces), ids };
}

interface State extends Arranging {
  ids: Ids;
  levels: HeadingLevels;
  /** The rules of warnings that were given. One of each is enough for a story. */
  warned: Set<string>;
}

function warnOnce(state: State, found: BodyProblem): void {
  if (!state.warned.has(found.rule)) state.problems.push(found);
  state.warned.add(found.rule);
}

interface Inside {
  depth: number;
  line: number;
  isCode?: boolean;
  isLink?: boolean;
  isTask?: boolean;
  isNotes?: boolean;
  isHead?: boolean;
  isQuote?: boolean;
  isFigure?: boolean;
}

function arrangeAll(nodes: readonly RootContent[], state: State, inside: Inside): Piece[] {
  if (inside.depth > depthMax * 2) throw new TooDeep(inside.line);
  const pieces: Piece[] = [];
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at]!;
    if (node.type === 'text') {
      let text = node.value;
      for (let next = nodes[at + 1]; next?.type === 'text'; next = nodes[at + 1]) {
        text += next.value;
        at++;
      }
      pieces.push({ tag: '#text', text: text });
    } else if (node.type === 'element') {
      const line = node.position?.start?.line ?? inside.line;
      const caption = node.tagName === 'table' ? takeCaption(pieces) : undefined;
      pieces.push(...arrangeElement(node, state, { ...inside, line }, caption));
    }
  }
  return pieces;
}

function arrangeElement(node: Element, state: State, inside: Inside, caption?: Piece[]): Piece[] {
  const tag = node.tagName;
  const within: Inside = { ...inside, depth: inside.depth + 1 };
  switch (tag) {
    case componentTag:
      return arrangeCall(node, state, within);
    case 'img':
      return arrangePicture(node, state, inside.line);
    case 'iframe':
    case 'video':
    case 'audio':
      return embedded(node, state, inside);
    case 'a':
      return arrangeLink(node, state, within);
    case 'figure': {
      if (inside.isFigure) state.problems.push(nestedFigure(inside));
      within.isFigure = true;
      const picture = arrangeFigure(node, state, inside.line);
      if (picture) return picture;
      break;
    }
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
      return arrangeHeading(node, state, within);
    case 'table':
      return arrangeTable(node, state, within, caption);
    case 'blockquote':
      return arrangeQuote(node, state, within);
    case 'section':
      if (!hasClass(node, 'footnotes')) return arrangeAll(node.children, state, within);
      within.isNotes = true;
      break;
    case 'details':
      if (!node.children.some((child) => child.type === 'element' && child.tagName === 'summary'))
        return arrangeAll(node.children, state, within);
      break;
    case 'input':
      return inside.isTask ? [checkbox(node, state, inside.line)] : [];
    case 'thead':
      within.isHead = true;
      break;
    case 'tbody':
    case 'tfoot':
      within.isHead = false;
      break;
    case 'li':
      within.isTask = hasClass(node, 'task-list-item');
      break;
    case 'code':
    case 'pre':
    case 'kbd':
    case 'samp':
      within.isCode = true;
      break;
  }
  const children = arrangeAll(node.children, state, within);
  if (!printedTags.has(tag)) return children;
  const piece: ElementPiece = { tag, attributes: attributesOf(node, state.ids, inside), children, line: inside.line };
  if (tag === 'th' || tag === 'td') return [cell(node, piece, inside)];
  if (tag === 'ul' || tag === 'ol') piece.children = only(children, ['li'], 'li', inside.line);
  if (tag === 'dl') piece.children = only(children, ['dt', 'dd', 'div'], 'dd', inside.line);
  if ((tag === 'p' || tag === 'figure') && isBlank(children)) return [];
  return holdsPhrasing.has(tag) ? split(piece) : [piece];
}

function arrangeHeading(node: Element, state: State, within: Inside): Piece[] {
  const { line } = within;
  if (within.isNotes && node.properties.id === 'footnote-label') {
    state.ids.note('footnote-label');
    return [
      {
        tag: 'h2',
        attributes: [['id', 'footnote-label'], ...voiceOf(state.words)],
        children: arrangeAll(node.children, state, within),
        line,
      },
    ];
  }
  const children = arrangeAll(node.children, state, within);
  const words = wordsOf(children);
  const piece: ElementPiece = { tag: 'h2', attributes: [], children, line };
  if (words.trim() === '') return children.filter((child) => isBlock(child));
  const written = Number(node.tagName[1]);
  if (state.levels.isJump(written)) warnOnce(state, headingJump({ line }, words, written));
  piece.tag = `h${state.levels.next(written)}`;
  piece.attributes = attributesOf(node, state.ids, within);
  if (!piece.attributes.some(([name]) => name === 'id')) {
    const id = state.ids.forHeading(wordsForId(wordsOf(children, edge)));
    if (id !== '') piece.attributes.unshift(['id', id]);
  }
  return split(piece);
}

function arrangeTable(node: Element, state: State, within: Inside, caption?: Piece[]): Piece[] {
  const { line } = within;
  const table: ElementPiece = {
    tag: 'table',
    attributes: attributesOf(node, state.ids, within),
    children: arrangeAll(node.children, state, within),
    line,
  };
  const finished = finishTable(table, state.words, { caption });
  if (!finished) return [];
  if (!finished.hasHeads) warnOnce(state, tableWithoutHeader({ line }));
  return [finished.scroller];
}

/** A paragraph `Table: …` directly above a table is its caption. */
function takeCaption(pieces: Piece[]): Piece[] | undefined {
  const at = pieces.findLastIndex((piece) => !isBlankText(piece));
  const above = pieces[at];
  if (above?.tag !== 'p') return undefined;
  const [first, ...rest] = (above as ElementPiece).children;
  const sign = first?.tag === '#text' ? /^Table:\s+/.exec((first as { text: string }).text)?.[0] : undefined;
  if (sign === undefined || rest.some(isBlock)) return undefined;
  pieces.splice(at);
  return [{ tag: '#text', text: (first as { text: string }).text.slice(sign.length) }, ...rest];
}

/** A quotation with its source below it. A quotation inside another one needs no source. */
function arrangeQuote(node: Element, state: State, within: Inside): Piece[] {
  const { line } = within;
  const children = arrangeAll(node.children, state, { ...within, isQuote: true });
  const attributes = attributesOf(node, state.ids, within);
  const quote: ElementPiece = { tag: 'blockquote', attributes, children, line };
  if (within.isQuote) return [quote];
  const found = sourceOfQuote(children);
  if (found)
    return [
      {
        tag: 'figure',
        attributes: [['class', 'quote']],
        children: [
          { ...quote, children: found.quote },
          { tag: 'figcaption', attributes: [], children: found.source, line },
        ],
        line,
      },
    ];
  // `> [!NOTE]` is how some archives write a box.
  const isQuotation = elementsOf(node, 'cite').length === 0 && !/^\s*\[!/.test(textIn(node)) && !isBlank(children);
  if (isQuotation) warnOnce(state, quoteWithoutSource({ line }));
  return [quote];
}

function cell(node: Element, piece: ElementPiece, inside: Inside): Piece {
  const style =
    /text-align:\s*(\w+)/i.exec(String(node.properties.style ?? ''))?.[1] ?? String(node.properties.align ?? '');
  const aligned = { right: 'num', center: 'centre' }[style.toLowerCase()];
  if (aligned) piece.attributes.push(['class', aligned]);
  if (piece.tag === 'th' && isBlank(piece.children)) {
    piece.tag = 'td'; // an empty header cell is not a header
    piece.attributes = piece.attributes.filter(([name]) => name !== 'scope');
  } else if (piece.tag === 'th' && inside.isHead && !piece.attributes.some(([name]) => name === 'scope'))
    piece.attributes.push(['scope', 'col']);
  return piece;
}

function checkbox(node: Element, state: State, line: number): Piece {
  const isDone = node.properties.checked === true;
  const attributes: [string, string][] = [
    ['type', 'checkbox'],
    ...(isDone ? [['checked', ''] as [string, string]] : []),
    ['disabled', ''],
    ['aria-label', isDone ? state.words.done : state.words.open],
    ...voiceOf(state.words),
  ];
  return { tag: 'input', attributes, children: [], line };
}

function arrangeLink(node: Element, state: State, within: Inside): Piece[] {
  const { line } = within;
  const { href, name } = node.properties;
  const id = node.properties.id ?? name;
  const isNote = node.properties.dataFootnoteRef !== undefined || node.properties.dataFootnoteBackref !== undefined;
  const children = arrangeAll(node.children, state, { ...within, isLink: true });
  const anchor = typeof id === 'string' ? state.ids.own(id) : undefined;
  const unlinked = (): Piece[] =>
    anchor && !isNote ? [{ tag: 'span', attributes: [['id', anchor]], children, line }] : children;
  if (typeof href !== 'string' || within.isLink) return unlinked();
  if (isNote && href.startsWith('#fn')) {
    const given = String(node.properties.id ?? '');
    if (given !== '') state.ids.note(given);
    const attributes: [string, string][] = [
      ['href', href],
      ...(given === '' ? [] : [['id', given] as [string, string]]),
    ];
    const label = node.properties.ariaLabel;
    if (typeof label === 'string') attributes.push(['aria-label', label], ['class', 'footnote-back']);
    else attributes.push(['aria-label', state.words.footnote(wordsOf(children).trim())], ['class', 'footnote-ref']);
    attributes.push(...voiceOf(state.words));
    return [{ tag: 'a', attributes, children, line, fragment: decoded(href.slice(1)) }];
  }
  // A component contains its own links, and a link cannot contain a link.
  if (children.some((child) => holdsCall(child))) return unlinked();
  const written = href;
  const link = judgeLink(written, state.base);
  if (link.kind === 'wrong') {
    state.problems.push(wrongLink({ line }, link.fault, written, link.scheme));
    return unlinked();
  }
  if (isBlank(children)) return unlinked();
  const title = typeof node.properties.title === 'string' ? node.properties.title : undefined;
  if (link.kind === 'story')
    return [
      {
        tag: '#story',
        attributes: [],
        children,
        line,
        story: { target: link.target, fragment: link.fragment, ...(title ? { title } : {}) },
      },
    ];
  const attributes: [string, string][] = [['href', link.kind === 'fragment' ? `#${link.id}` : link.href]];
  if (title) attributes.push(['title', title]);
  if (anchor) attributes.push(['id', anchor]);
  const to = link.kind === 'fragment' ? { fragment: link.id } : { written };
  return [{ tag: 'a', attributes, children, line, ...to }];
}

function arrangeCall(node: Element, state: State, within: Inside): Piece[] {
  const written = state.calls[Number(node.properties.index)];
  const element = written && state.known[written.name];
  if (!written || !element) return [];
  const call = { ...written, attributes: setAttributes(written.name, written.attributes, state.language) };
  if (within.isFigure) state.problems.push(nestedFigure({ line: call.line }, call.name));
  if (call.name === 'Picture' || call.name === 'Figure') {
    const { src, wanted, decorative, ...words } = call.attributes;
    const shown = { ...words, decorative: decorative === true };
    if (typeof wanted === 'string') return wantedPictureOf(wanted, src, shown, state, call.line);
    return pictureOf(String(src ?? ''), shown, state, call.line);
  }
  const outer = state.levels;
  const { own, levels } = outer.within(element.isTitled === true);
  state.levels = levels;
  const children = arrangeAll(node.children, state, { ...within, isQuote: call.name === 'BlockQuote' });
  state.levels = outer;
  const { named, problems } = namedBy(call, element);
  state.problems.push(...problems);
  const report = (found: BodyProblem) => state.problems.push(found);
  return [
    {
      tag: '#call',
      attributes: [],
      children: held(children, call, element, { words: state.words, language: state.language, report }),
      line: call.line,
      call,
      named,
      ...(own === undefined ? {} : { level: own }),
    },
  ];
}
