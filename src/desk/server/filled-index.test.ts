import { expect, test } from 'vitest';
import { openTestDesk, storyText } from './open-desk.fixture.ts';

// A large newsroom is ingested by another process, so that the desk answers meanwhile.

const many = Object.fromEntries(
  Array.from({ length: 320 }, (_, number) => [`content/stories/2025/02/s${number}.md`, storyText(`Story ${number}`)]),
);

test('the index of a large newsroom is filled, and follows later changes', { timeout: 60_000 }, async () => {
  const { context, put, ask } = await openTestDesk(many);
  expect(await context.problems.now()).toEqual([]);
  const { json } = await ask('GET', 'file?path=stories/2025/02/s7.md');
  expect(json.address).toBe('/2025/02/s7/');
  put('content/stories/2025/02/s7.md', storyText('Story 7', 'section: nowhere\n').replace('section: world\n', ''));
  expect(await context.problems.now()).toMatchObject([{ file: 'content/stories/2025/02/s7.md' }]);
});

test('while the newsroom has an error, the desk says so, and does not read everything over and over', {
  timeout: 60_000,
}, async () => {
  const { context, put } = await openTestDesk({ ...many, 'content/stories/bad.md': '---\nheadline: "x\n---\n' });
  const found = await context.problems.now();
  expect(found).toMatchObject([{ file: 'content/stories/bad.md', severity: 'error' }]);
  const began = performance.now();
  for (let turn = 0; turn < 50; turn++) expect(await context.problems.now()).toEqual(found);
  expect(performance.now() - began).toBeLessThan(1000);
  put('content/stories/bad.md', storyText('Good'));
  await expect.poll(() => context.problems.now(), { timeout: 30_000, interval: 200 }).toEqual([]);
});
