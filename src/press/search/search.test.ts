import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { ProblemsError } from '../../problems/problem.ts';
import { killedAt } from '../killed.fixture.ts';
import { digestOfFolder, type SmallNewsroom, story } from '../small-newsroom.fixture.ts';
import { indexMentioning, searchedNewsroom, searchedYaml, searchIndexOf } from './search.fixture.ts';

let newsroom: SmallNewsroom;
afterEach(() => rmSync(newsroom.site, { recursive: true, force: true }));

const file = (name: string) => `content/stories/${name}.md`;
const two = {
  [file('2024/05/old')]: story({ headline: 'Oldest', published: '2024-05-01' }, 'A lighthouse keeper retired.'),
  [file('2025/02/a')]: story({ headline: 'Ferry', topics: ['Harbour'] }, 'The zeppelin landed on the quay.'),
};
const otherSite = () => join(newsroom.site, 'clean');
/** The digest of a clean build of the newsroom as it is now, in another folder. */
async function clean(at?: string): Promise<string> {
  rmSync(otherSite(), { recursive: true, force: true });
  await newsroom.press({ dist: otherSite(), clean: true, ...(at ? { at } : {}) });
  return digestOfFolder(otherSite());
}
const dist = () => digestOfFolder(join(newsroom.site, 'dist'));
const yearsMade = ({ added, changed, removed }: { added: string[]; changed: string[]; removed: string[] }) =>
  [
    ...new Set([...added, ...changed, ...removed].flatMap((path) => /^pagefind\/(\d{4})\//.exec(path)?.[1] ?? [])),
  ].sort();

test('there is one index for each year, with the text, the headline, and nothing of our own markup', async () => {
  newsroom = searchedNewsroom(two);
  const report = await newsroom.press();
  expect(yearsMade(report)).toEqual(['2024', '2025']);
  expect(indexMentioning(newsroom, 'lighthouse').every((path) => path.startsWith('pagefind/2024/en/'))).toBe(true);
  expect(indexMentioning(newsroom, 'lighthouse').some((path) => path.endsWith('.pf_fragment'))).toBe(true);
  expect(indexMentioning(newsroom, 'zeppelin').every((path) => path.startsWith('pagefind/2025/en/'))).toBe(true);
  expect(JSON.parse(searchIndexOf(newsroom).get('pagefind/2025/index.json')!)).toMatchObject({
    languages: [{ language: 'en', stories: 1, rules: 'en' }],
  });
  expect(newsroom.dist().get('pagefind/LICENSE.txt')).toContain('Copyright');
  // The indexes do not count as pages that readers open.
  newsroom.put('content/site.yaml', `${searchedYaml}search: false\n`);
  expect((await newsroom.press()).pages).toBe(report.pages - 1);
});

test('an edit makes only the index of its year again, and an edit without a change to it makes none', async () => {
  newsroom = searchedNewsroom(two);
  await newsroom.press();
  newsroom.put(file('2025/02/a'), story({ headline: 'Ferry', topics: ['Harbour'] }, 'The balloon landed on the quay.'));
  expect(yearsMade(await newsroom.press())).toEqual(['2025']);
  expect(indexMentioning(newsroom, 'zeppelin')).toEqual([]);
  expect(dist()).toBe(await clean());
  // The page of the topic and the filter of its year.
  newsroom.put('content/topics.yaml', 'harbour:\n  title: The old port\n');
  expect(yearsMade(await newsroom.press())).toEqual(['2025']);
  expect(indexMentioning(newsroom, 'the old port').length).toBeGreaterThan(0);
  expect(dist()).toBe(await clean());
  newsroom.put('theme/one.css', 'body { color: #010101 }');
  expect(yearsMade(await newsroom.press())).toEqual([]);
  const idle = await newsroom.press();
  expect([idle.added, idle.changed, idle.removed, idle.seconds.search]).toEqual([[], [], [], undefined]);
}, 300_000);

describe('what readers cannot see has left the index before the build reports success', () => {
  const hidden: Record<string, string | undefined> = {
    'a draft': story({ headline: 'Ferry', draft: true }, 'The zeppelin landed on the quay.'),
    'an embargo': story({ headline: 'Ferry', embargo: '2031-01-01T06:00:00Z' }, 'The zeppelin landed on the quay.'),
    'a withdrawal': story(
      { headline: 'Ferry', withdrawn: { date: '2025-03-01', reason: 'It was wrong.' } },
      'The zeppelin landed on the quay.',
    ),
    'a deletion': undefined,
  };
  for (const [what, text] of Object.entries(hidden))
    test(`${what}, also of the last story of a year, and if another story shows its headline`, async () => {
      newsroom = searchedNewsroom({
        ...two,
        [file('2025/02/a')]: story({ headline: 'Quux ferry' }, 'The zeppelin landed on the quay.'),
        [file('2024/05/old')]: story(
          { headline: 'Oldest', published: '2024-05-01' },
          'A lighthouse keeper retired.\n\n<RichLink story="2025/02/a" />',
        ),
      });
      await newsroom.press();
      expect(indexMentioning(newsroom, 'zeppelin').length).toBeGreaterThan(0);
      if (text === undefined) newsroom.remove(file('2025/02/a'));
      else newsroom.put(file('2025/02/a'), text.replace('Ferry', 'Quux ferry'));
      await newsroom.press();
      expect(indexMentioning(newsroom, 'zeppelin', 'quux')).toEqual([]);
      expect([...newsroom.dist().keys()].filter((path) => path.startsWith('pagefind/2025'))).toEqual([]);
      expect(existsSync(join(newsroom.site, 'dist/pagefind/2025'))).toBe(false);
      expect(dist()).toBe(await clean());
    }, 300_000);
});

test('a publish that was killed while it made the index is finished by the next one', async () => {
  newsroom = searchedNewsroom({ ...two, [file('2025/02/b')]: story({ headline: 'Another' }, 'A tram.') });
  await newsroom.press();
  newsroom.remove(file('2025/02/a'));
  newsroom.put(file('2023/01/new'), story({ headline: 'New', published: '2023-01-05' }, 'A gondola.'));
  const folder = join(newsroom.site, 'dist');
  const expected = await clean();
  const put = story({ headline: 'Ferry', topics: ['Harbour'] }, 'The zeppelin landed on the quay.');
  let steps = 1;
  for (let step = 1; step <= steps; step += 17) {
    // Back to the state before the edit.
    newsroom.put(file('2025/02/a'), put);
    newsroom.remove(file('2023/01/new'));
    await newsroom.press();
    newsroom.remove(file('2025/02/a'));
    newsroom.put(file('2023/01/new'), story({ headline: 'New', published: '2023-01-05' }, 'A gondola.'));
    const killed = await killedAt(step, folder, () => newsroom.press());
    if (!killed.isDead) break;
    steps = killed.steps + 18;
    await newsroom.press();
    expect(indexMentioning(newsroom, 'zeppelin'), `step ${step}`).toEqual([]);
    expect(dist(), `step ${step}`).toBe(expected);
  }
  expect(steps).toBeGreaterThan(40);
}, 600_000);

test('files of the index that somebody deleted, changed, or added are corrected', async () => {
  newsroom = searchedNewsroom(two);
  await newsroom.press();
  const expected = dist();
  const [first, second] = [...newsroom.dist().keys()].filter((path) => path.endsWith('.pf_fragment'));
  newsroom.remove(`dist/${first}`);
  newsroom.put(`dist/${second}`, 'changed');
  newsroom.put('dist/pagefind/2025/stray.txt', 'stray');
  newsroom.remove('dist/pagefind/2024/index.json');
  newsroom.remove('dist/pagefind/pagefind.js');
  await newsroom.press();
  expect(dist()).toBe(expected);
});

test('a newsroom can turn the search off and on, or use a service', async () => {
  newsroom = searchedNewsroom(two);
  await newsroom.press();
  const expected = dist();
  const paths = () => [...newsroom.dist().keys()].filter((path) => /^pagefind\/|^assets\/search\.js$/.test(path));
  const policy = () => /Content-Security-Policy" content="([^"]*)/.exec(newsroom.dist().get('search/index.html')!)?.[1];
  expect(paths().length).toBeGreaterThan(5);
  expect(policy()).toContain('wasm-unsafe-eval');
  for (const setting of ['search: false\n', 'search: { action: https://find.example/ }\n']) {
    newsroom.put('content/site.yaml', `${searchedYaml}${setting}`);
    await newsroom.press();
    expect(paths()).toEqual([]);
    expect(policy()).not.toContain('wasm-unsafe-eval');
    newsroom.put('content/site.yaml', searchedYaml);
    await newsroom.press();
    expect(dist()).toBe(expected);
  }
  // No other page carries it.
  const others = [...newsroom.dist()].filter(
    ([path, text]) => text.includes('wasm-unsafe-eval') && path.endsWith('.html'),
  );
  expect(others.map(([path]) => path)).toEqual(['search/index.html']);
}, 300_000);

test('each story is under its own language, without stories there is no index, and strange stories are no problem', async () => {
  newsroom = searchedNewsroom({ [file('2025/02/draft')]: story({ headline: 'Not yet', draft: true }) });
  await newsroom.press();
  expect(searchIndexOf(newsroom).size).toBe(0);
  const languages =
    'ar be bg cs da de el en es et fa fi fr ga he hi hu id it ja ko lt nl no pl pt-BR ro uk zh-Hant x-none';
  for (const language of languages.split(' '))
    newsroom.put(
      file(`2025/02/${language.toLowerCase()}`),
      story(
        { headline: `In ${language}`, language: language === 'x-none' ? undefined : language },
        'محمّد 東京の天気 Straße 👩‍🚀',
      ),
    );
  newsroom.put(file('2025/02/empty'), story({ headline: '<script>alert(1)</script>', published: '2025-02-12' }, ''));
  newsroom.put(file('1969/02/early'), story({ headline: 'Before computers', published: '1969-07-20' }, 'The moon.'));
  await newsroom.press();
  const about = JSON.parse(searchIndexOf(newsroom).get('pagefind/2025/index.json')!) as {
    languages: { language: string }[];
  };
  expect(about.languages.map(({ language }) => language)).toEqual(
    [...new Set(languages.split(' ').map((tag) => (tag === 'x-none' ? 'en' : tag.split('-')[0]!)))].sort(),
  );
  expect(searchIndexOf(newsroom).has('pagefind/1969/index.json')).toBe(true);
  expect(dist()).toBe(await clean());
}, 300_000);

describe('without a working program, the pages are published, and the message says what to do', () => {
  const before = process.env.PAGEFIND_EXTENDED_BINARY_PATH;
  afterEach(() => {
    if (before === undefined) delete process.env.PAGEFIND_EXTENDED_BINARY_PATH;
    else process.env.PAGEFIND_EXTENDED_BINARY_PATH = before;
  });
  const rules = async (program: string): Promise<string[]> => {
    process.env.PAGEFIND_EXTENDED_BINARY_PATH = program;
    try {
      await newsroom.press();
      return [];
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error;
      return error.problems.map(({ rule }) => rule);
    }
  };

  test('if it is missing, if it ends, and again when it is there', async () => {
    newsroom = searchedNewsroom(two);
    expect(await rules(join(newsroom.site, 'none'))).toEqual(['search-program-missing']);
    expect(newsroom.dist().has('2025/02/a/index.html')).toBe(true);
    const broken = join(newsroom.site, 'broken.sh');
    writeFileSync(broken, '#!/bin/sh\nhead -c 5 > /dev/null\nexit 3\n');
    chmodSync(broken, 0o755);
    expect(await rules(broken)).toEqual(['search-index-failed']);
    delete process.env.PAGEFIND_EXTENDED_BINARY_PATH;
    await newsroom.press();
    expect(dist()).toBe(await clean());
  }, 300_000);
});
