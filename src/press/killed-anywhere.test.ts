import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, describe, expect, test } from 'vitest';
import { killedAt } from './killed.fixture.ts';
import { type SmallNewsroom, smallNewsroom, story } from './small-newsroom.fixture.ts';

/*
 * A publish can be killed between any two steps. The next publish does the remaining writes and removals, whether the
 * newsroom is as it was then or as it was before. A reader who comes in between sees whole pages whose links work.
 */

const stories = 'content/stories/2025/02';
const lead = { src: 'p.jpg', alt: 'A field' };

const picture = await sharp({ create: { width: 900, height: 500, channels: 3, background: '#a00' } })
  .jpeg()
  .toBuffer();

type State = Record<string, string | Uint8Array | undefined>;

/** Two states of a newsroom: files with their text, or undefined if they do not exist. */
const edits: Record<string, { a: State; b: State }> = {
  'an original is taken back': {
    a: {
      [`${stories}/s/index.md`]: story({ lead: { ...lead, original: 'publish' } }),
      [`${stories}/s/p.jpg`]: picture,
    },
    b: { [`${stories}/s/index.md`]: story({ lead }), [`${stories}/s/p.jpg`]: picture },
  },
  'another focus': {
    a: { [`${stories}/s/index.md`]: story({ lead: { ...lead, focus: '10% 10%' } }), [`${stories}/s/p.jpg`]: picture },
    b: { [`${stories}/s/index.md`]: story({ lead: { ...lead, focus: '90% 90%' } }), [`${stories}/s/p.jpg`]: picture },
  },
  'a lead moves into the text': {
    a: { [`${stories}/s/index.md`]: story({ lead }), [`${stories}/s/p.jpg`]: picture },
    b: { [`${stories}/s/index.md`]: story({}, 'Words.\n\n![A field](p.jpg)'), [`${stories}/s/p.jpg`]: picture },
  },
  'a picture goes': {
    a: { [`${stories}/s/index.md`]: story({ lead }), [`${stories}/s/p.jpg`]: picture },
    b: { [`${stories}/s/index.md`]: story(), [`${stories}/s/p.jpg`]: undefined },
  },
  'another theme': {
    a: { 'theme/one.css': 'body { color: #010101 }', [`${stories}/s.md`]: story() },
    b: { 'theme/one.css': 'body { color: #020202 }', [`${stories}/s.md`]: story({ headline: 'Too' }) },
  },
  'stories and what they name are added and deleted': {
    a: {
      [`${stories}/a.md`]: story({ headline: 'Always', published: '2025-01-01' }, 'To [old](story:2025/02/old).'),
      [`${stories}/old.md`]: story({
        headline: 'Old',
        topics: ['Old topic'],
        series: 'Old series',
        byline: ['Old Name'],
      }),
      'public/old.txt': 'old',
      'public/same.txt': 'old',
      'content/pages/old.md': '---\nheadline: Old\n---\nWords.\n',
    },
    b: {
      [`${stories}/a.md`]: story({ headline: 'Always', published: '2025-01-01' }, 'To [new](story:2025/02/zzz).'),
      [`${stories}/zzz.md`]: story({
        headline: 'New',
        topics: ['New topic'],
        series: 'New series',
        byline: ['New Name'],
        published: '2024-02-12',
        aliases: ['/2025/02/old/'],
      }),
      'public/new.txt': 'new',
      'public/same.txt': 'new',
      'content/pages/new.md': '---\nheadline: New\n---\nWords.\n',
    },
  },
};

let newsroom: SmallNewsroom | undefined;
afterEach(() => {
  if (newsroom) rmSync(newsroom.site, { recursive: true, force: true });
  newsroom = undefined;
});

const differences = (one: Map<string, string>, other: Map<string, string>): string[] =>
  [...new Set([...one.keys(), ...other.keys()])].filter(
    (file) => !file.startsWith('.broadsheet-part') && one.get(file) !== other.get(file),
  );

