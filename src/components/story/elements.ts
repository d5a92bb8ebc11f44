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
 * The template for each component that a story can use. `<Picture>` and `<Figure>` are not among them, because they are
 * pictures in the body like any other.
 */
const printed: Record<Exclude<ElementName, 'Picture' | 'Figure'>, AstroComponentFactory> = {
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

/**
 * Components in the newsroom's `theme/components/` are added by name. One with the name of a built-in component has
 * already replaced it.
 */
export const elements: Record<string, AstroComponentFactory> = { ...ofTheme, ...printed };
