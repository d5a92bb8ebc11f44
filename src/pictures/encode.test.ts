import { cpSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, type TestContext, test } from 'vitest';
import { makeRenditions, type PictureJob, verifyRenditions } from './encode.ts';
import { digestOf, readPictureFacts } from './metadata.ts';
import type { Rendition } from './picture.ts';
import { renditionKey, renditionsOf } from './renditions.ts';
import {
  corners,
  jpegWith,
  noise,
  quarters,
  sharedFile,
  temporaryFolder,
  twoFrames,
} from './small-pictures.fixture.ts';

/** One picture in a folder of its own, and a folder, not there yet, for what is made of it. */
async function pictureAndFolder(ctx: TestContext, bytes: Buffer): Promise<{ job: PictureJob; folder: string }> {
  const home = temporaryFolder(ctx);
  const file = join(home, 'a picture #1.jpg');
  writeFileSync(file, bytes);
  return { job: { file, facts: await readPictureFacts(bytes) }, folder: join(home, 'renditions') };
}

/** The renditions of a picture with their bytes. */
async function madeOf(ctx: TestContext, bytes: Buffer): Promise<(Rendition & { bytes: Buffer })[]> {
  const { job, folder } = await pictureAndFolder(ctx, bytes);
  expect(await makeRenditions([job], folder)).toMatchObject({ failed: [] });
  return renditionsOf(job.facts).map((rendition) => ({
    ...rendition,
    bytes: readFileSync(join(folder, rendition.name)),
  }));
}

const digestsIn = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, digestOf(readFileSync(join(folder, name)))]),
  );

describe('what comes out', () => {
  test('every rendition, in its format and size', async (ctx) => {
    for (const { bytes, format, widthPx, heightPx } of await madeOf(ctx, await noise(700, 401).jpeg().toBuffer())) {
      const seen = await sharp(bytes).metadata();
      expect(seen).toMatchObject({ format: format === 'avif' ? 'heif' : format, width: widthPx, height: heightPx });
    }
  });

  // By hand from the Exif standard: where the quarters land that are stored as red, green, blue, white.
  test.for([
    [1, 'rgbw'],
    [2, 'grwb'],
    [3, 'wbgr'],
    [4, 'bwrg'],
    [5, 'rbgw'],
    [6, 'brwg'],
    [7, 'wgbr'],
    [8, 'gwrb'],
  ] as const)('orientation %i is upright in every format', async ([orientation, expected], ctx) => {
    const turned = await sharp(await quarters())
      .jpeg()
      .withMetadata({ orientation })
      .toBuffer();
    for (const { bytes, heightPx } of await madeOf(ctx, turned)) {
      expect(await corners(bytes)).toBe(expected);
      expect((await sharp(bytes).metadata()).height).toBe(heightPx);
    }
  });

  test('no Exif, GPS, XMP, IPTC or profile goes along', async (ctx) => {
    const otters = sharedFile('demo-photos/otters.jpg', ctx);
    const small = await sharp(otters).resize(400).keepMetadata().toBuffer();
    const before = await sharp(small).metadata();
    expect(before.exif && before.xmp && before.iptc, 'canary: all three are in the original').toBeTruthy();
    expect(small.includes('Derrick Coetzee')).toBe(true);
    for (const { bytes } of await madeOf(ctx, small)) {
      const { exif, xmp, iptc, icc, orientation } = await sharp(bytes).metadata();
      expect({ exif, xmp, iptc, icc, orientation }).toEqual({});
      for (const trace of ['GPS', 'Exif', 'Derrick', 'adobe']) expect(bytes.includes(trace)).toBe(false);
    }
  });

  test.for<[string, () => Promise<Buffer>]>([
    [
      'CMYK',
      async () =>
        await sharp(await quarters())
          .toColourspace('cmyk')
          .jpeg()
          .toBuffer(),
    ],
    [
      '16 bits',
      async () =>
        await sharp(await quarters())
          .toColourspace('rgb16')
          .png()
          .toBuffer(),
    ],
    ['an animated GIF', async () => await twoFrames('gif')],
    ['an animated WebP', async () => await twoFrames('webp')],
    [
      'TIFF',
      async () =>
        await sharp(await quarters())
          .tiff()
          .toBuffer(),
    ],
    [
      'AVIF',
      async () =>
        await sharp(await quarters())
          .avif()
          .toBuffer(),
    ],
  ])('%s becomes one sRGB picture with 8 bits', async ([, make], ctx) => {
    for (const { bytes } of await madeOf(ctx, await make())) {
      const { space, depth, pages = 1 } = await sharp(bytes).metadata();
      expect({ space, depth, pages }).toEqual({ space: 'srgb', depth: 'uchar', pages: 1 });
      expect(await corners(bytes)).toBe('rgbw');
    }
  });

  test('grey stays grey', async (ctx) => {
    const grey = await sharp(await quarters())
      .greyscale()
      .jpeg()
      .toBuffer();
    for (const { bytes } of await madeOf(ctx, grey)) {
      const [r, g, b] = (await sharp(bytes).stats()).channels.map(({ mean }) => Math.round(mean));
      expect([g, b]).toEqual([r, r]);
    }
  });

  test('colours of a wide profile come out as in sRGB, not as bare numbers', async (ctx) => {
    const flat = { create: { width: 60, height: 40, channels: 3 as const, background: '#c08040' } };
    const p3 = await sharp(flat).withIccProfile('p3').png().toBuffer();
    const stored = (await sharp(p3).metadata()).icc;
    expect(stored, 'canary: the profile is in the original').toBeDefined();
    const jpeg = (await madeOf(ctx, p3)).find(({ format }) => format === 'jpeg');
    const means = (await sharp(jpeg?.bytes).stats()).channels.map(({ mean }) => mean);
    expect(Math.abs((means[0] ?? 0) - 0xc0)).toBeLessThan(4);
  });

  test('what is transparent stays so, in AVIF, WebP and PNG', async (ctx) => {
    const glass = await sharp(await quarters())
      .ensureAlpha(0.5)
      .png()
      .toBuffer();
    for (const { bytes, format } of await madeOf(ctx, glass)) {
      expect(['avif', 'webp', 'png']).toContain(format);
      expect((await sharp(bytes).metadata()).hasAlpha).toBe(true);
    }
  });

  test.for([
    [20_000, 200],
    [30, 20_000],
    [3000, 1],
  ] as const)('%i × %i pixels fit into every format', async ([width, height], ctx) => {
    const long = await sharp({ create: { width, height, channels: 3, background: '#246' } })
      .png()
      .toBuffer();
    for (const { bytes, widthPx, heightPx } of await madeOf(ctx, long)) {
      expect(await sharp(bytes).metadata()).toMatchObject({ width: widthPx, height: heightPx });
    }
  });
});

