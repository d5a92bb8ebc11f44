import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProblemsError } from '../problems/problem.ts';
import { type SmallNewsroom, siteYaml, smallNewsroom, story } from './small-newsroom.fixture.ts';

/*
 * One address with one owner after another: a story, a page, a section, a file in public/. Each can follow each, as a
 * file or as a folder, in one build. What a clean build accepts, every other build accepts, with the same result.
 */

type State = Record<string, string>;

const page = (aliases: string[] = []) => `---\nheadline: A page\naliases: ${JSON.stringify(aliases)}\n---\n\nWords.\n`;
const named = 'content/stories/2025/02/named.md';

const families: Record<string, Record<string, State>> = {
  'a file and a folder of one name': {
    'nothing there': {},
    'file of public/': { 'public/o.html': 'a file' },
    'folder of public/': { 'public/o.html/p/index.html': 'a page', 'public/o.html/p/q/r.txt': 'deep' },
    'alias of a story': { [named]: story({ aliases: ['/o.html'] }) },
    'alias of a story below': { [named]: story({ aliases: ['/o.html/p/'] }) },
    'alias of a page': { 'content/pages/one.md': page(['/o.html']) },
    'alias of a page below': { 'content/pages/one.md': page(['/o.html/p/q/']) },
  },
  'one address': {
    'nothing there': {},
    'file of public/': { 'public/about/index.html': 'a page' },
    'file without an ending': { 'public/about': 'a file' },
    page: { 'content/pages/about.md': page() },
    'page in .mdx': { 'content/pages/about.mdx': page() },
    'page of the theme': { 'theme/pages/about.mdx': '---\ntitle: A page\n---\n\nWords.\n' },
    'alias of a story': { [named]: story({ aliases: ['/about/'] }) },
    'alias of a story, as a file': { [named]: story({ aliases: ['/about/index.html'] }) },
    'alias of a page': { 'content/pages/one.md': page(['/about/']) },
    section: {
      'content/site.yaml': siteYaml.replace('- { id: sport', '- { id: about, title: About }\n  - { id: sport'),
    },
    'other case': { 'public/About/index.html': 'a page' },
    'alias in other case': { [named]: story({ aliases: ['/ABOUT/'] }) },
    'both, which is refused': { 'public/about/index.html': 'a page', 'content/pages/about.md': page() },
  },
  'the address of a story': {
    'nothing there': {},
    story: { 'content/stories/2025/02/s.md': story({ headline: 'S' }) },
    'story in a folder': { 'content/stories/2025/02/s/index.md': story({ headline: 'S' }) },
    'by its slug': { 'content/stories/2025/02/t.md': story({ headline: 'T', slug: 's' }) },
    'alias of another': { 'content/stories/2025/02/t.md': story({ headline: 'T', aliases: ['/2025/02/s/'] }) },
    'alias of another, in other case': {
      'content/stories/2025/02/t.md': story({ headline: 'T', aliases: ['/2025/02/S/'] }),
    },
    'alias of a page': { 'content/pages/one.md': page(['/2025/02/s/']) },
    'alias below it': { 'content/stories/2025/02/t.md': story({ headline: 'T', aliases: ['/2025/02/s/t/'] }) },
    'file of public/': { 'public/2025/02/s/index.html': 'a page' },
    'file of public/ without an ending': { 'public/2025/02/s': 'a file' },
  },
};

let newsroom: SmallNewsroom;
let cache: string;
let inPlace: State = {};

function bring(state: State): void {
  for (const file of Object.keys(inPlace))
    if (file === 'content/site.yaml') newsroom.put(file, siteYaml);
    else newsroom.remove(file.startsWith('public/') ? file.split('/').slice(0, 2).join('/') : file);
  for (const [file, text] of Object.entries(state)) newsroom.put(file, text);
  inPlace = state;
}

/** The files of dist with their text, or the rules of the mistakes for which a build was refused. */
async function build(options: Parameters<SmallNewsroom['press']>[0] = {}): Promise<Map<string, string> | string[]> {
  try {
    await newsroom.press({ cache, ...options });
    return newsroom.dist(options.dist);
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems.map(({ rule, file }) => `${file}: ${rule}`).sort();
    throw error;
  }
}

const differences = (one: Map<string, string> | string[], other: Map<string, string> | string[]): string[] => {
  if (!(one instanceof Map) || !(other instanceof Map)) return [`${one}` === `${other}` ? [] : [`${one}`]].flat();
  return [...new Set([...one.keys(), ...other.keys()])].filter((file) => one.get(file) !== other.get(file));
};

beforeAll(() => {
  newsroom = smallNewsroom({
    'content/stories/2025/02/other.md': story({ headline: 'Other' }),
    'content/pages/two.md': page(),
  });
  cache = join(newsroom.site, '.broadsheet');
});
afterAll(() => rmSync(newsroom.site, { recursive: true, force: true }));

describe.each(Object.entries(families))('%s', (_, states) => {
  const clean = new Map<string, Map<string, string> | string[]>();

  test('a clean build of each', { timeout: 120_000 }, async () => {
    for (const [name, state] of Object.entries(states)) {
      bring(state);
      const dist = join(newsroom.site, 'clean');
      rmSync(dist, { recursive: true, force: true });
      clean.set(name, await build({ dist, clean: true }));
    }
    const accepted = [...clean.values()].filter((made) => made instanceof Map).length;
    expect(accepted).toBeGreaterThan(Object.keys(states).length - 3);
  });

  test.each(Object.keys(states))('%s, then each of the others', { timeout: 120_000 }, async (first) => {
    for (const [then, state] of Object.entries(states)) {
      bring(states[first]!);
      expect(differences(await build(), clean.get(first)!), `${then}, then ${first}`).toEqual([]);
      bring(state);
      expect(differences(await build(), clean.get(then)!), `${first}, then ${then}`).toEqual([]);
      // The record is correct too: there is nothing to do or to repair.
      if (clean.get(then) instanceof Map)
        expect(await newsroom.press({ cache })).toMatchObject({ rendered: 0, repaired: [], changed: [], removed: [] });
    }
  });
});
