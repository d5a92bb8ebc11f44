import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDevIndex } from '../dev/dev-index.ts';

import { openHidden, showHidden } from '../index/hidden.ts';
import { queryStory } from '../queries/queries.ts';
import { sharedCache, siteYaml, smallNewsroom, story, walk } from './small-newsroom.fixture.ts';

// Stories that readers may not see yet leave no trace in dist, in text or in file names, whatever key contains it.

const secret = 'Zanzibar';
const picture = readFileSync(
  join(import.meta.dirname, '../../content/stories/2024/05/last-signwriter/paint-brushes.jpg'),
);
/** A story that contains the secret in every possible key. */
const telling = (state: Record<string, unknown>) =>
  story(
    {
      headline: `${secret} headline`,
      standfirst: `${secret} standfirst`,
      kicker: `${secret} kicker`,
      summary: `${secret} summary`,
      byline: [`${secret} Byline`],
      dateline: `${secret} dateline`,
      topics: [`${secret} topic`],
      series: { title: `${secret} series`, part: 1 },
      source: { name: `${secret} source`, url: `https://${secret}.example/` },
      sponsor: { name: `${secret} sponsor` },
      corrections: [{ date: '2025-02-13', type: 'correction', text: `${secret} correction` }],
      note: `${secret} note`,
      aliases: [`/${secret}-old/`],
      lead: { src: `${secret}.jpg`, alt: `${secret} alt`, caption: `${secret} caption`, credit: `${secret} credit` },
      ...state,
    },
    `${secret} text.`,
  );
const states = {
  draft: { draft: true },
  waiting: { embargo: '2031-11-01T06:00:00Z' },
  later: { published: '2031-11-01T06:00:00Z' },
  'draft-withdrawn': { draft: true, withdrawn: { date: '2025-03-01', reason: `${secret} reason` } },
  'waiting-withdrawn': {
    embargo: '2031-11-01T06:00:00Z',
    withdrawn: { date: '2025-03-01', reason: `${secret} reason` },
  },
};
const newsroomWith = (state: Record<string, unknown>) =>
  smallNewsroom({
    'content/site.yaml': `${siteYaml}wire: true\n`,
    'content/stories/2025/02/harbour/index.md': story(
      { related: [`2025/02/${secret}`] },
      `See [more](story:2025/02/${secret}).`,
    ),
    [`content/stories/2025/02/${secret}/index.md`]: telling(state),
    [`content/stories/2025/02/${secret}/${secret}.jpg`]: picture,
    'content/fronts/home.yaml': `stories:\n  - 2025/02/${secret}\n`,
  });

test.each(Object.entries(states))(
  'a %s story leaves no trace',
  async (_, state) => {
    const { press, filesMentioning, site } = newsroomWith(state);
    await press();
    expect(filesMentioning(secret, secret.toLowerCase(), 'broadsheet-dev', 'For the newsroom')).toEqual([]);
    expect(walk(join(site, 'dist')).filter((file) => /\.(?:avif|webp|jpg)$/.test(file))).toEqual([]);
  },
  120_000,
);

test('a withdrawn story leaves its notice and none of its own text', async () => {
  const { press, dist } = newsroomWith({ withdrawn: { date: '2025-03-01', reason: 'It was wrong.' } });
  await press();
  const page = dist().get(`2025/02/${secret}/index.html`) ?? '';
  expect(page).toContain('It was wrong.');
  for (const [file, text] of dist())
    expect(text.replaceAll(`/2025/02/${secret}/`, ''), file).not.toMatch(
      new RegExp(
        `${secret} (?:headline|standfirst|kicker|summary|byline|text|alt|caption|credit|note|topic|series)`,
        'i',
      ),
    );
}, 120_000);

test('canary: the search finds the same story when it is public', async () => {
  const { press, filesMentioning } = newsroomWith({});
  await press();
  expect(filesMentioning(secret).length).toBeGreaterThan(10);
}, 120_000);

test('dev opens hidden stories, and a later build knows nothing of them', async () => {
  const { site, press, filesMentioning } = newsroomWith(states.draft);
  const id = `2025/02/${secret}`;
  const now = () => Date.parse('2025-06-01T12:00:00Z');
  const open = (showsHidden: boolean) =>
    openDevIndex({
      site,
      file: join(site, '.broadsheet/dev/index.db'),
      cache: sharedCache,
      now,
      clock: () => Date.now(),
      showsHidden,
    });
  const dev = open(true);
  await dev.refresh();
  expect(showHidden(dev.index, id, () => queryStory(dev.index, id))?.card.headline).toBe(`${secret} headline`);
  expect(queryStory(dev.index, id)).toBeUndefined(); // only the request for this story
  dev.close();
  const shared = open(false);
  expect(shared.index.hidden).toBeUndefined();
  expect(showHidden(shared.index, id, () => queryStory(shared.index, id))).toBeUndefined();
  shared.close();
  await press();
  expect(filesMentioning(secret)).toEqual([]);
  // The canary: a press that opened them would reveal them.
  const leaking = open(true);
  leaking.index.hidden = openHidden();
  expect(JSON.stringify(showHidden(leaking.index, id, () => queryStory(leaking.index, id)))).toContain(secret);
  leaking.close();
}, 120_000);
