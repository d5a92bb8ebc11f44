/* What queries return to the templates. It is plain data, and every address is without the site's base (see `hrefOf`). */

export type { ShownPicture } from '../pictures/picture.ts';
export type { BylineEntry, Card } from '../story/card.ts';
export type { Correction } from '../story/correction.ts';
export type { Placeholder } from '../story/placeholder.ts';
export type { AuthorResult } from './authors.ts';
export type { CorrectedResult, CorrectionsPage } from './corrections.ts';
export type { ArchivePlace, PartnerFeedResult } from './feeds.ts';
export type { FrontResult, Package } from './fronts.ts';
export type { HostingResult } from './hosting.ts';
export type { PeriodResult } from './lists.ts';
export type { NewsSitemapResult } from './news-sitemap.ts';
export type { PageResult } from './pages.ts';
export type { SeriesPage, SeriesPlace, SeriesResult } from './series.ts';
export type { NextStory, ShownAuthor, ShownBody, ShownElement, ShownLink, ShownPart } from './shown.ts';
export type { SitemapResult } from './sitemap.ts';
export type { StoryResult } from './stories.ts';
export type { ThemePageResult } from './theme-pages.ts';
export type { TopicName, TopicResult } from './topics.ts';
export type { WireDay, WireEntry, WireResult } from './wire.ts';
