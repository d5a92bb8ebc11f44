/* All queries that a page can make, in the form that templates use. */

export { queryAuthor } from './authors.ts';
export { queryCorrected, queryCorrections } from './corrections.ts';
export { queryArchiveParts, queryNewestArchive, queryPartnerFeed } from './feeds.ts';
export { queryFront } from './fronts.ts';
export { queryHosting } from './hosting.ts';
export { queryLatest, queryOlder, queryPeriod, queryPeriods } from './lists.ts';
export { queryNewsSitemap } from './news-sitemap.ts';
export { queryOffered } from './offered.ts';
export { queryPage } from './pages.ts';
export { queryRedirects } from './redirects.ts';
export { querySearchYear } from './search-index.ts';
export { querySeries, querySeriesPage, querySeriesPlace } from './series.ts';
export { querySite, queryTrust } from './site.ts';
export { querySitemap } from './sitemap.ts';
export { queryLink, queryRelated, queryStory } from './stories.ts';
export { queryThemePage } from './theme-pages.ts';
export { queryTopic } from './topics.ts';
export { queryWhole } from './whole.ts';
export { queryWire, queryWireDay, queryWireDays } from './wire.ts';
