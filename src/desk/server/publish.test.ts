import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Published } from '../publish/publisher.ts';
import { openTestDesk, storyText } from './open-desk.fixture.ts';

const path = 'stories/2025/02/harbour/index.md';
const file = `content/${path}`;
const noon = Date.parse('2025-06-01T12:00:00Z');

async function openedDesk(files: Record<string, string | Uint8Array> = {}, now: () => number = () => noon) {
  const desk = await openTestDesk({ [file]: storyText('Harbour reopens'), ...files }, now);
  const { ask, desk: server, context, site } = desk;
  /** Every line of a publish. */
  const publish = async (what: object = { path }) => {
    const response = await fetch(`http://localhost:${server.port}/desk/api/publish`, {
      method: 'POST',
      headers: { 'x-desk-token': context.token, 'content-type': 'application/json' },
      body: JSON.stringify(what),
    });
    const lines = (await response.text()).split('\n').filter(Boolean);
    return lines.map((line) => JSON.parse(line));
  };
  const plan = async (change?: object, of = path) => (await ask('POST', 'publish/plan', { path: of, change })).json;
  const page = (address = '2025/02/harbour') => {
    const at = join(site, 'dist', address, 'index.html');
    return existsSync(at) ? readFileSync(at, 'utf8') : undefined;
  };
  const text = () => readFileSync(join(site, file), 'utf8');
  const save = async (change: object) => {
    const { json } = await ask('GET', `file?path=${path}`);
    await ask('PUT', 'file', { path, base: json.digest, change });
  };
  return { ...desk, publish, plan, page, text, save };
}

test('a publish says how far it is, and ends with the public link', async () => {
  const { publish, plan, page } = await openedDesk();
  const first = await plan();
  expect(first.says.join(' ')).toContain('goes out now');
  expect(page()).toBeUndefined();
  const lines = await publish();
  expect(lines.some(({ phase }) => phase === 'pages')).toBe(true);
  expect(lines.at(-1)).toMatchObject({ done: true, links: ['https://post.example/2025/02/harbour/'], notes: [] });
  expect(page()).toContain('Harbour reopens');
});

test('the plan counts pages with the press’s plan, and writes nothing', async () => {
  const { publish, plan, page, site } = await openedDesk({
    'content/stories/2025/02/other/index.md': storyText('Other'),
  });
  await publish();
  const index = readFileSync(join(site, 'dist/index.html'));
  const edit = await plan({ body: '\nOther words.\n' });
  expect(edit).toMatchObject({ question: 'correction', problems: [] });
  expect(edit.says[0]).toMatch(/^The published story changes\./);
  const headline = await plan({ edits: [{ path: ['headline'], value: 'Harbour closes' }] });
  expect(headline.pages).toBeGreaterThan(edit.pages);
  expect(headline.says[0]).toMatch(/The published story changes\. \d+ other pages change with it\./);
  expect((await plan()).says).toEqual(['Nothing changes for readers: the published story is the same.']);
  expect((await plan({ edits: [{ path: ['published'], value: '2025-12-05 06:00' }] })).waitsUntil).toBe(
    '2025-12-05T06:00:00.000Z',
  );
  expect(page()).toContain('Harbour reopens');
  expect(readFileSync(join(site, 'dist/index.html'))).toEqual(index);
  // What was foreseen is what happens.
  const said = await publish();
  expect(said.at(-1).report).toMatchObject({ added: 0, changed: 0, removed: 0 });
});

test('a draft goes out as a story that is dated now, and one with a later time waits until then', async () => {
  const { publish, plan, page, text, put } = await openedDesk();
  put(file, storyText('Harbour reopens', 'draft: true\n'));
  expect((await plan()).says[0]).toContain('This draft goes out now');
  await publish();
  expect(text()).toBe(storyText('Harbour reopens').replace('2025-02-12', '2025-06-01 13:00'));
  expect(page()).toContain('Harbour reopens');
  put(file, storyText('Later', 'draft: true\nembargo: 2025-12-04 06:00\n'));
  const waiting = await plan();
  expect(waiting.waitsUntil).toBe('2025-12-04T06:00:00.000Z');
});