describe('made once ever', () => {
  test('the same names and bytes in another folder, however many encoders work', async (ctx) => {
    const { job, folder } = await pictureAndFolder(ctx, await noise(700, 400).jpeg().toBuffer());
    const other = `${folder} elsewhere`;
    await makeRenditions([job], folder, { concurrency: 1 });
    sharp.concurrency(4);
    await makeRenditions([job], other, { concurrency: 4 });
    expect(digestsIn(other)).toEqual(digestsIn(folder));
    expect(readdirSync(folder)).toHaveLength(renditionsOf(job.facts).length + 1);
  });

  test('what is there is kept and not told as progress; the same picture twice is one', async (ctx) => {
    const { job, folder } = await pictureAndFolder(ctx, await quarters());
    const progress: unknown[] = [];
    const onProgress = (step: unknown) => void progress.push(step);
    expect(await makeRenditions([job, { ...job }], folder, { onProgress })).toEqual({ made: 3, kept: 0, failed: [] });
    expect(await makeRenditions([job], folder, { onProgress })).toEqual({ made: 0, kept: 3, failed: [] });
    expect(progress).toEqual([{ done: 1, total: 1 }]);
  });

  test('all are counted when pictures are made side by side', async (ctx) => {
    const home = temporaryFolder(ctx);
    const jobs = await Promise.all(
      [10, 20, 30, 40].map(async (size) => {
        const bytes = await quarters(size, size);
        const file = join(home, `${size}.png`);
        writeFileSync(file, bytes);
        return { file, facts: await readPictureFacts(bytes) };
      }),
    );
    expect(await makeRenditions(jobs, join(home, 'out'))).toEqual({ made: 12, kept: 0, failed: [] });
  });

  test('nothing wanted, nothing done: no folder appears', async (ctx) => {
    const folder = join(temporaryFolder(ctx), 'none');
    expect(await makeRenditions([], folder)).toEqual({ made: 0, kept: 0, failed: [] });
    expect(existsSync(folder)).toBe(false);
  });
});

