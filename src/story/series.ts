import { idOfTitle } from '../site/slug.ts';
import type { StorySeries } from './record.ts';
import type { FrontMatter } from './schema.ts';

/** The series that a story names. Undefined if no address can be derived from the title. */
export function seriesOf(written: FrontMatter['series'], language: string): StorySeries | undefined {
  if (written === undefined) return undefined;
  const title = titleOfSeries(written);
  const part = typeof written === 'string' ? undefined : written.part;
  const id = idOfTitle(title, language);
  return id ? { id, title, part } : undefined;
}

export const titleOfSeries = (written: NonNullable<FrontMatter['series']>): string =>
  typeof written === 'string' ? written : written.title;
