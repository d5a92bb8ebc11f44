import sharp from 'sharp';
import { siteYaml, story } from '../press/small-newsroom.fixture.ts';
import { fileOf, type IngestedNewsroom } from './ingested.fixture.ts';

/* A newsroom that random edits turn into another one, from few names, so that the edits meet each other often. */

/** Feeds for partners. Some of the times in `at` are before a story is due in one of them, and some are after it. */
const feeds = 'feeds:\n  - { id: agency, topics: [harbour], sections: [world] }\n  - { id: late, delay: 70d }\n';
export const feedsUsed = ['agency', 'late', 'later'];

export const ids = ['2025/01/a', '2025/01/b', '2025/02/c', '2025/02/d', '2025/02/e', '2025/03/f', 'g', '2025/03/h'];
export const topicsUsed = ['harbour', 'sea-port', 'quay', 'acdc'];
export const authors = ['ann', 'bob'];
export const seriesUsed = ['the-river', 'the-sea'];
export const sections = ['world', 'sport'];
/** Where stories and pages were before, and files of `public/`. */
export const aliases = ['/old/', '/older/', '/who/', '/2025/02/c/'];

/** Our own random generator, so that a failure can be reproduced. */
export function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
}

const dates = [
  '2024-12-31',
  '2025-01-01T00:30:00Z',
  '2025-02-03',
  '2025-02-03T10:00',
  '2025-03-31',
  '2025-05-31T23:30',
];
const instants = ['2025-06-01T12:00:00Z', '2025-06-01T11:59:59Z', '2025-07-01T12:00:00Z', '2025-05-31T23:30:00Z'];

/**
 * Makes random edits in a newsroom.
 *
 * @returns one edit, which says what it did and how to undo it, and the time of the next publish
 */
