// biome-ignore-all assist/source/organizeImports: the manual keeps this order, and each export has its own sentence
import type { ComponentProps } from 'astro/types';

/*
 * What a theme can import: `import { Foot, hrefOf } from 'broadsheet/theme'`. These names and the props of these
 * components stay the same within a major version. A theme can replace those in `components/`, and no others.
 * `docs/theme-components.md` is generated from this file. A theme gets only the names that it imports
 * (`press/theme-face.ts`), because the styles of a component are imported with it. So each export names its file.
 */

/** The boxes for support, newsletter, and tips. */
export { default as Asks } from './components/Asks.astro';
/** A story in a list. */
export { default as Card } from './components/Card.astro';
/** The footer of every page. */
export { default as Foot } from './components/Foot.astro';
/** Breaking news at the top of a front. */
export { default as Banner } from './components/front/Banner.astro';
/** The links into the archive of a list. */
export { default as Periods } from './components/front/Periods.astro';
/** A story that an editor pinned to a front. */
export { default as Pinned } from './components/front/Pinned.astro';
/** A row of stories on a front. */
export { default as Rail } from './components/front/Rail.astro';
/** `hueOf(site, section)`: the class that gives an element the colour of a section. */
export { hueOf } from './components/hue.ts';
/** The header of every page: the name of the paper and the sections. */
export { default as Masthead } from './components/Masthead.astro';
/** The label of a paid story in a list. */
export { default as Paid } from './components/Paid.astro';
/** A picture in a list, or a portrait. */
export { default as Photo } from './components/Photo.astro';
/** The form for the search: the paper's own, or the service that site.yaml names. */
export { default as SearchForm } from './components/SearchForm.astro';
/** The results of the paper's own search, and its script. */
export { default as SearchResults } from './components/SearchResults.astro';
/** The authors below a story. */
export { default as Authors } from './components/story/Authors.astro';
/** `<BlockQuote>` in a story. */
export { default as BlockQuote } from './components/story/BlockQuote.astro';
/** The authors at the top of a story, with their portraits. */
export { default as Byline } from './components/story/Byline.astro';
/** `<Embed>` in a story. */
export { default as Embed } from './components/story/Embed.astro';
/** Everything below the last paragraph of a story. */
export { default as EndMatter } from './components/story/EndMatter.astro';
/** `<FactBox>` in a story. */
export { default as FactBox } from './components/story/FactBox.astro';
/** The notice instead of a picture that the newsroom does not have, with its caption and credit. */
export { default as Figure } from './components/story/Figure.astro';
/** `<Gallery>` in a story. */
export { default as Gallery } from './components/story/Gallery.astro';
/** `<KeyPoints>` in a story. */
export { default as KeyPoints } from './components/story/KeyPoints.astro';
/** The line with authors, dates, and translations of a story. */
export { default as Meta } from './components/story/Meta.astro';
/** Other stories and pages below a story. */
export { default as More } from './components/story/More.astro';
/** `<Pair>` in a story. */
export { default as Pair } from './components/story/Pair.astro';
/** A picture in a story, with its caption and credit. */
export { default as Picture } from './components/story/Picture.astro';
/** `<Profile>` in a story. */
export { default as Profile } from './components/story/Profile.astro';
/** `<PullQuote>` in a story. */
export { default as PullQuote } from './components/story/PullQuote.astro';
/** `<Questions>` in a story. */
export { default as Questions } from './components/story/Questions.astro';
/** `<ReadMore>` in a story. */
export { default as ReadMore } from './components/story/ReadMore.astro';
/** `<RichLink>` in a story. */
export { default as RichLink } from './components/story/RichLink.astro';
/** The links to the other parts of a series. */
export { default as SeriesNav } from './components/story/SeriesNav.astro';
/** `<Table>` in a story. */
export { default as Table } from './components/story/Table.astro';
/** `<Timeline>` in a story. */
export { default as Timeline } from './components/story/Timeline.astro';
/** `<Warning>` in a story. */
export { default as Warning } from './components/story/Warning.astro';
/** What readers see instead of a story that was withdrawn. */
export { default as Withdrawn } from './components/story/Withdrawn.astro';
/** A page in `theme/pages/`: the head, header, and footer of the site around its content. */
export { default as Page } from './layouts/Page.astro';
/** The latest stories of a list. */
export { default as LatestStories } from './layouts/theme-page/LatestStories.astro';
/** `await latestStories('section/world', 5)`: the latest stories of a list, for pages in `theme/pages/`. */
export { latestStories } from './layouts/theme-page/latest.ts';
/** `datesOf(language, timeZone)`: functions that write dates and times. */
export { datesOf } from './i18n/dates.ts';
/** `attributesOf(language, around)`: `lang` and `dir` for text in a different language from the text around it. */
export { attributesOf } from './i18n/language.ts';
/** `wordsOf(language)`: the built-in words of Broadsheet in a given language. */
export { wordsOf } from './i18n/words.ts';
export type { ShownPicture } from './pictures/picture.ts';
/** `sectionAddress('world')`: the address of a section. */
export { sectionAddress } from './site/address.ts';
export type { Section, Site } from './site/site.ts';
/** `hrefOf(site, '/about/')`: an address of the site as a link, with the path of the site's url. */
export { hrefOf } from './site/site.ts';
/** `absoluteHrefOf(site, '/about/')`: the same with scheme and host. */
export { absoluteHrefOf } from './site/site.ts';
export type { Card as CardData } from './story/card.ts';

