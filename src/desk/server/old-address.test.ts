import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openTestDesk, siteYaml, storyText } from './open-desk.fixture.ts';

// Readers, links, and search engines know the address of a story that was published. It must not die.

const path = 'stories/2025/02/harbour/index.md';
const story = (more = '') => storyText('Harbour', more);
const now = () => Date.parse('2026-03-10T12:00:00Z');

async function opened(text: string, permalink = '/{section}/{yyyy}/{mm}/{dd}/{slug}/', file = path) {
  const desk = await openTestDesk(
    { 'content/site.yaml': `${siteYaml}permalink: ${permalink}\n`, [`content/${file}`]: text },
    now,
  );
  await desk.context.list.scan();
  const save = async (change: object) => {
    const { json } = await desk.ask('GET', `file?path=${file}`);
    return (await desk.ask('PUT', 'file', { path: file, base: json.digest, change })).json;
  };
  return { ...desk, save, read: () => readFileSync(join(desk.site, 'content', file), 'utf8') };
}
const set = (key: string, value: unknown) => ({ edits: [{ path: [key], value }] });

describe('a published story whose address changes gets its old address as an alias', () => {
  test.each([
    ['slug', 'quay', '/world/2025/02/12/harbour/'],
    ['section', 'local', '/world/2025/02/12/harbour/'],
    ['published', '2025-02-13', '/world/2025/02/12/harbour/'],
  ])('by its %s', async (key, value, old) => {
    const { save, read, context } = await opened(story('# a note\n'));
    const saved = await save(set(key, value));
    expect(saved.edits).toEqual([{ path: ['aliases'], value: [old] }]);
    expect(read()).toContain(`aliases: [${old}]\n`);
    expect(read()).toContain('# a note\n');
    expect(saved.text).toBe(read());
    expect((await context.problems.now()).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('in the source, too, and after those that it has', async () => {
    const text = story('aliases:\n  - /old/ # from the old site\n');
    const { save, read } = await opened(text);
    await save({ text: text.replace('section: world', 'section: local') });
    expect(read()).toBe(
      text.replace('section: world', 'section: local').replace('site\n', 'site\n  - /world/2025/02/12/harbour/\n'),
    );
  });

  test('and an address that is the address again is not an old one any more', async () => {
    const { save, read } = await opened(story());
    await save(set('slug', 'quay'));
    await save(set('slug', undefined));
    expect(read()).toContain('aliases: [/world/2025/02/12/quay/]\n');
    await save(set('slug', 'quay'));
    expect(read()).toContain('aliases: [/world/2025/02/12/harbour/]\n');
  });

  test.each(['found', 'published'] as const)(
    'even if the alias is removed by an undo across a save, by the text that was %s',
    async (why) => {
      const { save, read, context } = await opened(story());
      if (why === 'published') context.store.addVersion({ path, digest: 'old', at: now(), why, words: 1 }, read());
      await save(set('slug', 'quay'));
      const saved = await save(set('aliases', undefined));
      expect(saved.edits).toEqual([{ path: ['aliases'], value: ['/world/2025/02/12/harbour/'] }]);
      expect(read()).toContain('slug: quay\n');
      expect(read()).toContain('aliases: [/world/2025/02/12/harbour/]\n');
    },
  );

  test('but not that of a text that readers never saw', async () => {
    const { save, read, put, context } = await opened(story('draft: true\n'));
    await save(set('headline', 'Quay'));
    put(`content/${path}`, story('slug: quay\n'));
    await context.list.scan();
    await save(set('standfirst', 'By the water.'));
    expect(read()).not.toContain('aliases');
  });

  test('if an earlier version is restored', async () => {
    const { save, read, ask } = await opened(story());
    await save(set('slug', 'quay'));
    const { json: versions } = await ask('GET', `versions?path=${path}`);
    const { json } = await ask('GET', `file?path=${path}`);
    await ask('POST', 'restore', { id: versions.at(-1).id, base: json.digest });
    expect(read()).not.toContain('slug');
    expect(read()).toContain('aliases: [/world/2025/02/12/quay/]\n');
  });

  test('once, if it has it already', async () => {
    const { save, read } = await opened(story('aliases: [/world/2025/02/12/harbour]\n'));
    expect((await save(set('slug', 'quay'))).edits).toBeUndefined();
    expect(read().match(/harbour/g)).toHaveLength(1);
  });
});

test('a standing page keeps its old address, and a draft of one has none', async () => {
  const page = '---\nheadline: About us\n---\n\nWe report.\n';
  const { save, read } = await opened(page, '/{slug}/', 'pages/about.md');
  await save(set('slug', 'who-we-are'));
  expect(read()).toContain('slug: who-we-are\n');
  expect(read()).toContain('aliases: [/about/]\n');
  const draft = await opened(page.replace('---\n', '---\ndraft: true\n'), '/{slug}/', 'pages/about.md');
  await draft.save(set('slug', 'who-we-are'));
  expect(draft.read()).not.toContain('aliases');
});

test.each([
  ['a draft', 'draft: true\n'],
  ['a story that waits', 'embargo: 2027-01-01\n'],
])('%s has no address that readers know', async (_, more) => {
  const { save, read } = await opened(story(more));
  expect((await save(set('slug', 'quay'))).edits).toBeUndefined();
  expect(read()).not.toContain('aliases');
});

test('a change that leaves the address as it is adds nothing', async () => {
  const { save, read } = await opened(story());
  expect((await save(set('headline', 'Harbour closes'))).edits).toBeUndefined();
  expect(read()).toBe(story().replace('Harbour', 'Harbour closes'));
});
