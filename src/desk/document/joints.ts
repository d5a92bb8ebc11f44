/*
 * What Markdown does where two blocks meet: which of them need an empty line between them, and which would become one
 * block even with it. This file is also part of the interface.
 */

type Kind =
  | 'heading'
  | 'underlined'
  | 'fence'
  | 'quote'
  | 'break'
  | 'bullets'
  | 'numbers'
  | 'note'
  | 'html'
  | 'indented'
  | 'table'
  | 'other';

const starts: [Kind, RegExp][] = [
  ['indented', /^(?: {4}| {0,3}\t)/],
  ['fence', /^ {0,3}(?:`{3,}[^`]*$|~{3,})/],
  ['heading', /^ {0,3}#{1,6}(?:[ \t]|$)/],
  ['quote', /^ {0,3}>/],
  ['break', /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/],
  ['bullets', /^ {0,3}[-*+](?:[ \t]|$)/],
  ['numbers', /^ {0,3}\d{1,9}[.)](?:[ \t]|$)/],
  ['note', /^ {0,3}\[\^[^\]]+\]:/],
  ['html', /^ {0,3}<(?:[!?/a-z])/],
];

const linesIn = (text: string): string[] => text.split(/\r\n?|\n/);

function kindOf(text: string): Kind {
  const lines = linesIn(text);
  const found = starts.find(([, pattern]) => pattern.test(lines[0]!))?.[0];
  if (found) return found;
  if (/^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*$/.test(lines[1] ?? '') && /\|/.test(lines[1]!))
    return 'table';
  return lines.length > 1 && /^ {0,3}(?:=+|-+)[ \t]*$/.test(lines.at(-1)!) ? 'underlined' : 'other';
}

/** Two blocks that were neighbours, as they were and as they are. `gap` was between them. */
export interface Neighbours {
  before: string;
  after: string;
  gap: string | undefined;
  beforeWas: string;
  afterWas: string;
}

/** What is between two blocks that are new, or were not neighbours. */
export function gapFor({ before, after, gap, beforeWas, afterWas }: Neighbours, eol: string): string {
  if (gap === undefined || !/[\r\n]/.test(gap)) return eol + eol;
  if (gap.trim() !== '') return apart(gap, eol);
  if (linesIn(gap).length > 2) return gap;
  const kinds = [kindOf(before), kindOf(after)];
  if (kinds[0] === 'html' || kinds.every((kind) => kind === 'quote')) return eol + eol;
  const isAsBefore = before === beforeWas || (kindOf(before) === 'other' && kindOf(beforeWas) === 'other');
  const isAlike = isAsBefore && kindOf(after) === kindOf(afterWas);
  return isAlike || endsByItself(before) || canInterrupt(after) ? gap : eol + eol;
}

/** Text that belongs to no block, with an empty line on both sides. */
function apart(text: string, eol: string): string {
  const start = /^\s*/.exec(text)![0];
  const end = /\s*$/.exec(text)![0];
  return (linesIn(start).length > 2 ? start : eol + eol) + text.trim() + (linesIn(end).length > 2 ? end : eol + eol);
}

/** Whether the next line cannot be a part of this block. */
function endsByItself(text: string): boolean {
  const kind = kindOf(text);
  if (kind === 'heading') return linesIn(text).length === 1;
  return kind === 'break' || kind === 'underlined' || (kind === 'fence' && openFence(text) === undefined);
}

/** Whether this block can begin on the line below a paragraph. */
function canInterrupt(text: string): boolean {
  const [first = ''] = linesIn(text);
  switch (kindOf(text)) {
    case 'heading':
    case 'fence':
    case 'quote':
      return true;
    case 'break':
      return !/^ {0,3}-/.test(first);
    case 'bullets':
      return /^ {0,3}[-*+][ \t]+\S/.test(first);
    case 'numbers':
      return /^ {0,3}1[.)][ \t]+\S/.test(first);
    default:
      return false;
  }
}

/** The fence that would end this block, if it has none of its own because it was the last one of its file. */
function openFence(text: string): string | undefined {
  const lines = linesIn(text);
  const fence = /^ {0,3}(`{3,}|~{3,})/.exec(lines[0]!)?.[1];
  if (!fence) return undefined;
  const end = new RegExp(`^ {0,3}${fence[0]}{${fence.length},}[ \\t]*$`);
  return lines.slice(1).some((line) => end.test(line)) ? undefined : fence;
}

/** A block that other blocks can follow. */
export function closed(text: string, eol: string): string {
  const fence = openFence(text);
  return fence === undefined ? text : `${text}${/[\r\n]$/.test(text) ? '' : eol}${fence}`;
}

/**
 * A block as it must be written below another one with an empty line between them. Two lists become one unless their
 * markers differ, and indented lines become a part of the list above them.
 *
 * @param below the block that follows. If this block is new, its marker differs from both
 */
export function fitted(
  { above, below, isNew }: { above: string | undefined; below: string | undefined; isNew: boolean },
  text: string,
  eol: string,
): string {
  const level = atItsLevel(above, text, eol);
  const own = markerOf(level);
  if (own === undefined) return level;
  const others = [above, below].map((one) => (one === undefined ? undefined : markerOf(one)));
  if (own !== others[0] && !(isNew && own === others[1])) return level;
  const signs = /[-*+]/.test(own) ? ['-', '*', '+'] : ['.', ')'];
  const choice = signs.find((sign) => !others.includes(sign)) ?? signs.find((sign) => sign !== others[0]);
  return choice ? withMarker(level, own, choice) : level;
}

/** The sign of a list: `-`, `*`, `+`, `.`, or `)`. */
function markerOf(text: string): string | undefined {
  const kind = kindOf(text);
  if (kind === 'bullets') return text.trimStart()[0];
  return kind === 'numbers' ? /\d([.)])/.exec(text)?.[1] : undefined;
}

/** Only the entries of the list itself begin at its margin. */
function withMarker(text: string, own: string, other: string): string {
  const indent = /^ */.exec(text)![0].length;
  const entry = /[-*+]/.test(own)
    ? new RegExp(`^( {0,${indent + 1}})[${own}](?=[ \\t]|$)`, 'gm')
    : new RegExp(`^( {0,${indent + 1}}\\d{1,9})[${own}](?=[ \\t]|$)`, 'gm');
  return text.replace(entry, (_, before: string) => before + other);
}

/** Indented lines below a list would be a part of its last entry, and below other such lines a part of these. */
function atItsLevel(above: string | undefined, text: string, eol: string): string {
  const kind = above === undefined ? 'other' : kindOf(above);
  const isList = kind === 'bullets' || kind === 'numbers';
  if (kindOf(text) === 'indented') return isList || kind === 'note' || kind === 'indented' ? asFence(text, eol) : text;
  const indent = /^ {0,3}/.exec(text)![0].length;
  const inside = isList ? /(?:[-*+]|\d+[.)])/.exec(above!)![0].length + 1 : 4;
  return indent < inside ? text : text.replace(new RegExp(`^ {1,${indent}}`, 'gm'), '');
}

function asFence(text: string, eol: string): string {
  const lines = linesIn(text).map((line) => line.replace(/^(?: {0,3}\t| {1,4})/, ''));
  const fence = '`'.repeat(Math.max(3, ...lines.map((line) => (/`+/.exec(line)?.[0].length ?? 0) + 1)));
  return [fence, ...lines, fence].join(eol);
}
