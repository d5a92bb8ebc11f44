import { expect } from 'vitest';
import { importFiles } from '../files/import-files.fixture.ts';

export const columns =
  'post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url';

/** A row of the list of posts. */
export const row = ({
  id = '101.storm',
  date = '2024-05-04T10:00:00.123Z',
  published = 'true',
  type = 'newsletter',
  audience = 'everyone',
  title = 'The storm',
  subtitle = '',
  podcast = '',
} = {}): string =>
  `${id},${date},${published},,,${type},${audience},"${title.replaceAll('"', '""')}","${subtitle}",${podcast}`;

export const list = (...rows: string[]): string => `${[columns, ...rows].join('\n')}\n`;

/** Imports an export, and checks that the sums are right and that a build would succeed. */
export async function importExport(files: Record<string, string | Uint8Array>, options = {}) {
  const imported = await importFiles('substack', files, options);
  const { files: sums } = imported.receipt;
  expect(sums.in).toBe(sums.stories + sums.pages + sums.drafts + sums.skipped);
  expect(imported.errors).toEqual([]);
  return imported;
}

/** Imports one post with a text. */
export const importText = async (html: string) =>
  await importExport({ 'posts.csv': list(row()), 'posts/101.storm.html': html });

/** Substack's attribute with what it knows about a part. */
export const attrs = (data: unknown): string => JSON.stringify(data).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
