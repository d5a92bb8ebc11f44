import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DeskFile } from '../contract.ts';

// What is typed while the desk looks at the disk is never lost, and what did not change stays as it is.

const api = {
  file: vi.fn<(path: string) => Promise<DeskFile>>(),
  autosave: vi.fn(async () => ({ at: '2026-01-01T00:00:00.000Z' })),
  save: vi.fn(),
};
vi.mock('../api.ts', () => ({ api, ApiError: class extends Error {}, newsroomId: () => 'test' }));
const { OpenFile } = await import('./open-file.ts');

const path = 'stories/harbour.md';
const head = '---\nheadline: Harbour\n---\n';
const onDisk = (body: string, more: object = {}): DeskFile =>
  ({
    path,
    kind: 'story',
    eol: '\n',
    digest: body,
    text: head + body,
    bodyStart: head.length,
    values: { headline: 'Harbour' },
    problems: [],
    state: 'draft',
    ...more,
  }) as unknown as DeskFile;

let kept: Map<string, string>;
beforeEach(() => {
  vi.useFakeTimers();
  kept = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

/** The server answers when the test says so. */
function answerLater() {
  const { promise, resolve } = Promise.withResolvers<DeskFile>();
  api.file.mockReturnValueOnce(promise);
  return resolve;
}

const looks: ['published' | 'changedOutside' | 'reload'][] = [['published'], ['changedOutside'], ['reload']];

test.each(looks)('what is typed during %s() stays, and leads to a comparison', async (how) => {
  const file = new OpenFile(onDisk('one'));
  const answer = answerLater();
  const looked = file[how]('two');
  file.setBody('typed');
  answer(onDisk('two'));
  await looked;
  expect(file.body.value).toBe('typed');
  expect(file.isChanged.value).toBe(true);
  expect(file.conflict.value?.theirs?.digest).toBe('two');
  expect(api.file).toHaveBeenCalledOnce();
});

test.each(looks)('what the editor has not handed on yet stays, too, during %s()', async (how) => {
  const file = new OpenFile(onDisk('one'));
  let typed = false;
  file.history.editor = {
    exchange: (moment) => moment,
    flush: () => {
      if (typed) file.setBody('typed');
      return '';
    },
  };
  const answer = answerLater();
  const looked = file[how]('two');
  typed = true;
  answer(onDisk('two'));
  await looked;
  expect(file.body.value).toBe('typed');
  expect(file.conflict.value?.theirs?.digest).toBe('two');
});

test('a publish of something else changes the state and the problems, and nothing that can be undone', async () => {
  const file = new OpenFile(onDisk('one'));
  file.replaceBody('two');
  api.save.mockResolvedValueOnce({ digest: 'two', text: `${head}two` });
  await file.save();
  const { value: version } = file.version;
  api.file.mockResolvedValueOnce(onDisk('two', { state: 'published', problems: [{ says: 'A mistake.' }] }));
  await file.published();
  expect(file.base.value.state).toBe('published');
  expect(file.problems.value).toHaveLength(1);
  expect(file.history.canUndo.value).toBe(true);
  expect(file.version.value).toBe(version);
  expect(file.saving.value).toBe('saved');
});

test('a file that nobody changed here is taken as the disk has it', async () => {
  const file = new OpenFile(onDisk('one'));
  api.file.mockResolvedValueOnce(onDisk('two'));
  await file.published();
  expect([file.body.value, file.saving.value, file.conflict.value]).toEqual(['two', 'saved', undefined]);
});

const autosave = { at: '2025-01-01T00:00:00.000Z', base: 'one', change: { body: 'recovered' } };
const inBrowser = () => [...kept.values()].map((text) => JSON.parse(text).change.body);

test('while nobody decided about a found text, this browser keeps what is typed, and the server what was found', async () => {
  const file = new OpenFile(onDisk('one', { autosave }));
  file.setBody('typed');
  await file.autosave();
  expect(inBrowser()).toEqual(['typed']);
  expect(api.autosave).not.toHaveBeenCalled();
  api.save.mockResolvedValueOnce({ digest: 'typed', text: `${head}typed` });
  await file.save();
  expect(api.save).toHaveBeenCalledWith(path, 'one', { body: 'typed' }, true);
});

test('a found text that only this browser has goes to the server before what is typed replaces it', async () => {
  kept.set(`desk unsaved test ${path}`, JSON.stringify(autosave));
  const file = new OpenFile(onDisk('one'));
  file.setBody('typed');
  const kept1 = file.autosave();
  expect(inBrowser()).toEqual(['recovered']);
  await kept1;
  expect(api.autosave).toHaveBeenCalledWith(path, 'one', { body: 'recovered' }, false);
  expect(inBrowser()).toEqual(['typed']);
});
