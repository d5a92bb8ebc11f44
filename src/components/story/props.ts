import type { ShownElement } from '../../queries/results.ts';
import type { Site } from '../../site/site.ts';
import type { ElementAttributes, ElementName } from '../../story/elements.ts';

/** What the template of a component receives besides its attributes. */
export interface ElementProps {
  site: Site;
  /** The component with what its attributes name: a picture, a story, a table, or an author. */
  part: ShownElement;
  /** The language of the built-in words. */
  voice: string;
  /** The language of the surrounding text. */
  language: string;
  /** `lang` and `dir` for the built-in words, if the story is in another language. */
  ours: { lang?: string | undefined; dir?: 'ltr' | 'rtl' | undefined };
}

export type PropsOf<Name extends ElementName> = ElementAttributes<Name> & ElementProps;

/** The tag of the heading that a component prints. */
export const headingOf = ({ level = 2 }: ShownElement): 'h2' => `h${level}` as 'h2';
