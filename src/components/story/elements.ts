import ofTheme from 'virtual:broadsheet/theme-elements';
import type { AstroComponentFactory } from 'astro/runtime/server/index.js';
import type { ElementName } from '../../story/elements.ts';
import FactBox from './FactBox.astro';
import PullQuote from './PullQuote.astro';
import ReadMore from './ReadMore.astro';

/**
 * What prints each component that a story may use. A `<Picture>` never comes here: it is a picture of
 * the body like any other.
 */
const printed: Record<Exclude<ElementName, 'Picture'>, AstroComponentFactory> = { FactBox, PullQuote, ReadMore };

/** Those of the newsroom's `theme/components/` join by name; one that is called like ours has taken its place already. */
export const elements: Record<string, AstroComponentFactory> = { ...ofTheme, ...printed };
