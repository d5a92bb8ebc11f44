/**
 * What a trace promises. A page is kept unrendered only while
 *   - the template version is the one that rendered it, and
 *   - every query it made still has the same digest.
 * So a page that renders must not read a file except through a query (an edit would go unseen), nor
 * the clock (the page would age by itself). `press/what-an-edit-touches.test.ts` holds the lists.
 */

/** A query: its name and its arguments. Its JSON is the key under which traces are stored. */
export type Query =
  | ['site']
  | ['story', id: string]
  | ['card', name: string]
  | ['link', name: string]
  | ['latest', list: string, count: number]
  | ['older', list: string, id: string, count: number]
  | ['period', list: string, period: string, part: number]
  | ['periods', list: string]
  | ['neighbours', list: string, period: string]
  | ['topic', id: string]
  | ['author', id: string]
  | ['page', id: string]
  | ['front', id: string]
  | ['related', id: string]
  | ['series', id: string]
  | ['parts', series: string, page: number]
  | ['beside', id: string]
  | ['corrections', count: number]
  | ['corrected', period: string, part: number]
  | ['offered']
  | ['translations', original: string]
  | ['sitemap', part: string]
  | ['redirects']
  | ['alias', address: string];

/**
 * What a query is about. A change names subjects, and all queries about them are run again. A subject can be too wide
 * (a result that comes out the same makes nothing stale) but never too narrow.
 */
export function subjectOf(query: Query): string {
  switch (query[0]) {
    case 'card':
    case 'link':
      return `name:${query[1]}`;
    case 'latest':
      return `list:${query[1]}`;
    case 'older':
      return `older:${query[2]}`;
    case 'period':
      return `period:${query[1]}:${query[2]}`;
    case 'periods':
    case 'neighbours':
      return `periods:${query[1]}`;
    case 'related':
      return `story:${query[1]}`;
    case 'parts':
      return `series:${query[1]}`;
    case 'corrections':
      return 'list:corrections';
    case 'corrected':
      return `period:corrections:${query[1]}`;
    case 'site':
    case 'redirects':
    case 'offered':
      return query[0];
    default:
      return `${query[0]}:${query[1]}`;
  }
}
