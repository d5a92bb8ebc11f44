import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SetupError } from '../problems/problem.ts';
import { publishesMax } from './history.ts';
import { memoryTarget } from './memory-target.fixture.ts';
import { filesIn, newsSite, type SmallSite, smallSite } from './small-site.fixture.ts';

/* Returning to an earlier publish. */

let site: SmallSite;
beforeEach(() => {
  site = smallSite();
});
afterEach(() => site.remove());

const editions = ['one', 'two', 'three', 'four'];
const build = (edition: string, stories: Record<string, string> = {}) =>
  site.build(newsSite(edition, { ferry: `Ferry ${edition}`, [`only-${edition}`]: 'A story', ...stories }));

/** Both ways to keep the bytes: read from a near target when they are replaced, and copied when they are sent. */
const places = [
  ['near', () => ({ target: undefined, files: () => filesIn(join(site.folder, 'www')) })],
  [
    'distant',
    () => {
      const target = memoryTarget();
      return { target, files: target.files };
    },
  ],
] as const;

test.each(places)('%s: --rollback N is the site N publishes ago, byte for byte', async (_, open) => {
  const { target, files } = open();
  const states: Map<string, string>[] = [];
  for (const edition of editions) {
    build(edition);
    await site.deploy(target);
    states.push(files());
  }
  await site.deploy(target); // changes nothing, so it is no publish
  for (const steps of [1, 3, 3, 5, 1]) {
    await site.deploy(target, { rollback: steps });
    expect(files(), `${steps}`).toEqual(states.at(-1 - steps));
    states.push(files()); // a rollback is a publish, too
  }
});

test.each(places)('%s: only the last publishes are kept, and only the bytes that they need', async (_, open) => {
  const { target } = open();
  for (let i = 0; i < publishesMax + 4; i++) {
    build(`${i}`);
    await site.deploy(target);
  }
  const [name = ''] = readdirSync(join(site.folder, 'state'));
  const folder = join(site.folder, 'state', name);
  expect(readdirSync(join(folder, 'publishes'))).toHaveLength(publishesMax);
  const texts = [...filesIn(join(folder, 'contents')).values()];
  expect(texts.some((text) => text.includes('Ferry 2<'))).toBe(false);
  expect(texts.some((text) => text.includes('Ferry 3<'))).toBe(true);
  await site.deploy(target, { rollback: publishesMax });
});

test('a deploy that was stopped and continued is one publish', async () => {
  let puts = Number.POSITIVE_INFINITY;
  const target = memoryTarget({
    parallel: 1,
    before(operation) {
      if (operation === 'put' && --puts < 0) throw Object.assign(new Error('off'), { status: 400 });
    },
  });
  build('one');
  await site.deploy(target);
  const before = target.files();
  build('two');
  puts = 6;
  await expect(site.deploy(target)).rejects.toThrow('off');
  puts = Number.POSITIVE_INFINITY;
  await site.deploy(target);
  await site.deploy(target, { rollback: 1 });
  expect(target.files()).toEqual(before);
});

test('a dry run of a rollback says what would change', async () => {
  const target = memoryTarget();
  build('one');
  await site.deploy(target);
  build('two');
  await site.deploy(target);
  const before = target.files();
  const report = await site.deploy(target, { rollback: 1, isDry: true });
  expect(report.sent).toContain('2025/02/only-one/index.html');
  expect(report.deleted).toContain('2025/02/only-two/index.html');
  expect(target.files()).toEqual(before);
});

const refusal = async (work: Promise<unknown>) =>
  ((await work.catch((error: unknown) => error)) as SetupError).problems[0];

test('what this machine does not know cannot be returned to (deploy-no-history)', async () => {
  const target = memoryTarget();
  expect(await refusal(site.deploy(target, { rollback: 1 }))).toMatchObject({ rule: 'deploy-no-history' });
  build('one');
  await site.deploy(target);
  expect((await refusal(site.deploy(target, { rollback: 1 })))?.message).toContain('knows no publish');
  build('two');
  await site.deploy(target);
  const problem = await refusal(site.deploy(target, { rollback: 2 }));
  expect([problem?.message, problem?.hint]).toEqual([
    expect.stringContaining('knows only 1 publish'),
    expect.stringContaining('from 1 to 1'),
  ]);
});

test('bytes that are missing or damaged are never sent', async () => {
  build('one');
  await site.deploy(undefined);
  build('two');
  await site.deploy(undefined);
  const before = filesIn(join(site.folder, 'www'));
  const [name = ''] = readdirSync(join(site.folder, 'state'));
  const contents = join(site.folder, 'state', name, 'contents');
  const [blob = ''] = [...filesIn(contents)].find(([, text]) => text.includes('Ferry one')) ?? [];
  writeFileSync(join(contents, blob), 'damaged');
  await expect(site.deploy(undefined, { rollback: 1 })).rejects.toThrow('2025/02/ferry/index.html');
  expect(filesIn(join(site.folder, 'www')).get('2025/02/ferry/index.html')).toBe(
    before.get('2025/02/ferry/index.html'),
  );
  rmSync(join(contents, blob));
  expect((await refusal(site.deploy(undefined, { rollback: 1 })))?.message).toContain('not complete');
});
