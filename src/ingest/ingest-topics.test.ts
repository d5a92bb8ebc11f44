import { describe, expect, test } from 'vitest';
import { siteYaml, story } from '../press/small-newsroom.fixture.ts';
import { topicIdOf } from './ingest-topics.ts';
import { file, fileOf, newsroomWith } from './ingested.fixture.ts';
import { keyOfTopic, type Topics } from './newsroom-files.ts';

const topics: Topics = {
  entries: {},
  ids: {
    rock: 'rock',
    current: 'current',
    port: 'port',
    harbour: 'harbour',
    [keyOfTopic('AC/DC', 'ac-dc')]: 'rock',
    [keyOfTopic('AC DC', 'ac-dc')]: 'current',
    'ac-dc': 'rock',
    [keyOfTopic('Harbour', 'harbour')]: 'port',
  },
};

describe('a spelling stands for', () => {
  test.each([
    ['New York', 'new-york', 'a topic of its own, if nothing is known about it'],
    ['rock', 'rock', 'the topic with that id'],
    ['AC/DC', 'rock', 'the topic with that title'],
    ['AC DC', 'current', 'the topic with that title, even if another looks the same in an address'],
    ['ac dc', 'current', 'the topic whose title has the same address'],
    ['harbour', 'harbour', 'the id, even if another topic has it as a title'],
    ['Harbour', 'port', 'the topic with that title, even if another has it as an id'],
    ['constructor', 'constructor', 'a topic, whatever the language of the engine calls by that name'],
    ['!!!', '', 'nothing, if nothing is left of it'],
  ])('%s: %s, %s', (spelling, id) => expect(topicIdOf(topics, spelling, 'en')).toBe(id));
});

const listsOf = ({ index }: Awaited<ReturnType<typeof newsroomWith>>) =>
  index
    .sql("SELECT DISTINCT list FROM listing WHERE list LIKE 'topic/%' ORDER BY list")
    .all()
    .map(({ list }) => list);

describe('topics.yaml', () => {
  test('moves the stories whose spelling now stands for another topic, and only those', async () => {
    const newsroom = await newsroomWith({
      ...file('2025/02/a', { topics: ['Docks'] }),
      ...file('2025/02/b', { topics: ['Quay'] }),
    });
    newsroom.put('content/topics.yaml', 'harbour: { title: The harbour, aliases: [Docks] }\n');
    const { stories, records } = await newsroom.ingest();
    expect(stories.map(({ after }) => after?.id)).toEqual(['2025/02/a']);
    expect([...records]).toEqual(['topic/harbour']);
    expect(listsOf(newsroom)).toEqual(['topic/harbour', 'topic/quay']);
    newsroom.remove('content/topics.yaml');
    expect([...(await newsroom.ingest()).records]).toEqual(['topic/harbour']);
    expect(listsOf(newsroom)).toEqual(['topic/docks', 'topic/quay']);
  });

  test('is read again in another language, because the language decides how titles become addresses', async () => {
    const newsroom = await newsroomWith({
      ...file('2025/02/a', { topics: ['IRMAK'] }),
      'content/topics.yaml': 'river: { title: IRMAK }\n',
    });
    const key = () =>
      Object.keys(
        JSON.parse(
          (newsroom.index.sql("SELECT record FROM record WHERE key = 'topicIds'").get() as { record: string }).record,
        ),
      );
    const english = key();
    newsroom.put('content/site.yaml', siteYaml.replace('en-IE', 'tr'));
    await newsroom.ingest();
    expect(key()).not.toEqual(english);
    expect(listsOf(newsroom)).toEqual(['topic/river']);
  });

  test('if it has mistakes, the previous topics are used to find other mistakes', async () => {
    const newsroom = await newsroomWith({
      ...file('2025/02/a', { topics: ['Docks'] }),
      'content/topics.yaml': 'harbour: { aliases: [Docks] }\n',
    });
    newsroom.put('content/topics.yaml', 'harbour: { alias: [Docks] }\n');
    expect(await newsroom.said()).toEqual(['content/topics.yaml:1 unknown-key']);
  });
});

describe('a topic that is spelled in two ways', () => {
  const of = (...spellings: string[]) => ({ topics: spellings });

  test('causes a warning in the later story, once', async () => {
    const newsroom = await newsroomWith(file('2025/02/a', of('AC/DC')));
    newsroom.put(fileOf('2025/02/b'), story(of('AC DC')));
    newsroom.put(fileOf('2025/02/c'), story(of('AC DC')));
    expect(await newsroom.said()).toEqual([`${fileOf('2025/02/b')}:6 topic-signs`]);
  });

  test('causes no warning if only its case differs, or if topics.yaml describes the topic', async () => {
    const newsroom = await newsroomWith(file('2025/02/a', of('Harbour', 'AC/DC')));
    newsroom.put(fileOf('2025/02/b'), story(of('HARBOUR')));
    expect(await newsroom.said()).toEqual([]);
    newsroom.put('content/topics.yaml', 'ac-dc: { title: AC/DC }\n');
    newsroom.put(fileOf('2025/02/c'), story(of('AC DC')));
    expect(await newsroom.said()).toEqual([]);
  });
});

test('series.yaml names each series that it describes or described', async () => {
  const newsroom = await newsroomWith({ ...file('2025/02/a'), 'content/series.yaml': 'river: { title: R }\n' });
  newsroom.put('content/series.yaml', 'sea: { title: S }\n');
  expect([...(await newsroom.ingest()).records].sort()).toEqual(['series/river', 'series/sea']);
  expect([...(await newsroom.ingest()).records]).toEqual([]);
  newsroom.remove('content/series.yaml');
  expect([...(await newsroom.ingest()).records]).toEqual(['series/sea']);
});
