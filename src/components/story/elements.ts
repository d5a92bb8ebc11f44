import ofTheme from 'virtual:broadsheet/theme-elements';
import type { AstroComponentFactory } from 'astro/runtime/server/index.js';
import type { ElementName } from '../../story/elements.ts';
import BlockQuote from './BlockQuote.astro';
import Embed from './Embed.astro';
import FactBox from './FactBox.astro';
import Gallery from './Gallery.astro';
import KeyPoints from './KeyPoints.astro';
import Pair from './Pair.astro';
import Profile from './Profile.astro';
import PullQuote from './PullQuote.astro';
import Questions from './Questions.astro';
import ReadMore from './ReadMore.astro';
import RichLink from './RichLink.astro';
import Table from './Table.astro';
import Timeline from './Timeline.astro';
import Warning from './Warning.astro';

/**
 * What prints each component that a story may use. A `<Picture>` never comes here: it is a picture of
 * the body like any other.
 */
const printed: Record<Exclude<ElementName, 'Picture'>, AstroComponentFactory> = {
  BlockQuote,
  Embed,
  FactBox,
  Gallery,
  KeyPoints,
  Pair,
  Profile,
  PullQuote,
  Questions,
  ReadMore,
  RichLink,
  Table,
  Timeline,
  Warning,
};

/** Those of the newsroom's `theme/components/` join by name; one that is called like ours has taken its place already. */
export const elements: Record<string, AstroComponentFactory> = { ...ofTheme, ...printed };
