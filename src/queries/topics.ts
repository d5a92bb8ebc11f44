import type { IndexHandle } from '../index/handle.ts';
import { recordOf, whole } from '../index/rows.ts';
import { type Family, listed } from './family.ts';
import { type Kind, readOften } from './kind.ts';
import { setTitled } from './set-words.ts';
import { querySite } from './site.ts';

export interface TopicName {
  id: string;
  title: string;
}

export interface TopicResult extends TopicName {
  description?: string;
}

const topic: Kind<[id: string], TopicResult | undefined> = {
  name: 'topic',
  subject: (id) => `topic:${id}`,
  resolve: (index, id) => {
    const described = recordOf<Record<string, { title?: string; description?: string }>>(index, 'topics').value()?.[id];
    // Spellings in public stories only: the first in code-point order, whatever order they were ingested in.
    const written = index
      .sql(
        `SELECT spelling FROM spelling JOIN story USING (id) WHERE topic = ? AND isPublic = 1 AND state = 'ready' ORDER BY spelling LIMIT 1`,
      )
      .get(id) as { spelling: string } | undefined;
    return whole(written && { id, title: described?.title ?? written.spelling, description: described?.description });
  },
};

/** A topic that has public stories. */
export const queryTopic = (index: IndexHandle, id: string): TopicResult | undefined =>
  setTitled(readOften(index, topic, id), querySite(index));

export const topicFamily: Family = {
  kinds: [topic],
  record: (key, { subjects }) => {
    if (key.startsWith('topic/')) subjects.add(`topic:${key.slice('topic/'.length)}`);
  },
  story: (_, edit, { subjects }) => {
    if (edit.isSameCard) return;
    for (const { topics } of listed(edit)) for (const id of topics) subjects.add(`topic:${id}`);
  },
};
