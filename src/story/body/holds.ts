import type { Holds, StoryElement } from '../elements.ts';
import * as problem from '../problems/components.ts';
import type { BodyProblem } from '../problems/shared.ts';
import { tableTwice } from '../problems/tables.ts';
import {
  type ElementPiece,
  find,
  inParagraphs,
  isBlank,
  isBlankText,
  isBlock,
  onLines,
  type Piece,
  wordsOf,
} from './pieces.ts';
import type { Call } from './reading.ts';
import { finishTable } from './tables.ts';
import type { BodyWords } from './words.ts';

interface Holding {
  words: BodyWords;
  /** BCP 47, for dates. */
  language: string;
  report: (found: BodyProblem) => void;
}

/**
 * Gives the content of a component the form that its template prints, and reports what does not belong there. An empty
 * component is an error unless its content is optional.
 */
export function held(children: Piece[], call: Call, element: StoryElement, holding: Holding): Piece[] {
  const place = { line: call.line };
  if (element.children === 'none') return [];
  if (element.children === 'text') {
    const text = textOnly(children, call, holding);
    if (isBlank(text) && children.every((child) => isBlank([child])))
      holding.report(problem.emptyElement(place, call.name, 'text'));
    return text;
  }
  const blocks = onLines(inParagraphs(children));
  if (blocks.length === 0) {
    const isTableWithoutRows = element.children === 'table' && call.attributes.src === undefined;
    if (!element.mayBeEmpty || isTableWithoutRows)
      holding.report(problem.emptyElement(place, call.name, element.children));
    return blocks;
  }
  const shape = shapes[element.children];
  return shape ? shape(blocks, call, holding) : blocks;
}

type Shape = (blocks: Piece[], call: Call, holding: Holding) => Piece[];

const lineOf = (piece: Piece | undefined, call: Call): number =>
  piece && 'line' in piece ? (piece as ElementPiece).line : call.line;

const nameOf = (piece: Piece): string => {
  if (piece.tag === '#picture') return 'a picture';
  if (piece.tag === '#call') return `<${(piece as ElementPiece).call?.name}>`;
  if (piece.tag === 'p') return 'a paragraph';
  if (/^h\d$/.test(piece.tag)) return 'a heading';
  if (piece.tag === 'ul' || piece.tag === 'ol') return 'a list';
  return piece.tag === 'div' ? 'a table' : `<${piece.tag}>`;
};

/** Reports the first block that is not one of these tags. */
function onlyBlocks(blocks: Piece[], tags: string[], kind: Holds, call: Call, holding: Holding): boolean {
  const stray = blocks.find((piece) => piece.tag !== '#text' && !tags.includes(piece.tag));
  if (stray) holding.report(problem.wrongChildren({ line: lineOf(stray, call) }, call.name, kind, nameOf(stray)));
  return !stray;
}

const shapes: Partial<Record<Holds, Shape>> = {
  list: (blocks, call, holding) => {
    const lists = blocks.filter((piece) => piece.tag !== '#text');
    if (onlyBlocks(blocks, ['ul', 'ol'], 'list', call, holding) && lists.length > 1)
      holding.report(problem.wrongChildren({ line: lineOf(lists[1], call) }, call.name, 'list', 'a second list'));
    return blocks;
  },
  entries: (blocks, call, holding) => {
    if (!onlyBlocks(blocks, ['ul', 'ol'], 'entries', call, holding)) return blocks;
    const items = blocks.flatMap((piece) => ('children' in piece ? piece.children : []));
    const entries = items.filter((piece): piece is ElementPiece => piece.tag === 'li');
    const wrong = entries.find((item) => !entry(item, holding));
    if (wrong) holding.report(problem.entryWithoutDate({ line: wrong.line }, call.name, wordsOf([wrong])));
    return [{ tag: 'ol', attributes: [['class', 'entries']], children: items, line: call.line }];
  },
  questions: (blocks, call, holding) => {
    let asked: ElementPiece | undefined;
    let hasAnswer = true;
    for (const piece of blocks) {
      if (piece.tag === '#text') continue;
      const isQuestion = /^h\d$/.test(piece.tag);
      if (isQuestion && !hasAnswer) break;
      if (!isQuestion && !asked) {
        holding.report(
          problem.wrongChildren(
            { line: lineOf(piece, call) },
            call.name,
            'questions',
            `${nameOf(piece)} before any question`,
          ),
        );
        return blocks;
      }
      if (isQuestion) asked = piece as ElementPiece;
      hasAnswer = !isQuestion;
    }
    if (!hasAnswer && asked) holding.report(problem.questionWithoutAnswer({ line: asked.line }, wordsOf([asked])));
    return blocks;
  },
  pictures: (blocks, call, holding) => {
    if (!onlyBlocks(blocks, ['#picture'], 'pictures', call, holding)) return blocks;
    const pictures = blocks.filter((piece) => piece.tag === '#picture');
    if (pictures.length === 1) holding.report(problem.galleryOfOne({ line: call.line }));
    return pictures;
  },
  pair: (blocks, call, holding) => {
    if (!onlyBlocks(blocks, ['#picture'], 'pair', call, holding)) return blocks;
    const pictures = blocks.filter((piece) => piece.tag === '#picture');
    if (pictures.length !== 2) holding.report(problem.pairOfOthers({ line: call.line }, pictures.length));
    return pictures;
  },
  table: (blocks, call, holding) => {
    const place = { line: call.line };
    if (call.attributes.src !== undefined) holding.report(tableTwice(place));
    if (!onlyBlocks(blocks, ['div'], 'table', call, holding)) return blocks;
    const found = blocks.filter((piece): piece is ElementPiece => piece.tag !== '#text');
    const table = found[0] && find(found[0], (piece) => piece.tag === 'table');
    if (found.length > 1 || !table) {
      holding.report(
        problem.wrongChildren({ line: lineOf(found[1] ?? found[0], call) }, call.name, 'table', 'a second table'),
      );
      return blocks;
    }
    const caption: Piece[] = [{ tag: '#text', text: String(call.attributes.caption) }];
    const finished = finishTable(table, holding.words, {
      caption,
      hasRowHeads: call.attributes.headers !== 'columns',
    });
    return finished ? [finished.scroller] : blocks;
  },
};