// biome-ignore lint/suspicious/noExplicitAny: as ComponentProps itself wants it
type PropsOf<Component extends (given: any) => any> = ComponentProps<Component>;
export type MastheadProps = PropsOf<typeof import('./components/Masthead.astro').default>;
export type FootProps = PropsOf<typeof import('./components/Foot.astro').default>;
export type CardProps = PropsOf<typeof import('./components/Card.astro').default>;
export type PageProps = PropsOf<typeof import('./layouts/Page.astro').default>;
export type LatestStoriesProps = PropsOf<typeof import('./layouts/theme-page/LatestStories.astro').default>;
export type PhotoProps = PropsOf<typeof import('./components/Photo.astro').default>;
export type SearchFormProps = PropsOf<typeof import('./components/SearchForm.astro').default>;
export type SearchResultsProps = PropsOf<typeof import('./components/SearchResults.astro').default>;
export type AsksProps = PropsOf<typeof import('./components/Asks.astro').default>;
export type PaidProps = PropsOf<typeof import('./components/Paid.astro').default>;
export type BannerProps = PropsOf<typeof import('./components/front/Banner.astro').default>;
export type PinnedProps = PropsOf<typeof import('./components/front/Pinned.astro').default>;
export type RailProps = PropsOf<typeof import('./components/front/Rail.astro').default>;
export type PeriodsProps = PropsOf<typeof import('./components/front/Periods.astro').default>;
export type BylineProps = PropsOf<typeof import('./components/story/Byline.astro').default>;
export type MetaProps = PropsOf<typeof import('./components/story/Meta.astro').default>;
export type PictureProps = PropsOf<typeof import('./components/story/Picture.astro').default>;
export type EndMatterProps = PropsOf<typeof import('./components/story/EndMatter.astro').default>;
export type AuthorsProps = PropsOf<typeof import('./components/story/Authors.astro').default>;
export type MoreProps = PropsOf<typeof import('./components/story/More.astro').default>;
export type SeriesNavProps = PropsOf<typeof import('./components/story/SeriesNav.astro').default>;
export type WithdrawnProps = PropsOf<typeof import('./components/story/Withdrawn.astro').default>;
export type BlockQuoteProps = PropsOf<typeof import('./components/story/BlockQuote.astro').default>;
export type EmbedProps = PropsOf<typeof import('./components/story/Embed.astro').default>;
export type FactBoxProps = PropsOf<typeof import('./components/story/FactBox.astro').default>;
export type FigureProps = PropsOf<typeof import('./components/story/Figure.astro').default>;
export type GalleryProps = PropsOf<typeof import('./components/story/Gallery.astro').default>;
export type KeyPointsProps = PropsOf<typeof import('./components/story/KeyPoints.astro').default>;
export type PairProps = PropsOf<typeof import('./components/story/Pair.astro').default>;
export type ProfileProps = PropsOf<typeof import('./components/story/Profile.astro').default>;
export type PullQuoteProps = PropsOf<typeof import('./components/story/PullQuote.astro').default>;
export type QuestionsProps = PropsOf<typeof import('./components/story/Questions.astro').default>;
export type ReadMoreProps = PropsOf<typeof import('./components/story/ReadMore.astro').default>;
export type RichLinkProps = PropsOf<typeof import('./components/story/RichLink.astro').default>;
export type TableProps = PropsOf<typeof import('./components/story/Table.astro').default>;
export type TimelineProps = PropsOf<typeof import('./components/story/Timeline.astro').default>;
export type WarningProps = PropsOf<typeof import('./components/story/Warning.astro').default>;
