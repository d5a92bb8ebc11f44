import type { LiveDataCollectionResult, LiveDataEntryResult } from 'astro';

/**
 * The answer to `getLiveEntry`. The middleware has found the address, so what stands there exists: if
 * not, or if a question fails, that is a fault of ours and stops the press.
 */
export async function ask<Data extends object>(question: Promise<LiveDataEntryResult<Data>>): Promise<Data> {
  const { entry, error } = await question;
  if (!entry) throw error?.cause ?? error ?? new Error('the index has no answer');
  return entry.data;
}

/** The answers to `getLiveCollection`, without their wrapping. */
export async function askAll<Data extends object>(question: Promise<LiveDataCollectionResult<Data>>): Promise<Data[]> {
  const { entries, error } = await question;
  if (!entries) throw error?.cause ?? error ?? new Error('the index has no answer');
  return entries.map(({ data }) => data);
}
