import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTestDesk, storyText } from './open-desk.fixture.ts';

const stories = {
  'content/stories/2025/02/harbour/index.md': storyText('Harbour reopens', 'id: the-harbour\n'),
  'content/stories/2025/02/council.md': storyText('Council votes', 'draft: true\n'),
};

test('names of stories are their id or their path, and one that no story has is left out', async () => {
  const { ask, context } = await openTestDesk(stories);
  await context.list.scan();
  await context.index.refresh();
  const names = ['the-harbour', '2025/02/harbour', 'story:2025/02/council', '2025/02/nowhere', '__proto__', '../x'];
  const { json } = await ask('POST', 'names', { names });
  expect(Object.keys(json.stories)).toEqual(names.slice(0, 3));
  expect(json.stories['the-harbour']).toEqual(json.stories['2025/02/harbour']);
  expect(json.stories['the-harbour']).toMatchObject({ headline: 'Harbour reopens', section: 'world' });
  expect(json.stories['story:2025/02/council']).toMatchObject({ headline: 'Council votes', state: 'draft' });
});

test('a front without a file can be opened, and its file begins with the first save', async () => {
  const { ask, site } = await openTestDesk(stories);
  const path = 'fronts/world.yaml';
  const opened = await ask('GET', `file?path=${path}`);
  expect(opened.json).toMatchObject({ path, kind: 'front', digest: '', text: '', values: {} });
  expect(existsSync(join(site, 'content/fronts'))).toBe(false);
  const change = { edits: [{ path: ['stories'], value: ['the-harbour'] }] };
  expect((await ask('POST', 'preview', { path, base: '', change })).json).toMatchObject({
    address: '/world/',
    problems: [],
  });
  expect(existsSync(join(site, 'content/fronts'))).toBe(false);
  expect((await ask('PUT', 'file', { path, base: '', change })).status).toBe(200);
  expect(readFileSync(join(site, 'content', path), 'utf8')).toBe('stories: [the-harbour]\n');
  // Somebody else may have begun it meanwhile.
  expect((await ask('PUT', 'file', { path, base: '', change })).status).toBe(409);
});

test('only a list of the site has a front to begin, and only if it has no file in another spelling', async () => {
  const { ask } = await openTestDesk({ ...stories, 'content/fronts/home.yml': 'layout: words\n' });
  for (const path of ['fronts/nowhere.yaml', 'fronts/home.yaml', 'fronts/world.yml', 'fronts/World.yaml'])
    expect((await ask('GET', `file?path=${path}`)).status, path).toBe(404);
  expect((await ask('GET', 'file?path=fronts/home.yml')).json.values).toEqual({ layout: 'words' });
});
