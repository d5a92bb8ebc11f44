import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployFile } from '../../../newsroom/deploy-file.ts';
import { templatesFolder } from '../../../press/template-folder.ts';
import { newsroomLists } from '../../stories/newsroom-lists.ts';
import type { Handler } from '../api.ts';

interface Titled {
  id: string;
  title: string;
}

/** What the interface needs to know about the newsroom before it shows anything. */
export const session: Handler = async ({ site, list, notices }) => {
  const lists = newsroomLists(site);
  return {
    json: {
      ...lists,
      topics: withUsed(lists.topics, list.rows.names('topic')),
      series: withUsed(lists.series, list.rows.names('series')),
      hasDeploy: existsSync(join(site, deployFile)),
      version: engineVersion(),
      notices,
    },
  };
};

/** What the newsroom describes, and then what its stories use without a description, most used first. */
function withUsed(described: Titled[], used: string[]): Titled[] {
  const known = new Set(described.flatMap(({ id, title }) => [id, title]));
  return [...described, ...used.filter((name) => !known.has(name)).map((name) => ({ id: name, title: name }))];
}

const engineVersion = (): string =>
  (JSON.parse(readFileSync(join(templatesFolder, '../package.json'), 'utf8')) as { version: string }).version;