export async function randomEdits(
  newsroom: IngestedNewsroom,
  seed: number,
): Promise<{ edit: () => { what: string; undo: () => void }; at: () => string; files: Map<string, string | Buffer> }> {
  const rnd = random(seed);
  const one = <T>(values: readonly T[]): T => values[rnd(values.length)]!;
  const pictures = await Promise.all(
    [40, 200].map((r) =>
      sharp({ create: { width: 900, height: 500, channels: 3, background: { r, g: 90, b: 120 } } })
        .jpeg()
        .toBuffer(),
    ),
  );
  const files = new Map<string, string | Buffer>();
  const maybe = <T>(chance: number, value: () => T): T | undefined => (rnd(chance) === 0 ? value() : undefined);

  const link = () =>
    one([
      `[one](story:${one(ids)})`,
      `[one](/${one(ids)}/)`,
      `[one](/${one(ids)}/#part)`,
      `[one](story:${one(ids)}#part)`,
      `[one](${one(aliases)})`,
      '[one](/about/#part)',
      `[one](/topics/${one(topicsUsed)}/)`,
      `[one](/authors/${one(authors)}/)`,
      `[one](/series/${one(seriesUsed)}/)`,
      '[one](/2025/02/)',
      '[one](/corrections/2024/)',
      '[one](/a.txt)',
      '[one](plan.pdf)',
    ]);
  const write = (id: string): Record<string, string | Buffer> => {
    const isMdx = id.endsWith('b');
    const hasPicture = rnd(3) === 0;
    const text = [
      `Text ${rnd(3)}, ${rnd(3) === 0 ? link() : 'plain'}.`,
      ...(rnd(3) === 0 ? ['## Part'] : []),
      ...(hasPicture && rnd(2) ? [`![A field](p.jpg${rnd(2) ? ' "wide"' : ''})`] : []),
      ...(isMdx && rnd(2) ? ['<Table src="t.csv" caption="T" />'] : []),
      ...(isMdx && rnd(2) ? [`<Profile author="${one(authors)}" />`] : []),
    ].join('\n\n');
    const front = {
      headline: `Headline ${rnd(3)} of ${id}`,
      id: maybe(6, () => one(['named', 'named-too'])),
      section: one([...sections, undefined]),
      topics: one([['Harbour', 'Quay'], ['Sea port'], ['AC/DC'], ['ACDC', 'harbour'], undefined]),
      byline: one([['ann'], ['bob', 'ann'], ['A Writer']]),
      published: one(dates),
      updated: maybe(4, () => one(instants)),
      embargo: maybe(6, () => one(instants)),
      draft: maybe(8, () => true),
      withdrawn: maybe(8, () => ({ date: one(instants), reason: 'It was wrong.' })),
      series: one([
        undefined,
        undefined,
        'The river',
        'THE river',
        { title: 'The river', part: 1 + rnd(3) },
        'The sea',
      ]),
      corrections: maybe(3, () => [
        { date: one([...dates, ...instants]), type: one(['correction', 'update']), text: `Wrong ${rnd(2)}` },
        // Without it, a story may have only an update, which is in no list of corrections.
        ...(rnd(2) ? [{ date: one(dates), type: 'clarification', text: 'Unclear' }] : []),
      ]),
      related: maybe(4, () => [one(ids), one(ids)]),
      language: maybe(4, () => 'fr'),
      translationOf: maybe(5, () => one(ids)),
      aliases: maybe(4, () => [one(aliases), `/?p=${rnd(2)}`]),
      slug: maybe(8, () => one(['slug', 'slug-too'])),
      lead: hasPicture && rnd(2) ? { src: 'p.jpg', alt: 'A field' } : undefined,
      wire: maybe(5, () => false),
    };
    const folder = `content/stories/${id}`;
    return {
      [isMdx ? `${folder}/index.mdx` : fileOf(id)]: story(front, text),
      ...(hasPicture ? { [`${folder}/p.jpg`]: one(pictures) } : {}),
      ...(isMdx ? { [`${folder}/t.csv`]: `a,b\n1,${rnd(3)}\n` } : {}),
    };
  };

  /** Files to write, or to remove. */
  type Edit = Record<string, string | Buffer | undefined>;
  const kinds: [weight: number, what: string, edit: () => Edit][] = [
    [12, 'a story', () => write(one(ids))],
    [
      3,
      'a story is removed',
      () => {
        const folder = `content/stories/${one(ids)}/`;
        return Object.fromEntries(
          [...files.keys()].filter((name) => name.startsWith(folder)).map((n) => [n, undefined]),
        );
      },
    ],
    [
      1,
      'a story is renamed',
      () => ({ [fileOf('g')]: undefined, 'content/stories/g.md': story({ headline: 'Of g' }) }),
    ],
    [
      3,
      'the site',
      () => ({
        'content/site.yaml': [
          siteYaml
            .replace('Europe/Dublin', one(['Europe/Dublin', 'Europe/Dublin', 'Pacific/Auckland']))
            .replace('en-IE', one(['en-IE', 'en-IE', 'de']))
            .replace('title: Sport', one(['title: Sport', 'title: Sports']))
            .replace(/ {2}- \{ id: sport.*\n/, (line) => (rnd(6) ? line : '')),
          one(['', '', 'icon: /a.txt\n']),
          one(['', 'wire: true\n', 'wire: true\n']),
          one(['', '', 'permalink: /{section}/{slug}/\n']),
          one([
            '',
            feeds,
            feeds,
            feeds.replace('70d', '30d'),
            feeds.replace('topics: [harbour]', 'topics: [acdc], limit: 2'),
            feeds.replace('id: late', 'id: later'),
          ]),
        ].join(''),
      }),
    ],
    [
      3,
      'topics',
      () => ({
        'content/topics.yaml': one([
          undefined,
          'harbour: { title: The harbour, aliases: [Sea port] }\n',
          'harbour: { title: The port }\nacdc: { title: AC/DC, aliases: [ACDC] }\n',
        ]),
      }),
    ],
    [2, 'series', () => ({ 'content/series.yaml': one([undefined, 'the-river: { title: A river }\nthe-sea: {}\n']) })],
    [
      3,
      'an author',
      () => {
        const id = one(authors);
        return {
          [`content/authors/${id}.yaml`]: one([
            undefined,
            `name: ${id} Example\n`,
            `name: ${id} Other\npicture: ${id}.jpg\nlinks: [{ title: A, url: ${one(aliases)} }]\n`,
          ]),
          [`content/authors/${id}.jpg`]: one(pictures),
        };
      },
    ],
    [
      4,
      'a front',
      () => ({
        [`content/fronts/${one(['home', 'world'])}.yaml`]: maybe(1 + rnd(2), () =>
          JSON.stringify({
            layout: 'lead',
            stories: [one(ids), { story: one(ids), with: [one(ids)] }],
            pinned: maybe(2, () => one(ids)),
            banner: maybe(2, () => ({
              text: 'Now',
              story: maybe(2, () => one(ids)),
              until: maybe(2, () => one(instants)),
            })),
          }),
        ),
      }),
    ],
    [
      4,
      'a page',
      () => ({
        'content/pages/about.mdx': one([
          undefined,
          `---\nheadline: About\naliases: [${one(aliases)}, "/?p=7"]\n---\n\n## Part\n\nSee ${link()}.\n`,
          `---\nheadline: About\nslug: us\n---\n\nSee ${link()}. ![A field](../pictures/desk.jpg)\n`,
          `---\nheadline: About\nslug: ${one(['old', 'about', '2025-02'])}\n---\n\n<Profile author="${one(authors)}" />\n`,
        ]),
      }),
    ],
    [3, 'a document', () => ({ [`content/stories/${one(ids)}/plan.pdf`]: one([undefined, '%PDF-1', '%PDF-1 new']) })],
    [
      3,
      'a file of public/',
      () => ({
        [`public/${one(['a.txt', 'robots.txt', 'old/index.html', 'about/b.txt'])}`]: one([undefined, 'a', 'b']),
      }),
    ],
    [
      3,
      'a picture',
      () => {
        const known = [...files.keys()].filter((name) => name.endsWith('.jpg'));
        const picture = known.length ? one(known) : 'content/pictures/desk.jpg';
        return one<() => Edit>([
          () => ({ [picture]: one(pictures) }),
          () => ({ [`${picture}.yaml`]: one([undefined, 'credit: Ann\n', 'credit: Bob\ncaption: See [a](/old/).\n']) }),
        ])();
      },
    ],
    [1, 'a table', () => ({ 'content/stories/2025/01/b/t.csv': `a,b\n1,${rnd(3)}\n` })],
  ];
  const bag = kinds.flatMap(([weight, what, edit]) => Array.from({ length: weight }, () => ({ what, edit })));
  const apply = (edit: Edit) => {
    for (const [name, text] of Object.entries(edit)) {
      if (text === undefined) {
        files.delete(name);
        newsroom.remove(name);
      } else {
        files.set(name, text);
        newsroom.put(name, text);
      }
    }
  };
  apply({
    'content/site.yaml': siteYaml + feeds,
    'content/authors/ann.yaml': 'name: Ann Example\n',
    'content/authors/bob.yaml': 'name: Bob Example\n',
    'content/pictures/desk.jpg': pictures[0],
  });
  for (const id of ids)
    apply({ [fileOf(id).replace(/\/b\/index.md$/, '/b/index.mdx')]: story({ headline: `Of ${id}` }) });
  return {
    files,
    at: () => one(['2025-06-01T12:00:00Z', '2025-06-01T12:00:00Z', '2025-06-01T11:59:59Z', '2025-08-01T12:00:00Z']),
    edit: () => {
      const { what, edit } = one(bag);
      const wanted = edit();
      const before = Object.fromEntries(Object.keys(wanted).map((name) => [name, files.get(name)]));
      apply(wanted);
      return { what: `${what}: ${Object.keys(wanted).join(', ')}`, undo: () => apply(before) };
    },
  };
}
