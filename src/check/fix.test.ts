import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type SmallNewsroom, sharedCache, smallNewsroom, story } from '../press/small-newsroom.fixture.ts';
import { fix } from './fix.ts';

const file = 'content/stories/2025/03/ferry.md';
const rooms: SmallNewsroom[] = [];
afterEach(() => {
  for (const { site } of rooms.splice(0)) rmSync(site, { recursive: true, force: true });
});

/** A newsroom with one more story, saved a while ago. */
function newsroomWith(text: string, path = file) {
  const newsroom = smallNewsroom({
    'content/stories/2025/02/harbour.md': story({ byline: ['Ann Example'] }),
    [path]: text,
  });
  rooms.push(newsroom);
  const old = Date.now() / 1000 - 60;
  utimesSync(join(newsroom.site, path), old, old);
  const options = {
    site: newsroom.site,
    cache: sharedCache,
    now: Date.parse('2025-06-01T12:00:00Z'),
    clock: Date.now(),
  };
  return { ...options, options, read: () => readFileSync(join(newsroom.site, path), 'utf8') };
}

const front = 'headline: Ferries\npublished: 2025-03-01\nsection: world\n';

test('only what is wrong changes: line endings, comments, quotation marks, and every other byte stay', async () => {
  const written = `\uFEFF---\r\n# A comment\r\n${front.replaceAll('\n', '\r\n')}standfirst:   'It has ended.The ferries sail.'   # kept\r\n---\r\n\r\nFrom the the pier  \r\n\`the the\` <span title="the the">caf\u00e9</span>\r\n\r\nCafÃ© – fine.\r\n`;
  const room = newsroomWith(written);
  const { corrections, skipped, checked } = await fix(room.options);
  expect(room.read()).toBe(
    written.replace('ended.The', 'ended. The').replace('From the the', 'From the').replace('CafÃ©', 'Café'),
  );
  expect(corrections.map(({ line, before, after }) => [line, before.length, after.length])).toEqual([
    [6, 1, 1],
    [9, 1, 1],
    [12, 1, 1],
  ]);
  expect([skipped, checked.problems.map(({ rule }) => rule)]).toEqual([[], ['words-in-attribute']]);
  // Once more: nothing is left, and the file is not even written.
  const { mtimeMs } = statSync(join(room.site, file));
  expect((await fix(room.options)).corrections).toEqual([]);
  expect(statSync(join(room.site, file)).mtimeMs).toBe(mtimeMs);
});

test('what is not certain is listed and stays', async () => {
  const written = `---\n${front}---\n\nShe said " no. The caf\uFFFD is open, from the\nthe pier.\n`;
  const room = newsroomWith(written);
  const { corrections, checked } = await fix(room.options);
  expect([room.read(), corrections]).toEqual([written, []]);
  expect(checked.problems.map(({ rule }) => rule).sort()).toEqual([
    'copy-broken-characters',
    'copy-doubled-word',
    'copy-quotation-mark',
  ]);
});

test('a correction that makes room for another one is followed by it', async () => {
  const room = newsroomWith(`---\n${front}---\n\nIt wouldnÂ´t sail.\n`);
  await fix(room.options);
  expect(room.read()).toContain('It wouldn’t sail.');
});

test('a cure of front matter is applied, and then the text below it; one with a gap is left to the editor', async () => {
  const room = newsroomWith(
    '---\nheadlin: Ferries\npublished: 2025-03-01\nsection: world\nlead: ferry.jpg\n---\n\nFrom the the pier.\n',
  );
  const { checked } = await fix(room.options);
  expect(room.read()).toBe(
    '---\nheadline: Ferries\npublished: 2025-03-01\nsection: world\nlead: ferry.jpg\n---\n\nFrom the pier.\n',
  );
  expect(checked.problems.map(({ rule }) => rule)).toEqual(['wrong-value']);
});

test('a standing page is corrected too', async () => {
  const room = newsroomWith('---\nheadline: About the the paper\n---\n\nWe are are here.\n', 'content/pages/about.md');
  await fix(room.options);
  expect(room.read()).toBe('---\nheadline: About the paper\n---\n\nWe are here.\n');
});

test('--dry-run shows the same lines and writes nothing', async () => {
  const written = `---\n${front}---\n\nFrom the the pier.\n`;
  const room = newsroomWith(written);
  const { corrections } = await fix(room.options, { isDry: true });
  expect(corrections).toEqual([{ file, line: 7, before: ['From the the pier.'], after: ['From the pier.'] }]);
  expect(room.read()).toBe(written);
});

test('a paragraph that repeats a caption goes with its empty line', async () => {
  const caption = 'The first ferry of the spring leaves';
  const written = `---\n${front}pictures: { a.jpg: { wanted: "https://x.example/a.jpg" } }\n---\n\n![A ferry](a.jpg "${caption}")\n\n${caption}.\n\nMore.\n`;
  const room = newsroomWith(written);
  const { corrections } = await fix(room.options);
  expect(room.read()).toBe(written.replace(`${caption}.\n\n`, ''));
  expect(corrections).toEqual([{ file, line: 10, before: [`${caption}.`, ''], after: [] }]);
});

test('a file that is saved while it is checked is not overwritten', async () => {
  const room = newsroomWith(`---\n${front}---\n\nFrom the the pier.\n`);
  const saved = `---\n${front}---\n\nSomebody else wrote wrote this.\n`;
  const { corrections, skipped } = await fix({
    ...room.options,
    onProgress: (phase, done, total) => {
      if (phase === 'stories' && done === total) writeFileSync(join(room.site, file), saved);
    },
  });
  expect([corrections, skipped, room.read()]).toEqual([[], [file], saved]);
});
