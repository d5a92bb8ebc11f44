import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SiteFacts {
  timeZone: string;
  language: string;
  /** Ids as written. */
  sections: string[];
  /** Absent if site.yaml has none that is valid. */
  url?: string;
}

/**
 * The facts in site.yaml, for commands that do not ingest the newsroom. Each fact is checked against the schema. An
 * invalid fact counts as missing, because `check` and `build` report it.
 */
export async function siteFacts(site: string): Promise<SiteFacts> {
  const [{ parse }, { siteSchema }] = await Promise.all([import('yaml'), import('../site/site.ts')]);
  let data: Record<string, unknown> = {};
  try {
    const read: unknown = parse(readFileSync(join(site, 'content/site.yaml'), 'utf8'));
    if (read !== null && typeof read === 'object') data = read as Record<string, unknown>;
  } catch {
    // The defaults are used until it is corrected.
  }
  const { url, language, timeZone } = siteSchema.shape;
  const sections: unknown[] = Array.isArray(data.sections) ? data.sections : [];
  return {
    timeZone: timeZone.catch('UTC').parse(data.timeZone),
    language: language.catch('en').parse(data.language),
    sections: sections
      .map((section) => (section as { id?: unknown } | null)?.id)
      .filter((id): id is string => typeof id === 'string'),
    url: url.safeParse(data.url).data,
  };
}
