import { expect } from 'vitest';
import { contractProblems, smallArchive } from '../../small-archive.fixture.ts';

type Data = Record<string, unknown[]>;
const users = [
  { id: 'u1', name: 'Ann Lee', slug: 'ann', bio: 'Ann <b>sails</b>.', website: 'https://ann.example/' },
  { id: 'u2', name: 'Bo Ek', slug: 'bo' },
];
export const post = (more: Record<string, unknown> = {}) => ({
  id: 'p1',
  title: 'The storm',
  slug: 'storm',
  html: '<p>Text.</p>',
  status: 'published',
  visibility: 'public',
  type: 'post',
  published_at: '2019-05-04T10:00:00.000Z',
  author_id: 'u1',
  ...more,
});
export const exportOf = (data: Data, around = true) => {
  const inner = { meta: { exported_on: 1, version: '5.0.0' }, data: { users, ...data } };
  return JSON.stringify(around ? { db: [inner] } : inner);
};

export async function importData(data: Data | string, files: Record<string, string | Uint8Array> = {}, options = {}) {
  const archive = smallArchive({ 'export.json': typeof data === 'string' ? data : exportOf(data), ...files });
  const receipt = await archive.runAs('ghost', 'export.json', options);
  expect(receipt.files.in).toBe(
    receipt.files.stories + receipt.files.pages + receipt.files.drafts + receipt.files.skipped,
  );
  expect(await contractProblems(archive.stories)).toEqual([]);
  return { archive, receipt };
}
export async function storyOf(
  more: Record<string, unknown>,
  data: Data = {},
  files: Record<string, string | Uint8Array> = {},
) {
  const { archive, receipt } = await importData({ posts: [post(more)], ...data }, files);
  return {
    text: archive.story(receipt.stories.find(({ path }) => path.startsWith('stories/'))?.story ?? ''),
    receipt,
    archive,
  };
}
export const bodyOf = async (more: Record<string, unknown>) => {
  const { text } = await storyOf({ html: null, ...more });
  return text.slice(text.indexOf('\n---\n') + 5).trim();
};
