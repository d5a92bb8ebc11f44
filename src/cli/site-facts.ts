import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SiteFacts {
  timeZone: string;
  language: string;
  /** Ids as written. */
  sections: string[];
  /** Absent when site.yaml has none that is an address. */
  url?: string;
}

/**
 * What site.yaml says, for commands that do not take the newsroom in. Each fact is held against the schema first, and
 * what does not pass is as if it were not there: its mistakes are for `check` and `build` to tell.
 */
export async function siteFacts(site: string): Promise<SiteFacts> {
  const [{ parse }, { siteSchema }] = await Promise.all([import('yaml'), import('../site/site.ts')]);
  let data: Record<string, unknown> = {};
  try {
    const read: unknown = parse(readFileSync(join(site, 'content/site.yaml'), 'utf8'));
    if (read !== null && typeof read === 'object') data = read as Record<string, unknown>;
  } catch {
    // The defaults will do until it is corrected.
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
