import { readFileSync } from 'node:fs';
import markdownIt from 'markdown-it';

const titles = (name) => JSON.parse(readFileSync(new URL(`./titles/${name}.json`, import.meta.url), 'utf8'));
const [sections, topics, authors] = ['sections', 'topics', 'authors'].map(titles);
const pageSize = 24;
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const shortDay = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' });

export default function config(eleventy) {
  eleventy.setQuietMode(true);
  eleventy.setLibrary('md', markdownIt({ html: true, typographer: true }));
  eleventy.addPassthroughCopy({ static: '/' });
  eleventy.addGlobalData('sections', sections);
  eleventy.addGlobalData('topicTitles', topics);
  eleventy.addGlobalData('authorTitles', authors);

  eleventy.addFilter('iso', (date) => date.toISOString().replace('.000Z', 'Z'));
  eleventy.addFilter('isoDay', (date) => date.toISOString().slice(0, 10));
  eleventy.addFilter('day', (date) => day.format(date));
  eleventy.addFilter('shortDay', (date) => shortDay.format(date));
  eleventy.addFilter('moment', (date) => `${day.format(date)}, ${time.format(date)}`);
  eleventy.addFilter('json', (value) => JSON.stringify(value).replaceAll('<', '\\u003c'));
  eleventy.addFilter('people', (ids) =>
    ids.map((id) => ({ '@type': 'Person', name: authors[id], url: `https://bench.example/authors/${id}/` })),
  );
  eleventy.addFilter('titles', (ids) => ids.map((id) => topics[id]));
  eleventy.addFilter(
    'wordCount',
    (html) =>
      html
        .replace(/<[^>]+>/g, ' ')
        .split(/\s+/)
        .filter(Boolean).length,
  );
  eleventy.addFilter('first', (list, count) => (list ?? []).slice(0, count));

  const markdown = markdownIt({ html: true, typographer: true });
  eleventy.addPairedShortcode(
    'pullquote',
    (text, by) =>
      `<blockquote class="pull side"><p>${markdown.renderInline(text)}</p><footer>${by}</footer></blockquote>`,
  );
  eleventy.addPairedShortcode(
    'readmore',
    (text) => `<aside class="readmore"><p><b>Read more</b></p>\n${markdown.render(text.trim())}</aside>`,
  );

  // One pass for all lists, because Eleventy requests each collection once.
  let lists;
  const listsOf = (api) => {
    if (lists) return lists;
    const stories = api.getFilteredByGlob('content/stories/**/*.md').sort((one, other) => other.date - one.date);
    const by = (idsOf) => {
      const groups = new Map();
      for (const story of stories)
        for (const id of idsOf(story.data)) (groups.get(id) ?? groups.set(id, []).get(id)).push(story);
      return groups;
    };
    lists = {
      stories,
      sections: by(({ section }) => [section]),
      topics: by(({ topics }) => topics),
      authors: by(({ authors }) => authors),
    };
    for (const list of lists.sections.values())
      for (const [place, story] of list.entries()) story.data.older = list.slice(place + 1, place + 4);
    return lists;
  };
  const pagesOf = (prefix, title, stories) =>
    Array.from({ length: Math.max(1, Math.ceil(stories.length / pageSize)) }, (_, place) => ({
      prefix,
      title,
      number: place + 1,
      of: Math.ceil(stories.length / pageSize),
      address: place === 0 ? prefix : `${prefix}page/${place + 1}/`,
      newer: place === 1 ? prefix : `${prefix}page/${place}/`,
      older: `${prefix}page/${place + 2}/`,
      stories: stories.slice(place * pageSize, (place + 1) * pageSize),
    }));
  eleventy.addCollection('stories', (api) => listsOf(api).stories);
  eleventy.addCollection('bySection', (api) => Object.fromEntries(listsOf(api).sections));
  eleventy.addCollection('listPages', (api) => {
    const all = listsOf(api);
    return [
      ...pagesOf('/', '', all.stories),
      ...Object.entries(sections).flatMap(([id, title]) => pagesOf(`/${id}/`, title, all.sections.get(id) ?? [])),
      ...[...all.topics].flatMap(([id, stories]) => pagesOf(`/topics/${id}/`, topics[id], stories)),
      ...[...all.authors].flatMap(([id, stories]) => pagesOf(`/authors/${id}/`, authors[id], stories)),
    ];
  });
  eleventy.addCollection('feeds', (api) => {
    const all = listsOf(api);
    return [
      { address: '/feed.xml', link: '/', stories: all.stories.slice(0, 20) },
      ...Object.keys(sections).map((id) => ({
        address: `/${id}/feed.xml`,
        link: `/${id}/`,
        stories: (all.sections.get(id) ?? []).slice(0, 20),
      })),
    ];
  });

  return { dir: { input: 'content', output: '_site' }, markdownTemplateEngine: 'njk', htmlTemplateEngine: 'njk' };
}
