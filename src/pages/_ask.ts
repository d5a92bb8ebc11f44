import { getLiveCollection } from 'astro:content';
import type { LiveDataCollectionResult, LiveDataEntryResult } from 'astro';
import type { Package } from '../queries/results.ts';
import type { Card } from '../story/card.ts';

/**
 * The result of `getLiveEntry`. The middleware has found the address, so its content exists. If it does not, or if a
 * query fails, that is a bug and stops the press.
 */
export async function ask<Data extends object>(question: Promise<LiveDataEntryResult<Data>>): Promise<Data> {
  const { entry, error } = await question;
  if (!entry) throw error?.cause ?? error ?? new Error('the index has no result');
  return entry.data;
}

/** The results of `getLiveCollection`, unwrapped. */
export async function askAll<Data extends object>(question: Promise<LiveDataCollectionResult<Data>>): Promise<Data[]> {
  const { entries, error } = await question;
  if (!entries) throw error?.cause ?? error ?? new Error('the index has no result');
  return entries.map(({ data }) => data);
}

/**
 * Queries the related stories of the stories that lead a package. Stories for which an editor named a package are
 * skipped.
 */
export async function askRelated(packages: Package[]): Promise<(id: string) => Card[]> {
  const open = packages.filter((entry) => entry.with.length === 0);
  const found = await Promise.all(
    open.map(
      async ({ card: { id } }) => [id, await askAll<Card>(getLiveCollection('cards', { relatedTo: id }))] as const,
    ),
  );
  const related = new Map(found);
  return (id) => related.get(id) ?? [];
}
