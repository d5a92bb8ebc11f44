import type { Element, Nodes, RootContent, Text } from 'hast';
import { setRuns, setText, thing } from '../punctuation.ts';
import { componentTag, phrasing } from './sanitise.ts';

/*
 * Connects the compiling of a body with what sets punctuation (`story/punctuation.ts`): it passes on the text runs of each
 * paragraph, whatever markup separates them, and nothing of code, addresses, and ids.
 */

/** The source of a body, and a function that restores the escaped characters in it. */
export interface Shielded {
  text: string;
  /** Text outside code: an escaped character is the character itself, and stays as it is. */
  bare: (text: string) => string;
  /** In code, the backslash stays too. */
  code: (text: string) => string;
}

/**
 * A character after a backslash is meant literally, but after parsing it cannot be distinguished from others. So it
 * passes through the parser as a rare character of the same character class, because the parser's rules depend on the
 * class.
 */
export function shield(text: string): Shielded {
  if (!/\\["'.-]/.test(text) || /[⸨⸩⸢⸣]/.test(text)) return { text, bare: same, code: same };
  // Tags do not support backslash escapes, so text in a tag stays unchanged.
  const shielded = text.replace(/<[A-Za-z/!](?:"[^"]*"|'[^']*'|[^"'<>])*>|\\([\s\S])/g, (whole, sign?: string) =>
    sign === undefined ? whole : (shields[sign] ?? whole),
  );
  return { text: shielded, bare: (set) => back(set, ''), code: (set) => back(set, '\\') };
}

const same = (text: string): string => text;
const shields: Record<string, string> = { '"': '⸨', '.': '⸩', "'": '⸢', '-': '⸣' };
const signs: Record<string, string> = { '⸨': '"', '⸩': '.', '⸢': "'", '⸣': '-' };

const back = (text: string, before: string): string =>
  text
    .replace(/[⸨⸩⸢⸣]/g, (sign) => before + signs[sign]!)
    .replace(/%E2%B8%A[89]|%E2%B8%A[23]/gi, (sign) => encodeURIComponent(signs[decodeURIComponent(sign)]!));

/** Sets the texts of a tree in place. */
export function setTree(root: Nodes, language: string, { bare, code }: Shielded): void {
  const block = runsOf(language);
  const walk = (parent: { children: RootContent[] }, isCode: boolean, depth: number) => {
    // Anything deeper is refused when the tree is arranged.
    if (depth > depthWalked) return;
    joinTexts(parent);
    for (const node of parent.children) {
      if (node.type === 'text') {
        if (isCode) node.value = code(node.value);
        else
          block.add(node.value, (set) => {
            node.value = bare(set);
          });
      } else if (node.type === 'element') visit(node, isCode, depth);
    }
  };
  const visit = (node: Element, isCode: boolean, depth: number) => {
    const tag = node.tagName;
    const isInline = phrasing.has(tag);
    if (!isInline) block.end();
    for (const [name, value] of Object.entries(node.properties))
      if (typeof value === 'string')
        node.properties[name] = bare(tag === 'a' && name === 'title' ? setText(value, language) : value);
    const isOfCode = codes.has(tag);
    if (tag === 'br') block.add('\n');
    else if (tag === 'img' || (isOfCode && isInline) || isNoteSign(node)) block.add(thing);
    if (tag !== componentTag && isNoteSign(node)) return;
    walk(node as { children: RootContent[] }, isCode || isOfCode, depth + 1);
    if (!isInline) block.end();
  };
  if ('children' in root) walk(root as { children: RootContent[] }, false, 0);
  block.end();
}

const depthWalked = 300;
const codes = new Set(['code', 'pre', 'kbd', 'samp']);

const isNoteSign = ({ properties }: Element): boolean =>
  properties.dataFootnoteRef !== undefined || properties.dataFootnoteBackref !== undefined;

/** The parser splits text where it changed something, but quotation marks need the words around them. */
function joinTexts(parent: { children: RootContent[] }): void {
  const { children } = parent;
  if (!children.some((node, at) => node.type === 'text' && children[at + 1]?.type === 'text')) return;
  const joined: RootContent[] = [];
  for (const node of children) {
    const last = joined.at(-1);
    if (node.type === 'text' && last?.type === 'text') last.value += (node as Text).value;
    else joined.push(node);
  }
  parent.children = joined;
}

/** Collects the runs of a paragraph and sets them when it ends. */
function runsOf(language: string): { add: (run: string, put?: (set: string) => void) => void; end: () => void } {
  let runs: string[] = [];
  let puts: (((set: string) => void) | undefined)[] = [];
  return {
    add: (run, put) => {
      runs.push(run);
      puts.push(put);
    },
    end: () => {
      if (runs.length === 0) return;
      const set = setRuns(runs, language);
      for (let at = 0; at < set.length; at++) puts[at]?.(set[at]!);
      runs = [];
      puts = [];
    },
  };
}

/** Marks where markup begins or ends between words. It never occurs in text, because the parser removes it. */
export const edge = '\0';

/**
 * The text of a heading from which its id is made. A no-break space that was inserted beside markup counts as the space
 * that was typed. It stayed a plain space before markup was taken into account, and punctuation must not change an id.
 *
 * @param words with `edge` where markup begins or ends
 */
export const wordsForId = (words: string): string =>
  words.replace(/(?<!«)[\u00A0\u202F](?=\0)|(?<=\0)[\u00A0\u202F](?!»)/g, ' ').replaceAll(edge, '');
