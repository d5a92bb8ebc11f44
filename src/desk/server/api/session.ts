import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployFile } from '../../../newsroom/deploy-file.ts';
import { templatesFolder } from '../../../press/template-folder.ts';
import { newsroomLists } from '../../stories/newsroom-lists.ts';
import type { Handler } from '../api.ts';

/** What the interface needs to know about the newsroom before it shows anything. */
export const session: Handler = async ({ site }) => ({
  json: { ...newsroomLists(site), hasDeploy: existsSync(join(site, deployFile)), version: engineVersion() },
});

const engineVersion = (): string =>
  (JSON.parse(readFileSync(join(templatesFolder, '../package.json'), 'utf8')) as { version: string }).version;