describe('pictures that fail', () => {
  test.for<[string, (file: string) => void, string]>([
    ['saved anew since its facts were read', (file) => writeFileSync(file, 'other bytes'), 'picture-changed'],
    ['deleted since its facts were read', (file) => rmSync(file), 'picture-changed'],
  ])('%s: the others are made all the same', async ([, happen, rule], ctx) => {
    const { job, folder } = await pictureAndFolder(ctx, await quarters());
    const file = join(dirname(job.file), 'other.png');
    const bytes = await quarters(40, 40);
    writeFileSync(file, bytes);
    happen(job.file);
    const result = await makeRenditions([job, { file, facts: await readPictureFacts(bytes) }], folder);
    expect(result).toMatchObject({
      made: 3,
      failed: [{ file: job.file, error: { rule, hint: 'Run the command again.' } }],
    });
    expect(readdirSync(folder).filter((name) => name.startsWith(renditionKey(job.facts)))).toEqual([]);
  });

  test('damage that only decoding shows', async (ctx) => {
    // Without its quantisation tables the structure of a JPEG is whole and nothing can be read.
    const whole = await jpegWith();
    const tables = whole.indexOf(Buffer.of(0xff, 0xdb));
    const broken = Buffer.from(whole);
    broken[tables + 1] = 0xe5;
    const second = broken.indexOf(Buffer.of(0xff, 0xdb));
    if (second !== -1) broken[second + 1] = 0xe5;
    const { job, folder } = await pictureAndFolder(ctx, broken);
    const result = await makeRenditions([job], folder);
    expect(result).toMatchObject({ made: 0, failed: [{ error: { rule: 'picture-truncated' } }] });
  });

  test('an error of the disk is thrown, and nothing half written stays', async (ctx) => {
    const { job, folder } = await pictureAndFolder(ctx, await quarters());
    writeFileSync(folder, 'a file where the folder should be');
    await expect(makeRenditions([job], folder)).rejects.toMatchObject({ code: 'EEXIST' });
    expect(readdirSync(dirname(folder)).sort()).toEqual(['a picture #1.jpg', 'renditions']);
  });
});

describe('verified by digest', () => {
  const withGoodFolder = async (ctx: TestContext) => {
    const { job, folder } = await pictureAndFolder(ctx, await noise(500, 300).jpeg().toBuffer());
    await makeRenditions([job], folder);
    const good = digestsIn(folder);
    const [first = ''] = renditionsOf(job.facts).map(({ name }) => join(folder, name));
    return { job, folder, good, first };
  };

  test('canary: a good folder loses nothing, a missing one is fine', async (ctx) => {
    const { folder, good } = await withGoodFolder(ctx);
    expect(await verifyRenditions(folder)).toEqual({ checked: 6, removed: [] });
    expect(digestsIn(folder)).toEqual(good);
    expect(await verifyRenditions(`${folder} missing`)).toEqual({ checked: 0, removed: [] });
  });

  test.for<[string, (file: string) => void]>([
    ['cut', (file) => truncateSync(file, 40)],
    ['emptied', (file) => truncateSync(file, 0)],
    ['poisoned', (file) => writeFileSync(file, 'not what was made')],
    ['deleted', (file) => rmSync(file)],
    ['exchanged for another', (file) => cpSync(file.replace('-320', '-480'), file)],
  ])('a rendition that was %s is made again, and only that one', async ([, harm], ctx) => {
    const { job, folder, good, first } = await withGoodFolder(ctx);
    harm(first);
    await verifyRenditions(folder);
    expect(existsSync(first)).toBe(false);
    expect(await makeRenditions([job], folder)).toMatchObject({ made: 1, kept: 5 });
    expect(digestsIn(folder)).toEqual(good);
  });

  test('what no ledger names goes: orphans and leftovers of a killed run; what is not ours stays', async (ctx) => {
    const { job, folder, good } = await withGoodFolder(ctx);
    const key = renditionKey(job.facts);
    const orphan = `${'0'.repeat(20)}-320.avif`;
    const leftover = `${key}-320.avif.3f0c.tmp`;
    for (const name of [orphan, leftover, 'README.txt']) writeFileSync(join(folder, name), 'x');
    expect((await verifyRenditions(folder)).removed).toEqual([orphan, leftover].sort());
    rmSync(join(folder, 'README.txt'));
    expect(digestsIn(folder)).toEqual(good);
  });

  test('with a broken ledger everything of that picture is made again', async (ctx) => {
    const { job, folder, good } = await withGoodFolder(ctx);
    writeFileSync(join(folder, `${renditionKey(job.facts)}.sha256`), 'nonsense');
    expect((await verifyRenditions(folder)).removed).toHaveLength(6);
    expect(await makeRenditions([job], folder)).toMatchObject({ made: 6, kept: 0 });
    expect(digestsIn(folder)).toEqual(good);
  });
});

test('the press imports this room on every run: sharp and exifreader come only with the first picture', () => {
  const files = readdirSync(import.meta.dirname).filter(
    (name) => name.endsWith('.ts') && !/\.(?:test|fixture)\.ts$/.test(name),
  );
  expect(files.length).toBeGreaterThan(10);
  const eager = /^import (?!type\b)[^;]*from '(?:sharp|exifreader)'/m;
  expect(eager.test("import sharp from 'sharp';"), 'canary').toBe(true);
  for (const name of files) {
    const text = readFileSync(join(import.meta.dirname, name), 'utf8');
    expect(eager.test(text), name).toBe(false);
  }
});