test('a story that waits is named with its moment, and goes out at its minute by itself', {
  timeout: 60_000,
}, async () => {
  const began = performance.now();
  const now = () => noon + (performance.now() - began);
  const { publish, plan, page, put } = await openedDesk({}, now);
  const far = storyText('Later').replace('2025-02-12', '2025-12-05 06:00');
  expect(await plan({ text: far })).toMatchObject({ waitsUntil: '2025-12-05T06:00:00.000Z' });
  expect((await plan({ text: far })).says[0]).toContain('Friday, 5 December 2025, 06:00 (Dublin time)');
  await publish();
  const due = new Date(now() + 4000).toISOString();
  put('content/stories/2025/06/soon/index.md', storyText('Soon').replace('2025-02-12', due));
  const lines = await publish({ path: 'stories/2025/06/soon/index.md' });
  expect(lines.at(-1)).toMatchObject({ done: true, links: [] });
  expect(page('2025/06/soon')).toBeUndefined();
  while (page('2025/06/soon') === undefined) await delay(100);
  expect(now()).toBeGreaterThanOrEqual(Date.parse(due));
});

test.each([
  ['correction', 'The bridge is 90 m long, not 900 m.', 'date: 2025-06-01 13:00, type: correction'],
  ['clarification', 'The mayor spoke on Monday.', 'type: clarification'],
  ['update', '', 'updated: 2025-06-01 13:00'],
  ['minor', 'A spelling was corrected.', 'minor: A spelling was corrected.'],
])('a %s is written into the story, and readers see it', async (kind, words, expected) => {
  const { publish, plan, page, text, save } = await openedDesk();
  await publish();
  await save({ body: '\nOther words.\n' });
  expect((await plan()).question).toBe('correction');
  const lines = await publish({ path, kind, ...(words && { text: words }) });
  expect(lines.at(-1)).toMatchObject({ done: true });
  expect(text()).toContain(expected);
  expect(text().endsWith('\nOther words.\n')).toBe(true);
  if (words) expect(page()).toContain(words);
  else expect(page()).toContain('Updated');
  // It was told, so it is not asked again.
  expect((await plan()).question).toBeUndefined();
});

test('a second correction is added to the first', async () => {
  const { publish, page, save } = await openedDesk();
  await publish();
  for (const words of ['First.', 'Second.']) {
    await save({ body: `\n${words} words.\n` });
    await publish({ path, kind: 'correction', text: words });
  }
  expect(page()).toContain('First.');
  expect(page()).toContain('Second.');
});

test('a story with a mistake is refused plainly, and the file and the site stay as they were', async () => {
  const { publish, plan, page, put, text } = await openedDesk();
  await publish();
  const before = page();
  put(file, storyText('Draft', 'draft: true\nkicker: [x]\n'));
  expect((await plan()).says).toEqual(['This cannot be published yet: 1 mistake must be corrected first.']);
  const lines = await publish();
  expect(lines.at(-1).error.says).toContain('Nothing was published, and the site is as it was.');
  expect(lines.at(-1).problems).toMatchObject([{ severity: 'error', field: ['kicker'] }]);
  expect(page()).toBe(before);
  expect(text()).toBe(storyText('Draft', 'draft: true\nkicker: [x]\n'));
});

test('only what was published goes out, unless it needs more', async () => {
  const { publish, page, put } = await openedDesk();
  await publish();
  const other = 'content/stories/2025/03/other/index.md';
  put(other, storyText('Not now').replace('2025-02-12', '2025-03-12'));
  put(file, storyText('Harbour closes'));
  await publish();
  expect(page()).toContain('Harbour closes');
  expect(page('2025/03/other')).toBeUndefined();
  put(file, storyText('Harbour closes', '', '[It](story:2025/03/other) needs the other.\n'));
  await publish();
  expect(page('2025/03/other')).toContain('Not now');
});

