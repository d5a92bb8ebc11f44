import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { searchedYaml } from './search/search.fixture.ts';
import { digestOfFolder, smallNewsroom, story, walk } from './small-newsroom.fixture.ts';

const siteYaml = `${searchedYaml}wire: true\n`;

/*
 * The most important promise: dist is a function of the newsroom and the given time, not of earlier builds. The test
 * makes random edits and, after every few of them, a clean build elsewhere.
 */

const stories = 300;
const edits = 120;
const editsPerPublish = 4;

/** Our own random generator, so that a failure can be reproduced. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
}

test(`after ${edits} random edits at ${stories} stories, an incremental dist equals a clean one`, {
  timeout: 600_000,
}, async () => {
  const rnd = random(Number(process.env.SEED ?? 20250612));
  const newsroom = smallNewsroom({ 'content/site.yaml': siteYaml });
  const pictures = await Promise.all(
    [1, 2, 3, 4].map((i) =>
      sharp({ create: { width: 330, height: 200, channels: 3, background: { r: i * 50, g: 90, b: 120 } } })
        .jpeg()
        .toBuffer(),
    ),
  );
  const alive = new Map<string, number>();
  const iso = () => new Date(Date.UTC(2024, rnd(20), 1 + rnd(28), rnd(24), rnd(60))).toISOString();
  const name = (i: number) => `content/stories/${2024 + (i % 2)}/0${1 + (i % 9)}/s${i}`;
  const pick = () => [...alive.keys()][rnd(alive.size)]!;
  const others = () => [...alive].filter(([, i]) => i < 40).map(([folder]) => folder.slice('content/stories/'.length));
  const write = (folder: string, i: number) => {
    const hasPicture = rnd(6) === 0;
    if (hasPicture) newsroom.put(`${folder}/p.jpg`, pictures[rnd(4)]!);
    const target = others()[rnd(Math.max(1, others().length))];
    const front = {
      headline: `Headline ${i} ${rnd(1e6)}`,
      standfirst: rnd(2) ? `Standfirst ${rnd(99)}` : undefined,
      section: ['world', 'sport', undefined][rnd(3)],
      topics: [`t${rnd(7)}`, ['Harbour', 'harbour', 'HARBOUR', 'Sea port'][rnd(4)]],
      byline: [['ann', 'bob', `Writer ${rnd(5)}`][rnd(3)]],
      published: iso(),
      draft: rnd(14) === 0 || undefined,
      embargo: rnd(14) === 0 ? '2031-01-01T06:00:00Z' : undefined,
      series: [
        undefined,
        undefined,
        'The river',
        'the River',
        { title: 'The river', part: 1 + rnd(4) },
        `Series ${rnd(3)}`,
      ][rnd(6)],
      corrections: rnd(5)
        ? undefined
        : Array.from({ length: 1 + rnd(2) }, () => ({
            date: iso(),
            type: ['correction', 'clarification', 'update'][rnd(3)],
            text: `Wrong ${rnd(99)}`,
          })),
      related: rnd(6) === 0 && target && !folder.endsWith(target) ? [target] : undefined,
      sponsor: rnd(20) === 0 ? { name: 'Somebody' } : undefined,
      withdrawn: rnd(25) === 0 ? { date: '2025-03-01', reason: 'It was wrong.' } : undefined,
      aliases: rnd(8) === 0 ? [`/old/${i}/`, `/?p=${i}`] : undefined,
      translationOf: rnd(15) === 0 && target && !folder.endsWith(target) ? target : undefined,
      lead: hasPicture ? { src: 'p.jpg', alt: 'A plain field of colour' } : undefined,
    };
    const link = target && rnd(3) === 0 ? `\n\n[See](story:${target}).` : '';
    const isMdx = i % 3 === 0;
    const pieces: string[] = [];
    if (isMdx && rnd(3) === 0) {
      newsroom.put(`${folder}/t.csv`, `a,b\n1,${rnd(99)}\n`);
      pieces.push('<Table src="t.csv" caption="T" />');
    }
    if (isMdx && target && rnd(2) === 0) pieces.push(`<RichLink to="story:${target}" title="See" />`);
    if (isMdx && rnd(3) === 0) pieces.push(`<Profile author="${['ann', 'bob'][rnd(2)]}" />`);
    newsroom.put(
      `${folder}/index.${isMdx ? 'mdx' : 'md'}`,
      story(front, [`Text ${rnd(1e6)} **bold**.${link}`, ...pieces, '> A quote.'].join('\n\n')),
    );
    alive.set(folder, i);
  };
  newsroom.put('content/authors/ann.yaml', 'name: Ann Example\nbio: One.\n');
  newsroom.put('content/authors/bob.yaml', 'name: Bob Example\n');
  newsroom.put('content/topics.yaml', 'harbour: { title: The harbour, aliases: [Sea port] }\n');
  newsroom.put('content/pages/about.md', '---\nheadline: About\n---\n\nUs.\n');
  for (let i = 0; i < stories; i++) write(name(i), i);
  await newsroom.press();

  const isLinked = (folder: string) =>
    [...alive.keys()].some(
      (other) => other !== folder && textOf(other).includes(folder.slice('content/stories/'.length)),
    ) ||
    ['home', 'world'].some((id) => {
      const file = join(newsroom.site, `content/fronts/${id}.yaml`);
      return existsSync(file) && readFileSync(file, 'utf8').includes(folder.slice('content/stories/'.length));
    });
  const textOf = (folder: string) => {
    const file = ['md', 'mdx']
      .map((extension) => join(newsroom.site, `${folder}/index.${extension}`))
      .find((path) => existsSync(path));
    return file ? readFileSync(file, 'utf8') : '';
  };
  let fresh = stories;
  const front = (file: string) => {
    const names = Array.from({ length: rnd(7) }, () => pick().slice('content/stories/'.length));
    const [pinned, banner, other] = [0, 1, 2].map(() => pick().slice('content/stories/'.length));
    const stories = names.map((name, i) => (i % 2 ? name : { story: name, with: rnd(2) ? [other] : [] }));
    const decided = {
      layout: ['lead', 'package', 'pair', 'words'][rnd(4)],
      stories,
      pinned: rnd(2) ? pinned : undefined,
      banner: rnd(2)
        ? {
            text: `Banner ${rnd(9)}`,
            story: rnd(2) ? banner : undefined,
            until: [undefined, '2025-01-01', '2025-03-01', '2031-01-01'][rnd(4)],
          }
        : undefined,
    };
    if (rnd(5)) newsroom.put(file, JSON.stringify(decided));
    else newsroom.remove(file);
  };
  const kinds: (() => string)[] = [
    () => {
      const folder = pick();
      write(folder, alive.get(folder)!);
      return `edit ${folder}`;
    },
    () => {
      const folder = name(fresh);
      write(folder, fresh++);
      return `add ${folder}`;
    },
    () => {
      const folder = pick();
      if (isLinked(folder)) return 'nothing';
      newsroom.remove(folder);
      alive.delete(folder);
      return `remove ${folder}`;
    },
    () => {
      const folder = pick();
      if (isLinked(folder)) return 'nothing';
      const to = `${folder}-moved`;
      mkdirSync(dirname(join(newsroom.site, to)), { recursive: true });
      renameSync(join(newsroom.site, folder), join(newsroom.site, to));
      alive.set(to, 900 + alive.get(folder)!);
      alive.delete(folder);
      return `rename ${folder}`;
    },
    () => {
      const withPicture = [...alive.keys()].filter((folder) => existsSync(join(newsroom.site, folder, 'p.jpg')));
      const folder = withPicture[rnd(withPicture.length)];
      if (folder) newsroom.put(`${folder}/p.jpg`, pictures[rnd(4)]!);
      return `picture ${folder}`;
    },
    () => {
      const withTable = [...alive.keys()].filter((folder) => existsSync(join(newsroom.site, folder, 't.csv')));
      const folder = withTable[rnd(withTable.length)];
      if (folder) newsroom.put(`${folder}/t.csv`, `a,b\n1,${rnd(99)}\n2,x\n`);
      return `table ${folder}`;
    },
    () => {
      newsroom.put('content/authors/ann.yaml', `name: Ann Example${rnd(3)}\nbio: Bio ${rnd(9)}.\n`);
      return 'author';
    },
    () => {
      newsroom.put(
        'content/topics.yaml',
        [
          'harbour: { title: The harbour, aliases: [Sea port] }\n',
          'harbour: { description: Boats. }\n',
          't1: { aliases: [t2] }\n',
        ][rnd(3)]!,
      );
      return 'topics';
    },
    () => {
      newsroom.put(
        'content/site.yaml',
        [siteYaml, siteYaml.replace('Example Post', `Post ${rnd(9)}`), siteYaml.replace('Europe/Dublin', 'Asia/Tokyo')][
          rnd(3)
        ]!,
      );
      return 'site';
    },
    () => {
      newsroom.put(
        'content/pages/about.md',
        `---\nheadline: About ${rnd(9)}\naliases: [/us${rnd(3)}/]\n---\n\nUs ${rnd(9)}.\n`,
      );
      return 'page';
    },
    () => {
      if (rnd(2)) newsroom.put(`public/file${rnd(2)}.txt`, `${rnd(9)}`);
      else newsroom.remove(`public/file${rnd(2)}.txt`);
      return 'public';
    },
  ];
  kinds.push(
    () => {
      front('content/fronts/home.yaml');
      return 'home';
    },
    () => {
      front('content/fronts/world.yaml');
      return 'front of world';
    },
    () => {
      if (rnd(4)) newsroom.put('content/series.yaml', `the-river: { title: River ${rnd(3)} }\nseries-1: {}\n`);
      else newsroom.remove('content/series.yaml');
      return 'series';
    },
  );
  const weights = [0, 0, 0, 0, 1, 1, 2, 2, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10, 10, 11, 12, 13];
  let done = 0;
  while (done < edits) {
    const happened: string[] = [];
    for (let i = 0; i < editsPerPublish; i++, done++) happened.push(kinds[weights[rnd(weights.length)]!]!());
    const at = rnd(4) === 0 ? '2025-01-15T00:00:00Z' : '2025-06-01T12:00:00Z';
    await newsroom.press({ at });
    const clean = join(newsroom.site, 'clean');
    await newsroom.press({ at, dist: clean, clean: true });
    const [incremental, whole] = [newsroom.dist(), newsroom.dist(clean)];
    const different = [...new Set([...incremental.keys(), ...whole.keys()])].filter(
      (file) => incremental.get(file) !== whole.get(file),
    );
    expect(different, `after ${happened.join(', ')}`).toEqual([]);
  }
  expect(digestOfFolder(join(newsroom.site, 'dist'))).toBe(digestOfFolder(join(newsroom.site, 'clean')));
  // Whichever of the two times came last, most stories are public.
  expect(walk(join(newsroom.site, 'dist')).length).toBeGreaterThan(stories / 2);
});
