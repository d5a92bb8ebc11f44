import { join } from 'node:path';
import { expect } from 'vitest';
import { contractProblems, smallArchive } from '../../small-archive.fixture.ts';
import { wxr } from './wxr.fixture.ts';

const archiveOf = (items: string, files: Record<string, string | Uint8Array> = {}, head = '') =>
  smallArchive({ 'export.xml': wxr(items, head), ...files });
/** Imports one export and returns its only story. */
export async function storyOf(items: string, files: Record<string, string | Uint8Array> = {}, head = '') {
  const archive = archiveOf(items, files, head);
  const receipt = await archive.runAs('wordpress', 'export.xml', { publicFolder: join(archive.root, 'in') });
  expect(await contractProblems(archive.stories)).toEqual([]);
  const story = receipt.stories.find(({ file }) => file.includes(': post '))?.story ?? '';
  return { archive, receipt, text: story === '' ? '' : archive.story(story) };
}
