import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seriesFile, siteFile, topicsFile } from '../../ingest/file-names.ts';
import { listFolder } from '../../ingest/folder.ts';
import { authorSchema, seriesSchema, topicsSchema } from '../../newsroom/schema.ts';
import { type Site, siteSchema } from '../../site/site.ts';
import { usableData } from '../../yaml/check-data.ts';
import { readYamlFile } from '../../yaml/source.ts';

/** What fields complete with: the newsroom's own names. */
export interface NewsroomLists {
  site: Pick<Site, 'name' | 'url' | 'language' | 'timeZone'> & { sections: { id: string; title: string }[] };
  authors: { id: string; name: string }[];
  topics: { id: string; title: string }[];
  series: { id: string; title: string }[];
}

/**
 * Reads the files of the newsroom that other files refer to. A file with mistakes gives what can be read of it, because
 * the desk is where such a file is corrected.
 *
 * @param site the newsroom's folder
 */
export function newsroomLists(site: string): NewsroomLists {
  const { name, url, language, timeZone, sections } = readSite(site);
  return {
    site: { name, url, language, timeZone, sections: sections.map(({ id, title }) => ({ id, title })) },
    authors: authorsIn(site),
    topics: titled(site, topicsFile, topicsSchema),
    series: titled(site, seriesFile, seriesSchema),
  };
}

/** The settings of the site, with defaults for what cannot be read. */
export const readSite = (site: string): Site =>
  usableData(siteSchema, dataOf(site, siteFile), {
    name: 'Newsroom',
    url: 'https://newsroom.example',
    language: 'en',
    timeZone: 'UTC',
    sections: [],
  });

function authorsIn(site: string): NewsroomLists['authors'] {
  if (!existsSync(join(site, 'content/authors'))) return [];
  return listFolder(site, 'content/authors', [])
    .split('\n')
    .flatMap((entry) => {
      const [, id] = /^f(.+)\.ya?ml$/.exec(entry) ?? [];
      if (id === undefined) return [];
      return [
        { id, name: usableData(authorSchema, dataOf(site, `content/authors/${entry.slice(1)}`), { name: id }).name },
      ];
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

function titled(
  site: string,
  file: string,
  schema: typeof topicsSchema | typeof seriesSchema,
): { id: string; title: string }[] {
  const data = dataOf(site, file);
  if (data === null || typeof data !== 'object' || Array.isArray(data)) return [];
  return Object.entries(data).map(([id, value]) => {
    const read = schema.valueType.safeParse(value);
    return { id, title: (read.success && read.data?.title) || id };
  });
}

/** The data of a YAML file, or undefined if it does not exist or cannot be read. */
function dataOf(site: string, file: string): unknown {
  try {
    const source = readYamlFile(file, readFileSync(join(site, file)));
    return 'problems' in source ? undefined : source.data;
  } catch {
    return undefined;
  }
}
