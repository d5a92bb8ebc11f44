import type { Definition, FootnoteDefinition } from 'mdast';
import { comparable } from '../../pictures/plain-text.ts';
import { isWebAddress } from '../../site/link-address.ts';
import { ownString } from '../own-string.ts';
import type { Change } from '../receipt.ts';
import { converterOf } from './blocks.ts';
import type { Converter, Flow, HtmlContext } from './context.ts';
import { findFootnotes, footnoteDefinitions } from './footnotes.ts';
import { liftPictures } from './lift-pictures.ts';
import { Pictures } from './pictures.ts';
import { printBody } from './print.ts';
import { type HtmlElement, type HtmlNode, parseHtml, wordsIn } from './tree.ts';

/** The body of a story that was HTML. */
export interface HtmlBody {
  text: string;
  /** `mdx` if the body contains components. */
  format: 'md' | 'mdx';
  /** Files beside the story that convey no information. */
  decorative: string[];
  /** Alt texts by the name of the copied file. */
  alts: ReadonlyMap<string, string>;
  /** The texts of the lead picture, if the body began with it. It is no longer in the body. */
  lead?: { alt?: string; caption?: string; credit?: string };
  changes: Omit<Change, 'file' | 'line'>[];
}

/**
 * Converts HTML into the body of a story. This is the one door for every archive whose texts are HTML.
 *
 * Structure becomes what a story has for it: figures with captions and credits, galleries, pull quotes, tables,
 * footnotes, and cards for what other sites show. Scripts and styles go. Whatever is not known keeps its words.
 *
 * @param context its `picture` is asked once for each use of a picture. `note` is not needed
 * @throws HtmlLimitError for a text that is too large
 */
export function convertHtml(html: string, context: Omit<HtmlContext, 'note'>): HtmlBody {
  const changes: HtmlBody['changes'] = [];
  const noting: HtmlContext = {
    ...context,
    note: (kind, before, after) => void changes.push({ kind, before: short(before), after: short(after) }),
  };
  const { root, dropped } = parseHtml(html);
  for (let count = 0; count < dropped.scripts; count++) noting.note('code-dropped', '<script> or <style>', '');
  for (let count = 0; count < dropped.hidden; count++) noting.note('html-changed', 'a hidden element', '');
  for (const name of dropped.others) noting.note('html-changed', `<${name}>`, '');
  const stored = new Map<string, HtmlNode[]>();
  for (const [id, text] of context.footnotes ?? []) stored.set(id, parseHtml(text).root.children);
  const footnotes = findFootnotes(root, stored);
  liftPictures(root);
  const pictures = new Pictures(noting);
  const converter = converterOf(noting, pictures, footnotes);
  const { blocks: all, lead } = pictures.withoutLead(converter.blocks(root.children));
  const blocks = withoutHeadline(all, noting);
  const notes: (FootnoteDefinition | Definition)[] = footnoteDefinitions(footnotes, converter);
  pictures.finish();
  const { text, format } = printBody([...blocks, ...notes]);
  return { text, format, decorative: [...pictures.decorative], alts: pictures.alts, lead, changes };
}

/** A page or an agency repeats the headline above the text, sometimes below a label. */
function withoutHeadline(blocks: readonly Flow[], { headline, note }: HtmlContext): Flow[] {
  if (headline === undefined) return [...blocks];
  const wanted = wordsOfLine(headline);
  const place = blocks
    .slice(0, headlinePlaceMax + 1)
    .findIndex((block) => /^(?:heading|paragraph)$/.test(block.type) && wordsOfLine(textOf(block)) === wanted);
  const repeated = blocks[place];
  // A text of one line can be its own headline.
  if (repeated === undefined || wanted === '' || (repeated.type === 'paragraph' && blocks.length === 1))
    return [...blocks];
  const words = textOf(repeated);
  note('heading-dropped', words, '');
  return blocks.toSpliced(place, 1);
}

const headlinePlaceMax = 2;

/** Without the full stop that some agencies put after a headline. */
const wordsOfLine = (line: string): string => comparable(line).replace(/[.\s]+$/, '');

const textOf = (node: object): string =>
  'value' in node && typeof node.value === 'string'
    ? node.value
    : 'children' in node && Array.isArray(node.children)
      ? node.children.map((child: object) => textOf(child)).join('')
      : '';

const charsMax = 300;
const short = (text: string): string => ownString(text.length > charsMax ? `${text.slice(0, charsMax)}…` : text);

/** A piece of HTML as one line of Markdown, for captions. Its links stay as they are, and pictures are left out. */
export function htmlLine(html: string): string {
  if (!/[<&\n*_`[\]\\]/.test(html)) return html.trim();
  return converterWithoutContext().line(parseHtml(html).root.children);
}

/** The words of a piece of HTML on one line, without markup, for headlines and credits. */
export function htmlWords(html: string): string {
  if (!/[<&]/.test(html)) return html.replace(/\s+/g, ' ').trim();
  return wordsIn(spaced(parseHtml(html).root));
}

function converterWithoutContext(): Converter {
  const context: HtmlContext = {
    link: (url) => (isWebAddress(url) ? { kind: 'keep' } : { kind: 'dead' }),
    picture: () => ({ kind: 'away' }),
    note: () => {},
  };
  return converterOf(context, { add: () => [] }, { references: new Map(), texts: new Set() });
}

/** With a space where a block or a line ends. */
function spaced(node: HtmlElement): HtmlElement {
  return {
    ...node,
    children: node.children.flatMap((child): HtmlNode[] =>
      typeof child === 'string'
        ? [child]
        : /^(?:br|p|div|li|h[1-6]|td|th|tr)$/.test(child.tag)
          ? [' ', spaced(child), ' ']
          : [spaced(child)],
    ),
  };
}
