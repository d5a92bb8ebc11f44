import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { smallNewsroom, story } from '../press/small-newsroom.fixture.ts';
import { call } from './command-line.fixture.ts';

const file = 'content/stories/2025/02/harbour/index.md';
const written = story(
  { byline: ['Ann Example'] },
  'The strike has ended.The ferries sail from the the pier.\n\nThe caf\uFFFD is open.',
);
const newsroom = smallNewsroom({ [file]: written });
const check = ['check', '--site', newsroom.site];
const read = () => readFileSync(join(newsroom.site, file), 'utf8');
afterAll(() => rmSync(newsroom.site, { recursive: true, force: true }));

test('--fix --dry-run shows each line before and after, and changes nothing', async () => {
  const { code, stdout, stderr } = await call([...check, '--fix', '--dry-run']);
  expect(stdout).toBe(
    `${file}:8\n- The strike has ended.The ferries sail from the the pier.\n+ The strike has ended. The ferries sail from the pier.\nThese lines would change: 1 place in 1 file.\n`,
  );
  expect(stderr).toContain('3 warnings. A build would succeed.');
  expect([code, read()]).toEqual([0, written]);
});

test('--fix corrects what is certain and lists the rest, for people and as JSON', async () => {
  const said = JSON.parse((await call([...check, '--fix', '--json'])).stdout);
  expect(said).toMatchObject({
    ok: true,
    warnings: [{ file, line: 10, rule: 'copy-broken-characters' }],
    corrections: [{ file, line: 8, after: ['The strike has ended. The ferries sail from the pier.'] }],
    skipped: [],
  });
  expect(read()).toBe(written.replace('ended.The', 'ended. The').replace('the the', 'the'));
  const again = await call([...check, '--fix']);
  expect(again.stdout).toBe('There is nothing that can be corrected with certainty.\n');
  expect(again.stderr).toContain('1 warning. A build would succeed.');
});

test('--dry-run alone is a mistake in the command', async () => {
  expect(await call([...check, '--dry-run'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--fix') });
});

test('pictures that are wanted are listed with their place and address', async () => {
  newsroom.put(
    file,
    story({ byline: ['Ann Example'], lead: { wanted: 'https://old.example/a.jpg', caption: 'A ferry' } }),
  );
  const { warnings } = JSON.parse((await call([...check, '--json'])).stdout);
  expect(warnings).toMatchObject([
    { file, line: 6, rule: 'picture-wanted', message: expect.stringContaining('https://old.example/a.jpg') },
  ]);
});