test('a story is withdrawn with its reason, and a publish is taken back', async () => {
  const { ask, publish, page, save, text } = await openedDesk();
  await publish();
  const first = text();
  await save({ body: '\nWrong words.\n' });
  await publish({ path, kind: 'minor' });
  expect(page()).toContain('Wrong words');
  expect((await ask('POST', 'publish/undo', { path })).json).toMatchObject({ done: true });
  expect(text()).toBe(first);
  expect(page()).not.toContain('Wrong words');
  const withdrawn = await ask('POST', 'withdraw', { path, reason: 'It was about another harbour.' });
  expect(withdrawn).toMatchObject({ status: 200, json: { done: true } });
  expect(page()).toContain('It was about another harbour.');
  expect(page()).not.toContain('Harbour reopens');
  expect((await ask('POST', 'publish/undo', { path })).status).toBe(200);
  expect(page()).toContain('Harbour reopens');
  expect(await ask('POST', 'withdraw', { path, reason: ' ' })).toMatchObject({ status: 400 });
});

test('what was published for the first time is taken back as a draft', async () => {
  const { ask, publish, page, text } = await openedDesk({
    'content/stories/2025/02/other/index.md': storyText('Other'),
  });
  expect(await ask('POST', 'publish/undo', { path })).toMatchObject({ status: 409 });
  await publish();
  await ask('POST', 'publish/undo', { path });
  expect(page()).toBeUndefined();
  expect(text()).toContain('draft: true');
});

test('two publishes at the same time follow each other', async () => {
  const { publish, page, put } = await openedDesk();
  put('content/stories/2025/03/b/index.md', storyText('B').replace('2025-02-12', '2025-03-12'));
  const all = await Promise.all([publish(), publish({ path: 'stories/2025/03/b/index.md' }), publish({})]);
  for (const lines of all) expect(lines.at(-1)).toMatchObject({ done: true });
  expect(page()).toContain('Harbour reopens');
  expect(page('2025/03/b')).toContain('B');
});

test('a deploy that fails is said, and the site is built all the same', async () => {
  const { publish, page } = await openedDesk({ 'content/deploy.yaml': 'targets:\n  live:\n    folder: content\n' });
  const last = (await publish()).at(-1);
  expect(last.done).toBe(true);
  expect(last.notes[0]).toMatch(/^The site was built, but not sent: ./);
  expect(page()).toContain('Harbour reopens');
});

test.each(['store.addVersion', 'events.send', 'list.scan', 'index.refresh'])(
  'a story that is out stays out, and is said to be out, if %s fails afterwards',
  async (broken) => {
    const { publish, text, put, context } = await openedDesk();
    put(file, storyText('Harbour closes', 'draft: true\n'));
    const told: unknown[] = [];
    const { tell } = context;
    context.tell = (fault) => told.push(fault);
    const [part, method] = broken.split('.') as ['store', 'addVersion'];
    const whole = context[part];
    const working = whole[method];
    context.publisher.publish = async () => {
      whole[method] = () => {
        throw new Error('broken');
      };
      const report = { added: [], changed: [], removed: [], seconds: { total: 1 } };
      return { report } as unknown as Published;
    };
    const [last] = (await publish()).slice(-1);
    whole[method] = working;
    context.tell = tell;
    expect(last).toMatchObject({ done: true });
    expect(told.map(String)).toContain('Error: broken');
    expect(text()).not.toContain('draft');
  },
);

test('a disk that is full during a publish is not called a bug, and the draft is a draft again', async () => {
  const { publish, text, put, context } = await openedDesk();
  const draft = storyText('Harbour closes', 'draft: true\n');
  put(file, draft);
  context.publisher.publish = () => Promise.reject(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }));
  const { error } = (await publish()).at(-1);
  expect(error).toMatchObject({ rule: 'disk-full', says: 'The publish did not end. The disk is full.' });
  expect(error.todo).toContain('Publish again');
  expect(text()).toBe(draft);
});