/** Paragraphs become lines. Any other block does not belong here. */
function textOnly(children: Piece[], call: Call, holding: Holding): Piece[] {
  const text: Piece[] = [];
  for (const child of children) {
    if (!isBlock(child)) {
      text.push(child);
      continue;
    }
    if (child.tag !== 'p') {
      const shown =
        child.tag === '#picture' ? 'a picture' : child.tag === '#call' ? 'another component' : `<${child.tag}>`;
      holding.report(problem.textOnly({ line: lineOf(child, call) }, call.name, shown));
      continue;
    }
    if (!isBlank(text)) text.push({ tag: 'br', attributes: [], children: [], line: call.line });
    text.push(...(child as ElementPiece).children);
  }
  while (isBlankText(text[0])) text.shift();
  while (isBlankText(text.at(-1))) text.pop();
  return text;
}

/** Turns the bold text at the beginning of an item into its date. @returns whether there is any */
function entry(item: ElementPiece, { language, words: { colon } }: Pick<Holding, 'language' | 'words'>): boolean {
  const first = item.children.find((piece) => !isBlankText(piece));
  const paragraph = first?.tag === 'p' ? (first as ElementPiece) : undefined;
  const inside = paragraph ?? item;
  const at = inside.children.findIndex((piece) => !isBlankText(piece));
  const bold = inside.children[at];
  if (bold?.tag !== 'strong' && bold?.tag !== 'b') return false;
  const words = wordsOf([bold])
    .replace(/[\s:.,–—]+$/, '')
    .trim();
  if (words === '') return false;
  const iso = /^\d{4}(?:-\d{2}(?:-\d{2})?)?$/.test(words) && !Number.isNaN(Date.parse(words));
  const date: ElementPiece = {
    tag: iso ? 'time' : 'b',
    attributes: [['class', 'when'], ...(iso ? [['datetime', words] as [string, string]] : [])],
    children: iso ? [{ tag: '#text', text: dateIn(language, words) }] : (bold as ElementPiece).children,
    line: item.line,
  };
  const rest = inside.children.slice(at + 1);
  // Only the styles put the date on a line of its own, so the colon is kept for screen readers and feeds.
  const apart: Piece[] = [
    { tag: 'span', attributes: [['class', 'unseen']], children: [{ tag: '#text', text: colon }], line: item.line },
  ];
  const next = rest[0];
  if (next?.tag === '#text')
    rest[0] = { tag: '#text', text: (next as { text: string }).text.replace(/^\s*[:–—-]?\s+|^[:–—]\s*/, '') };
  if (paragraph) {
    paragraph.children = rest;
    item.children = [date, { tag: '#text', text: ' ' }, ...item.children];
  } else item.children = [date, ...apart, ...rest];
  return true;
}

/** `2025-03-04` as "4 March 2025", and `2025-03` as "March 2025". A day in a timeline has no time zone. */
function dateIn(language: string, iso: string): string {
  const [, month, day] = iso.split('-');
  const format: Intl.DateTimeFormatOptions = { year: 'numeric', timeZone: 'UTC', calendar: 'gregory' };
  if (month) format.month = 'long';
  if (day) format.day = 'numeric';
  return new Intl.DateTimeFormat(language, format).format(Date.parse(iso));
}
