import type { ShownPicture } from '../pictures/picture.ts';
import type { Card } from '../story/card.ts';
import type { Placeholder } from '../story/placeholder.ts';
import type { ShownTable } from '../story/table-file.ts';

/*
 * What templates print of a text and of what its components name. Every address is without the site's base (see
 * `hrefOf`).
 */

/** A body with its pictures and links resolved. Print the parts in order. */
export type ShownBody = ShownPart[];
export type ShownPart =
  | { kind: 'html'; html: string }
  | { kind: 'picture'; picture: ShownPicture; size?: 'wide' | 'full' | 'half' }
  | { kind: 'placeholder'; placeholder: Placeholder }
  | ShownElement;

/** A component of a story, with what its attributes name. */
export interface ShownElement {
  kind: 'element';
  name: string;
  attributes: Record<string, string | boolean>;
  children: ShownBody;
  /** The level of the heading that it prints. */
  level?: number;
  picture?: ShownPicture;
  /** With the complete `href`. Absent while the story is not public. */
  story?: Card & { href: string };
  table?: ShownTable;
  author?: ShownAuthor;
}

/** An author as a story shows them. They have `href` and a picture only while they have a page. */
export interface ShownAuthor {
  name: string;
  role?: string;
  bio?: string;
  picture?: ShownPicture;
  href?: string;
}

/**
 * A text with a link. Without `href`, only the text is printed (a story that is not public yet). `href` is complete or
 * already includes the base.
 */
export interface ShownLink {
  title: string;
  href?: string;
  /** The id of a story. */
  card?: Card;
  /** BCP 47, for a story. Absent for other pages, whose titles an editor wrote in the language of the story. */
  language?: string;
}

export interface NextStory {
  address: string;
  headline: string;
  language?: string;
}

/** What is printed of a story that is shown beside another one. */
export const nextStory = ({ address, headline, language }: Card): NextStory => ({ address, headline, language });
