import { expect, test } from 'vitest';
import { fillPattern, oldDay, patternProblem } from './permalink.ts';

const parts = {
  day: '2015-03-04',
  time: '18:05:09',
  fileSlug: 'harbour',
  title: 'The Harbour: open',
  path: 'news/sea/2015-03-04-harbour',
  name: '2015-03-04-harbour',
  categories: ['News', 'The Sea'],
  folders: ['news', 'sea'],
  id: '17',
  author: 'Ann Lee',
};

// As the documentation of Jekyll, Hugo, and Hexo defines them.
test.each([
  ['/en/blog/{path}/', '/en/blog/news/sea/2015-03-04-harbour/'],
  ['/{yyyy}/{mm}/{dd}/{slug}.html', '/2015/03/04/harbour.html'],
  ['/{section}/{name}', '/news/2015-03-04-harbour'],
  ['/:year/:month/:title/', '/2015/03/harbour/'],
  ['/:categories/:year/:month/:day/:title.html', '/news/the-sea/2015/03/04/harbour.html'],
  ['/:short_year/:i_month/:i_day/:y_day/:title:output_ext', '/15/3/4/063/harbour.html'],
  ['/:short_month/:long_month/:short_day/:long_day/:slug', '/Mar/March/Wed/Wednesday/harbour'],
  ['/:w_year/:week/:w_day/:hour:minute:second/:name/', '/2015/10/3/180509/harbour/'],
  ['/:collection/:path', '/news/news/sea/2015-03-04-harbour'],
  ['/:slugified_categories/:basename', '/news/the-sea/2015-03-04-harbour'],
  ['date', '/news/the-sea/2015/03/04/harbour.html'],
  ['pretty', '/news/the-sea/2015/03/04/harbour/'],
  ['ordinal', '/news/the-sea/2015/063/harbour.html'],
  ['weekdate', '/news/the-sea/2015/W10/Wed/harbour.html'],
  ['none', '/news/the-sea/harbour.html'],
  ['/:section/:filename/', '/news/2015-03-04-harbour/'],
  ['/:sections/:contentbasename/:title', '/news/sea/2015-03-04-harbour/the-harbour-open'],
  ['/:sections[1]/:sections[last]/:sections[1:]/:slugorfilename', '/sea/sea/sea/harbour'],
  ['/:monthname/:weekday/:weekdayname/:yearday/:slug/', '/march/3/wednesday/63/the-harbour-open/'],
  ['/:slugorcontentbasename/:contentbasenameorslug', '/harbour/harbour'],
  [':year/:month/:day/:title/', '/2015/03/04/harbour/'],
  [':category/:post_title/:id/:author/', '/news/the-harbour-open/17/ann-lee/'],
  ['/:timestamp/', '/1425492309/'],
  ['/:year-:month_:title', '/2015-03_harbour'],
])('%s is %s', (pattern, address) => {
  expect(patternProblem(pattern)).toBeUndefined();
  expect(fillPattern(pattern, parts)).toBe(address);
});

test('a slug of the front matter comes first; :title of Hugo is the title', () => {
  expect(fillPattern('/:title/:slug/{slug}', { ...parts, slug: 's' })).toBe('/s/s/s');
  expect(fillPattern('/:title/:slug', { ...parts, isTitleWords: true })).toBe('/the-harbour-open/the-harbour-open');
});

test('without a category its place disappears; without a date there is no address', () => {
  expect(fillPattern('/:categories/:title/', { ...parts, categories: [] })).toBe('/harbour/');
  for (const pattern of ['/{yyyy}/{slug}/', '/:year/:title/', '/:week/:title/', '/:hour/:title/', '/:timestamp/'])
    expect(fillPattern(pattern, { ...parts, day: undefined })).toBeUndefined();
});

test.each([
  ['/:yaer/:title/', 'there is no :yaer. Did you mean  :year ?'],
  ['/{yyy}/{slug}/', 'there is no {yyy}. Did you mean  {yyyy} ?'],
  ['blog/{slug}', 'a pattern begins with one / .'],
  ['//x/{slug}', 'a pattern begins with one / .'],
  ['/:year/:month/', 'every story would have the same address; add {path} or {slug}.'],
])('%s: %s', (pattern, problem) => expect(patternProblem(pattern)).toBe(`--permalink ${pattern}: ${problem}`));

test('a day is counted as the old site counted it', () => {
  const at = (text: string, zone?: string) => oldDay({ text, instant: Date.parse(text) }, zone).day;
  expect(at('2015-03-04T23:30:00-05:00')).toBe('2015-03-04');
  expect(at('2015-03-04T00:30:00+02:00')).toBe('2015-03-04');
  expect(at('2015-03-04T23:30:00Z', 'Europe/Berlin')).toBe('2015-03-05');
  expect(at('2015-03-04', 'America/New_York')).toBe('2015-03-04');
  expect(at('2015-03-04T23:30:00', 'Asia/Tokyo')).toBe('2015-03-04');
});
