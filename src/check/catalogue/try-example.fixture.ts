import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { claiming, manyFrames, noise, pngWithText } from '../../pictures/small-pictures.fixture.ts';
import { siteYaml as goodSite, sharedCache, smallNewsroom, story } from '../../press/small-newsroom.fixture.ts';
import type { Problem } from '../../problems/problem.ts';
import { check } from '../check.ts';
import type { Content, Example, PictureKind } from './example.ts';

/** What every example is put into: a newsroom without problems. */
const good = {
  'content/stories/2025/02/harbour/index.mdx': story({ byline: ['ann'], aliases: ['/old/harbour/'] }),
  'content/authors/ann.yaml': 'name: Ann Example\n',
  'content/pages/about.md': '---\nheadline: About\n---\n\nUs.\n',
};

const jpeg = (): Promise<Buffer> => noise(120, 90).jpeg().toBuffer();

const pictures: Record<PictureKind, () => Promise<Uint8Array> | Uint8Array> = {
  jpeg,
  'other-jpeg': () => noise(90, 120).jpeg().toBuffer(),
  empty: () => new Uint8Array(),
  truncated: async () => {
    const whole = await jpeg();
    return whole.subarray(0, whole.length >> 1);
  },
  'web-page': () => Buffer.from('<!doctype html><title>404</title>'),
  heic: () => Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic')]),
  huge: () => claiming(20_000, 20_000),
  'many-frames': () => manyFrames(10_000),
  'with-archive': async () => Buffer.concat([await jpeg(), Buffer.from('PK\x03\x04…', 'latin1')]),
  'with-long-xmp': () =>
    pngWithText(
      'XML:com.adobe.xmp',
      deflateSync(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><!--${'a'.repeat(3_000_000)}--></x:xmpmeta>`),
      true,
    ),
};

/** Puts an example into a newsroom of its own and checks that. @returns every problem */
export async function tryExample(example: Example): Promise<Problem[]> {
  const newsroom = smallNewsroom(good);
  try {
    for (const [file, content] of Object.entries(example)) await put(newsroom.site, file, content);
    const { problems } = await check({
      site: newsroom.site,
      cache: sharedCache,
      now: Date.parse('2025-06-01T12:00:00Z'),
      clock: Date.now(),
    });
    return problems;
  } finally {
    rmSync(newsroom.site, { recursive: true, force: true });
  }
}

async function put(site: string, file: string, content: Content): Promise<void> {
  const path = join(site, file);
  mkdirSync(dirname(path), { recursive: true });
  if (typeof content === 'string') writeFileSync(path, content);
  else if ('picture' in content) writeFileSync(path, await pictures[content.picture]());
  else if ('linkTo' in content) symlinkSync(content.linkTo, path);
  else if ('site' in content) writeFileSync(path, goodSite + content.site);
  else {
    const { front = '', body = 'Text.' } = content;
    writeFileSync(path, `---\nheadline: Ferries\npublished: 2025-03-01\nsection: world\n${front}---\n\n${body}\n`);
  }
}
