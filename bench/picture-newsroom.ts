import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { flushDisk } from './aside.ts';
import { publish, type Room } from './cases.ts';
import { corpusOf } from './corpus.ts';
import { machine } from './machine.ts';
import { type Measurement, medianOf } from './measure.ts';
import { put } from './newsroom.ts';
import { hangPicture } from './pictures.ts';

export interface PictureNewsroomResults {
  machine: ReturnType<typeof machine>;
  pictures: number;
  megabytes: number;
  /** Everything is created: templates, metadata, renditions with their crops, and pages. */
  first: Measurement;
  /** Nothing changed: once with a picture for every story, and once with the same stories without pictures. */
  unchanged: { withPictures: Measurement; without: Measurement };
}

const rounds = 7;

/**
 * Publishes a newsroom in which every story has its own photograph as its lead: once with everything to be created, and
 * then with nothing changed, in alternating runs with a newsroom of the same stories without pictures.
 *
 * @param pictures a folder that contains only photographs
 * @param home a folder to work in
 */
export async function benchPictureNewsroom(pictures: string, home: string): Promise<PictureNewsroomResults> {
  const names = readdirSync(pictures).sort();
  const corpus = corpusOf(300, 1);
  const room = (name: string): Room => ({
    corpus,
    site: join(home, name, 'newsroom'),
    dist: join(home, name, 'dist'),
    pool: [],
  });
  const [withPictures, without] = [room('with'), room('without')];
  for (const { site } of [withPictures, without]) {
    put(site, 'content/site.yaml', siteYaml);
    for (const [number, name] of names.entries()) {
      const folder = `content/stories/2026/02/story-${number}`;
      const hasPicture = site === withPictures.site;
      put(site, `${folder}/index.md`, source(number, hasPicture ? name : undefined));
      if (hasPicture) hangPicture({ path: join(pictures, name), name }, join(site, folder));
    }
  }
  const first = await publish(withPictures, []);
  await publish(without, []);
  const runs = { withPictures: [] as Measurement[], without: [] as Measurement[] };
  for (let round = 0; round < rounds; round++) {
    flushDisk();
    runs.withPictures.push(await publish(withPictures, []));
    runs.without.push(await publish(without, []));
  }
  return {
    machine: machine(),
    pictures: names.length,
    megabytes: names.reduce((sum, name) => sum + statSync(join(pictures, name)).size, 0) / 1e6,
    first,
    unchanged: { withPictures: medianOf(runs.withPictures), without: medianOf(runs.without) },
  };
}

const siteYaml = `name: The Bench Post
url: https://bench.example
language: en-GB
timeZone: Europe/London
sections:
  - { id: world, title: World }
`;

const source = (number: number, picture: string | undefined): string => `---
headline: Story number ${number}
section: world
published: 2026-02-12
${picture ? `lead: { src: ${picture}, alt: What is seen in picture ${number}, caption: The place of the story., credit: The Bench Post }\n` : ''}---
A paragraph that says what the picture shows.
`;

/** As Markdown. */
export function pictureNewsroomTable({ pictures, megabytes, first, unchanged }: PictureNewsroomResults): string {
  const { withPictures, without } = unchanged;
  const number = (value: number | undefined, digits: number) => value?.toFixed(digits) ?? '?';
  const each = ((withPictures.seconds - without.seconds) * 1e6) / pictures;
  return [
    `${pictures} stories, each with its own photograph of ${number(megabytes / pictures, 1)} MB, with all crops.`,
    '',
    '|  | wall | CPU | memory |',
    '| --- | --: | --: | --: |',
    ...(
      [
        ['first build, everything created', first],
        ['nothing changed', withPictures],
        ['nothing changed, the same stories without pictures', without],
      ] as const
    ).map(
      ([name, m]) =>
        `| ${name} | ${number(m.seconds, 2)} s | ${number(m.cpuSeconds, 2)} s | ${number(m.peakMb, 0)} MB |`,
    ),
    '',
    `Nothing changed (medians of ${rounds}): ${number(each, 0)} µs for each picture. Goals: ≤ 30 µs, ≤ 700 MB.`,
  ].join('\n');
}
