import type { BlockContent, DefinitionContent, PhrasingContent } from 'mdast';
import type { MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx';
import type { LinkAnswer, PictureAnswer } from '../body/context.ts';
import type { ChangeKind } from '../receipt.ts';
import type { HtmlFacts } from '../source.ts';
import type { HtmlElement, HtmlNode } from './tree.ts';

/** What converting a text of HTML needs to know. */
export interface HtmlContext extends HtmlFacts {
  /** Resolves the address in a link. */
  link(url: string): LinkAnswer;
  /** Finds the file that the address of a picture refers to. */
  picture(url: string): PictureAnswer;
  /** The lead picture of the story: its name beside the story, or its address. A body that begins with it repeats it. */
  lead?: string;
  /** A body that begins with it as a heading repeats it. */
  headline?: string;
  /** Records a change in the receipt. */
  note(kind: ChangeKind, before: string, after: string): void;
}

/** Blocks and running text of a Markdown tree, side by side, as HTML allows. */
export type Mixed = PhrasingContent | MdxJsxTextElement | MdxJsxFlowElement | BlockContent | DefinitionContent | Break;

/** Ends a paragraph. */
export interface Break {
  type: 'paragraphEnd';
}

/** The steps of a conversion, which call each other. */
export interface Converter {
  readonly context: HtmlContext;
  readonly pictures: BodyPictures;
  /** The id of a footnote → its identifier, if an element refers to one or is one. */
  readonly footnotes: Footnotes;
  /** Converts children. */
  all(nodes: readonly HtmlNode[]): Mixed[];
  /** Converts children to blocks. */
  blocks(nodes: readonly HtmlNode[]): Flow[];
  /** Converts children to running text. Pictures and blocks inside lose their form, not their words. */
  phrasing(nodes: readonly HtmlNode[]): PhrasingContent[];
  /** Running text as one line of Markdown, for captions. */
  line(nodes: readonly HtmlNode[]): string;
}

export type Flow = BlockContent | DefinitionContent | MdxJsxFlowElement;

/** Where the pictures of a body are collected. See `pictures.ts`. */
export interface BodyPictures {
  /** A picture as a block, or nothing if it has no address. */
  add(picture: FoundPicture): Flow[];
}

export interface FoundPicture {
  src: string;
  /** The id under which the archive stores the texts of the picture. */
  id?: string;
  alt?: string;
  caption?: string;
  credit?: string;
}

export interface Footnotes {
  /** Elements that refer to a footnote → its identifier. */
  references: ReadonlyMap<HtmlElement, string>;
  /** Elements that are the text of a footnote, or contain nothing else. They are left out of the body. */
  texts: ReadonlySet<HtmlElement>;
}