/** The files that a page links to or shows. */
function linksOf(text: string): string[] {
  const links = [...text.matchAll(/(?:href|src)="(\/[^"#?]*)/g)].map(([, link = '']) => link);
  const sets = [...text.matchAll(/srcset="([^"]*)"/g)].flatMap(([, set = '']) => set.split(','));
  return [...links, ...sets.map((link) => link.trim().split(' ')[0]!)].map((link) =>
    decodeURI(link.endsWith('/') ? `${link}index.html` : link).slice(1),
  );
}

/**
 * Broken links on pages that a reader can have open: those that existed before, and those that these link to. A new
 * page that nothing links to yet can link to another one that comes next.
 */
function deadLinks(site: Map<string, string>, before: Iterable<string>): string[] {
  const dead: string[] = [];
  const reached = new Set(before);
  for (const file of reached) {
    if (!file.endsWith('.html')) continue;
    for (const target of linksOf(site.get(file) ?? ''))
      if (site.has(target)) reached.add(target);
      else dead.push(`${file}: ${target}`);
  }
  return dead;
}

describe.each(Object.entries(edits))('%s', (_, { a, b }) => {
  test('killed at each step: nothing is forgotten, and no link is broken', { timeout: 300_000 }, async () => {
    const room = smallNewsroom({ 'content/stories/2025/03/other.md': story({ headline: 'Other', byline: ['Other'] }) });
    newsroom = room;
    const dist = join(room.site, 'dist');
    const cache = join(room.site, '.broadsheet');
    const bring = (state: State) => {
      for (const file of new Set([...Object.keys(a), ...Object.keys(b)])) {
        const text = state[file];
        if (text === undefined) room.remove(file);
        else room.put(file, text);
      }
    };
    const whole = new Map<string, Set<string>>();
    const [cleanA, cleanB] = [new Map<string, string>(), new Map<string, string>()];
    for (const [state, clean] of [
      [b, cleanB],
      [a, cleanA],
    ] as const) {
      bring(state);
      const folder = join(room.site, 'clean');
      rmSync(folder, { recursive: true, force: true });
      await room.press({ cache, dist: folder });
      for (const [file, text] of room.dist(folder)) {
        clean.set(file, text);
        whole.set(file, (whole.get(file) ?? new Set()).add(text));
      }
      expect(deadLinks(clean, clean.keys())).toEqual([]);
      expect(linksOf([...clean.values()].join('')).length).toBeGreaterThan(50);
    }
    await room.press({ cache });

    const isAsClean = async (clean: Map<string, string>, when: string) => {
      await room.press({ cache });
      expect(differences(room.dist(), clean), when).toEqual([]);
      expect(existsSync(join(dist, '.broadsheet-part')), when).toBe(false);
    };
    const way = [
      { state: a, clean: cleanA },
      { state: b, clean: cleanB },
    ] as const;
    let here = 0;
    let wasAlive = 0;
    // Back and forth, one step further each time. Now and then the newsroom is restored in between.
    for (let step = 1; wasAlive < 2; step++) {
      const [from, to] = [way[here]!, way[1 - here]!];
      bring(to.state);
      const { isDead } = await killedAt(step, dist, () => room.press({ cache }));
      wasAlive = isDead ? 0 : wasAlive + 1;
      const left = room.dist();
      for (const [file, text] of left)
        if (!file.startsWith('.broadsheet-part'))
          expect(whole.get(file)?.has(text), `${file} is whole at step ${step}`).toBe(true);
      const stays = [...from.clean.keys()].filter((file) => to.clean.has(file));
      expect(deadLinks(left, stays), `at step ${step}`).toEqual([]);
      if (step % 3 === 0) {
        bring(from.state);
        await isAsClean(from.clean, `taken back, killed at step ${step}`);
      } else {
        await isAsClean(to.clean, `killed at step ${step}`);
        here = 1 - here;
      }
      expect(step).toBeLessThan(500);
    }
  });
});
