import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, type TestContext, test } from 'vitest';
import { makeRenditions, type PictureJob, verifyRenditions } from './encode.ts';
import { readPictureFacts } from './metadata.ts';
import type { Rendition } from './picture.ts';
import { digestOf } from './picture-digest.ts';
import { renditionKey, renditionsOf, type Want } from './renditions.ts';
import {
  adobeProfile,
  corners,
  jpegWith,
  manifestSegment,
  noise,
  p3Profile,
  quarters,
  sharedFile,
  tagged,
  temporaryFolder,
  twoFrames,
} from './small-pictures.fixture.ts';

/** A picture in its own folder, and a folder that does not exist yet for its renditions. */
async function pictureAndFolder(
  ctx: TestContext,
  bytes: Buffer,
  want: Want = { use: 'text' },
): Promise<{ job: PictureJob; folder: string }> {
  const home = temporaryFolder(ctx);
  const file = join(home, 'a picture #1.jpg');
  writeFileSync(file, bytes);
  return { job: await jobFor(file, bytes, want), folder: join(home, 'renditions') };
}

async function jobFor(file: string, bytes: Buffer, want: Want = { use: 'text' }): Promise<PictureJob> {
  const facts = await readPictureFacts(bytes);
  return { file, facts, renditions: renditionsOf(facts, want) };
}

/** The renditions of a picture with their bytes. */
async function madeOf(ctx: TestContext, bytes: Buffer, want?: Want): Promise<(Rendition & { bytes: Buffer })[]> {
  const { job, folder } = await pictureAndFolder(ctx, bytes, want);
  expect(await makeRenditions([job], folder)).toMatchObject({ failed: [] });
  return job.renditions.map((rendition) => ({
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

describe('what is created', () => {
  test('every rendition, in its format and size', async (ctx) => {
    for (const { bytes, format, widthPx, heightPx } of await madeOf(ctx, await noise(700, 401).jpeg().toBuffer())) {
      const seen = await sharp(bytes).metadata();
      expect(seen).toMatchObject({ format: format === 'avif' ? 'heif' : format, width: widthPx, height: heightPx });
    }
  });

  // By hand from the Exif standard: the positions of the quarters that are stored as red, green, blue, and white.
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

  test('no Exif, GPS, IPTC, maker note, or profile is kept, and of XMP only the rights', async (ctx) => {
    const otters = sharedFile('demo-photos/otters.jpg', ctx);
    const small = await sharp(otters).resize(400).keepMetadata().toBuffer();
    const before = await sharp(small).metadata();
    expect(before.exif && before.xmp && before.iptc, 'canary: all three are in the original').toBeTruthy();
    for (const { bytes } of await madeOf(ctx, small)) {
      const { exif, xmp, iptc, icc, orientation } = await sharp(bytes).metadata();
      expect({ exif, iptc, icc, orientation }).toEqual({});
      expect(xmp?.includes('Derrick Coetzee')).toBe(true);
      for (const trace of ['GPS', 'Exif', 'History', 'DocumentID', 'SerialNumber', 'CreatorTool'])
        expect(bytes.includes(trace), trace).toBe(false);
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
    for (const { bytes } of (await madeOf(ctx, await make())).filter(({ isMoving }) => !isMoving)) {
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

  test.for(['p3', 'adobe'] as const)(
    'colours beyond sRGB keep their values and their profile: %s',
    async (name, ctx) => {
      // A red outside sRGB. Converted to sRGB without a profile, it would become 255, 0, 0.
      const flat = { create: { width: 60, height: 40, channels: 3 as const, background: '#ff0000' } };
      const profile = name === 'p3' ? await p3Profile() : adobeProfile();
      const wide = await tagged(
        await sharp(flat).jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer(),
        profile,
      );
      expect(await readPictureFacts(wide), 'canary: the original is known as wide').toMatchObject({ isWide: true });
      for (const { bytes } of await madeOf(ctx, wide)) {
        const { icc } = await sharp(bytes).metadata();
        expect(icc?.equals(profile)).toBe(true);
        const bare = await sharp(bytes, { ignoreIcc: true } as never)
          .raw()
          .toBuffer();
        expect(bare[0]).toBeGreaterThan(250);
        expect(Math.max(bare[1] ?? 0, bare[2] ?? 0)).toBeLessThan(8);
      }
    },
  );

  test('a profile that is not wider than sRGB is applied and removed', async (ctx) => {
    const flat = { create: { width: 60, height: 40, channels: 3 as const, background: '#c08040' } };
    const tame = await sharp(flat).withIccProfile('srgb').png().toBuffer();
    expect((await sharp(tame).metadata()).icc, 'canary').toBeDefined();
    expect((await readPictureFacts(tame)).isWide).toBeUndefined();
    for (const { bytes } of await madeOf(ctx, tame)) expect((await sharp(bytes).metadata()).icc).toBeUndefined();
  });

  test('transparency is kept in AVIF, WebP, and PNG', async (ctx) => {
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

describe('crops', () => {
  /** A white dot on black. */
  const dot = async (x: number, y: number, width = 600, height = 400) =>
    await sharp({ create: { width, height, channels: 3, background: '#102030' } })
      .composite([
        {
          input: { create: { width: 40, height: 40, channels: 3, background: '#fff' } },
          left: x - 20,
          top: y - 20,
        },
      ])
      .png({ palette: false })
      .toBuffer();
  /** The centre of all bright pixels, as fractions of width and height. */
  const brightest = async (bytes: Buffer) => {
    const { data, info } = await sharp(bytes).greyscale().raw().toBuffer({ resolveWithObject: true });
    const bright = [...data].flatMap((value, at) => (value > 160 ? [at / info.channels] : []));
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    return {
      count: bright.length,
      x: mean(bright.map((at) => (at % info.width) / info.width)),
      y: mean(bright.map((at) => Math.floor(at / info.width) / info.height)),
      info,
    };
  };

  // The position of the dot in the square of 400 that is cropped from 600 × 400, calculated by hand. At an edge, the
  // focus cannot be in the middle.
  test.for([
    { xPercent: 10, dotAt: 0.15 },
    { xPercent: 50, dotAt: 0.5 },
    { xPercent: 60, dotAt: 0.5 },
    { xPercent: 90, dotAt: 0.85 },
  ])(
    'are cut so that the focus is as close to the middle as possible: $xPercent %',
    async ({ xPercent, dotAt }, ctx) => {
      const picture = await dot(6 * xPercent, 200);
      const made = await madeOf(ctx, picture, { use: 'lead', focus: { xPercent, yPercent: 50 } });
      const squares = made.filter(({ crop }) => crop?.shape === '1:1');
      expect(squares.length).toBeGreaterThan(2);
      for (const { bytes, widthPx, heightPx } of squares) {
        const { x, y, count, info } = await brightest(bytes);
        expect([info.width, info.height, widthPx]).toEqual([widthPx, heightPx, heightPx]);
        expect(count).toBeGreaterThan(0);
        expect(Math.abs(x - dotAt)).toBeLessThan(0.03);
        expect(Math.abs(y - 0.5)).toBeLessThan(0.03);
      }
    },
  );

  test('without a focus keep what attracts the eye', async (ctx) => {
    for (const left of [60, 540]) {
      const made = await madeOf(ctx, await dot(left, 200), { use: 'lead' });
      const squares = made.filter(({ crop }) => crop?.shape === '1:1');
      expect(squares.length).toBeGreaterThan(2);
      for (const { bytes } of squares) expect((await brightest(bytes)).count).toBeGreaterThan(0);
    }
  });

  test('are the same whether created alone or with all others', async (ctx) => {
    const { job, folder } = await pictureAndFolder(ctx, await noise(700, 400).jpeg().toBuffer(), { use: 'lead' });
    await makeRenditions([job], folder);
    const all = digestsIn(folder);
    for (const rendition of job.renditions.filter((_, place) => place % 5 === 0)) {
      const alone = `${folder} ${rendition.name}`;
      await makeRenditions([{ ...job, renditions: [rendition] }], alone);
      expect(digestsIn(alone)[rendition.name]).toBe(all[rendition.name]);
    }
  });
});

describe('other kinds', () => {
  test('an animation has one animated file, upright and without its comments', async (ctx) => {
    for (const format of ['gif', 'webp'] as const) {
      const made = await madeOf(ctx, await twoFrames(format));
      const moving = made.find(({ isMoving }) => isMoving);
      expect(await sharp(moving?.bytes, { animated: true }).metadata()).toMatchObject({ pages: 2, format: 'webp' });
      expect(await corners(moving?.bytes ?? Buffer.alloc(0))).toBe('rgbw');
    }
  });

  test('a drawing becomes a safe SVG with its rights, and a PNG', async (ctx) => {
    const drawn =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><script>alert(1)</script><rect width="40" height="20" fill="#f00"/></svg>';
    const { job, folder } = await pictureAndFolder(ctx, Buffer.from(drawn));
    const facts = { ...job.facts, rights: { creditLine: 'Ní Bhriain & Co' } };
    const renditions = renditionsOf(facts, { use: 'lead' });
    expect(await makeRenditions([{ ...job, facts, renditions }], folder)).toMatchObject({ made: 2, failed: [] });
    const [svg = '', png = ''] = renditions.map(({ name }) => join(folder, name));
    const text = readFileSync(svg, 'utf8');
    expect(text).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(text).toContain('<photoshop:Credit>Ní Bhriain &amp; Co</photoshop:Credit>');
    expect(text).not.toMatch(/<script|alert/);
    const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, ...data.subarray(0, 3)]).toEqual([1104, 552, 255, 0, 0]);
  });

  test('no manifest of Content Credentials is kept, whether valid or broken', async (ctx) => {
    const signed = await jpegWith(manifestSegment());
    expect(signed.includes('jumb'), 'canary').toBe(true);
    for (const { bytes } of await madeOf(ctx, signed))
      for (const trace of ['jumb', 'c2pa', 'C2PA']) expect(bytes.includes(trace)).toBe(false);
  });
});

describe('the rights, read by exiftool', () => {
  test('are in every rendition of a file, without any position, number, owner, thumbnail, or history', {
    timeout: 120_000,
  }, async (ctx) => {
    if (spawnSync('exiftool', ['-ver']).status !== 0) {
      if (process.env.BROADSHEET_FORBID_SKIPS === '1') throw new Error('exiftool is missing');
      ctx.skip('not run: needs exiftool (Debian: libimage-exiftool-perl)');
    }
    const reference = sharedFile('photos/IPTC-PhotometadataRef-Std2021.1.jpg', ctx);
    const { job, folder } = await pictureAndFolder(ctx, reference, { use: 'lead' });
    const positioned = `${job.file}.gps.jpg`;
    writeFileSync(positioned, reference);
    const tags = [
      '-GPSLatitude=10',
      '-GPSLongitude=20',
      '-SerialNumber=S12345',
      '-OwnerName=Somebody',
      '-overwrite_original',
    ];
    execFileSync('exiftool', [...tags, positioned]);
    const whole = await jobFor(positioned, readFileSync(positioned), { use: 'lead' });
    /** One call for all files, because starting exiftool takes half a second. */
    const read = (place: string) => {
      const json = execFileSync('exiftool', ['-json', '-G1', '-struct', place], { encoding: 'utf8', stdio: 'pipe' });
      const all = JSON.parse(json) as (Record<string, unknown> & { SourceFile: string })[];
      return new Map(all.map(({ SourceFile, ...tags }) => [basename(SourceFile), tags]));
    };
    const before = read(positioned).get(basename(positioned)) ?? {};
    expect(Object.keys(before).join(), 'canary').toMatch(/GPS(?:Latitude|Position)/);
    expect(Object.keys(before).join(), 'canary').toMatch(/SerialNumber/);
    expect(await makeRenditions([whole], folder)).toMatchObject({ failed: [] });
    const after = read(folder);
    expect(after.size).toBe(whole.renditions.length);
    for (const { name } of whole.renditions) {
      const tags = after.get(name) ?? {};
      expect(tags['XMP-dc:Creator'], name).toEqual(['Creator1 (ref2021.1)']);
      expect(tags['XMP-photoshop:Credit']).toBe('Credit Line (ref2021.1)');
      expect(tags['XMP-dc:Rights']).toContain('Copyright');
      expect(tags['XMP-xmpRights:WebStatement']).toBe('https://example.com/WebStatementOfRights/2021.1');
      expect(JSON.stringify(tags['XMP-plus:Licensor'])).toContain('Licensor Name');
      expect(tags['XMP-iptcExt:DigitalSourceType']).toContain('digitalsourcetype/');
      expect(tags['XMP-dc:Description']).toContain('The description aka caption');
      expect(
        Object.keys(tags).filter((tag) => /GPS|Serial|Owner|Thumbnail|MakerNote|History|IFD|IPTC:/i.test(tag)),
      ).toEqual([]);
      const packet = (await sharp(join(folder, name)).metadata()).xmp;
      expect(packet?.length).toBeLessThanOrEqual(1500);
    }
  });
});

describe('created only once', () => {
  test('the same names and bytes in another folder, however many encoders run', async (ctx) => {
    const { job, folder } = await pictureAndFolder(ctx, await noise(700, 400).jpeg().toBuffer());
    const other = `${folder} elsewhere`;
    await makeRenditions([job], folder, { concurrency: 1 });
    sharp.concurrency(4);
    await makeRenditions([job], other, { concurrency: 4 });
    expect(digestsIn(other)).toEqual(digestsIn(folder));
    expect(readdirSync(folder)).toHaveLength(job.renditions.length + 1);
  });

  test('existing files are kept and not counted as progress, and the same picture twice counts once', async (ctx) => {
    const { job, folder } = await pictureAndFolder(ctx, await quarters());
    const progress: unknown[] = [];
    const onProgress = (step: unknown) => void progress.push(step);
    expect(await makeRenditions([job, { ...job }], folder, { onProgress })).toEqual({
      made: 3,
      kept: 0,
      mended: [],
      failed: [],
    });
    expect(await makeRenditions([job], folder, { onProgress })).toEqual({ made: 0, kept: 3, mended: [], failed: [] });
    expect(progress).toEqual([{ done: 1, total: 1 }]);
  });

  test('all are counted if pictures are created in parallel', async (ctx) => {
    const home = temporaryFolder(ctx);
    const jobs = await Promise.all(
      [10, 20, 30, 40].map(async (size) => {
        const bytes = await quarters(size, size);
        const file = join(home, `${size}.png`);
        writeFileSync(file, bytes);
        return await jobFor(file, bytes);
      }),
    );
    expect(await makeRenditions(jobs, join(home, 'out'))).toEqual({ made: 12, kept: 0, mended: [], failed: [] });
  });

  test('if nothing is requested, nothing happens and no folder is created', async (ctx) => {
    const folder = join(temporaryFolder(ctx), 'none');
    expect(await makeRenditions([], folder)).toEqual({ made: 0, kept: 0, mended: [], failed: [] });
    expect(existsSync(folder)).toBe(false);
  });
});

describe('pictures that fail', () => {
  test.for<[string, (file: string) => void, string]>([
    ['saved anew since its facts were read', (file) => writeFileSync(file, 'other bytes'), 'picture-changed'],
    ['deleted since its facts were read', (file) => rmSync(file), 'picture-changed'],
  ])('%s: the others are still created', async ([, happen, rule], ctx) => {
    const { job, folder } = await pictureAndFolder(ctx, await quarters());
    const file = join(dirname(job.file), 'other.png');
    const bytes = await quarters(40, 40);
    writeFileSync(file, bytes);
    happen(job.file);
    const result = await makeRenditions([job, await jobFor(file, bytes)], folder);
    expect(result).toMatchObject({
      made: 3,
      failed: [{ file: job.file, error: { rule, hint: 'Run the command again.' } }],
    });
    expect(readdirSync(folder).filter((name) => name.startsWith(renditionKey(job.facts)))).toEqual([]);
  });

  test('damage that only decoding finds', async (ctx) => {
    // Without its quantisation tables, the structure of a JPEG is complete but nothing can be decoded.
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

  test('a disk error is thrown, and no incomplete file stays', async (ctx) => {
    const { job, folder } = await pictureAndFolder(ctx, await quarters());
    // A file in place of the folder itself is normally replaced, but this one is not ours.
    writeFileSync(folder, 'a file where a folder above should be');
    await expect(makeRenditions([job], join(folder, 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
    expect(readdirSync(dirname(folder)).sort()).toEqual(['a picture #1.jpg', 'renditions']);
  });
});

describe('verified by digest', () => {
  const withGoodFolder = async (ctx: TestContext) => {
    const { job, folder } = await pictureAndFolder(ctx, await noise(500, 300).jpeg().toBuffer());
    await makeRenditions([job], folder);
    const good = digestsIn(folder);
    const [first = ''] = job.renditions.map(({ name }) => join(folder, name));
    return { job, folder, good, first };
  };

  test('canary: a good folder loses nothing, and a missing one is not an error', async (ctx) => {
    const { folder, good } = await withGoodFolder(ctx);
    expect(await verifyRenditions(folder)).toEqual({ checked: 6, removed: [] });
    expect(digestsIn(folder)).toEqual(good);
    expect(await verifyRenditions(`${folder} missing`)).toEqual({ checked: 0, removed: [] });
  });

  test('a publish that asks for it finds a poisoned file and creates it again', async (ctx) => {
    const { job, folder, good, first } = await withGoodFolder(ctx);
    writeFileSync(first, 'not what was made');
    expect(await makeRenditions([job], folder), 'unasked, the ledger is believed').toMatchObject({ made: 0 });
    const asked = await makeRenditions([job], folder, { isChecked: () => true });
    expect(asked).toMatchObject({ made: 1, kept: 5, mended: [basename(first)] });
    expect(digestsIn(folder)).toEqual(good);
  });

  test.for<[string, (file: string) => void]>([
    ['cut', (file) => truncateSync(file, 40)],
    ['emptied', (file) => truncateSync(file, 0)],
    ['poisoned', (file) => writeFileSync(file, 'not what was made')],
    ['deleted', (file) => rmSync(file)],
    ['exchanged for another', (file) => cpSync(file.replace('-360', '-500'), file)],
  ])('a rendition that was %s is created again, and only that one', async ([, harm], ctx) => {
    const { job, folder, good, first } = await withGoodFolder(ctx);
    harm(first);
    await verifyRenditions(folder);
    expect(existsSync(first)).toBe(false);
    expect(await makeRenditions([job], folder)).toMatchObject({ made: 1, kept: 5 });
    expect(digestsIn(folder)).toEqual(good);
  });

  test('files without a ledger and leftovers of a killed run are deleted; files that are not ours stay', async (ctx) => {
    const { job, folder, good } = await withGoodFolder(ctx);
    const key = renditionKey(job.facts);
    const orphan = `${'0'.repeat(20)}-360.avif`;
    const leftover = `${key}-360.avif.3f0c.tmp`;
    for (const name of [orphan, leftover, 'README.txt']) writeFileSync(join(folder, name), 'x');
    expect((await verifyRenditions(folder)).removed).toEqual([orphan, leftover].sort());
    rmSync(join(folder, 'README.txt'));
    expect(digestsIn(folder)).toEqual(good);
  });

  test('with a broken ledger, everything of that picture is created again', async (ctx) => {
    const { job, folder, good } = await withGoodFolder(ctx);
    writeFileSync(join(folder, `${renditionKey(job.facts)}.sha256`), 'nonsense');
    expect((await verifyRenditions(folder)).removed).toHaveLength(6);
    expect(await makeRenditions([job], folder)).toMatchObject({ made: 6, kept: 0 });
    expect(digestsIn(folder)).toEqual(good);
  });
});

test('the press imports this room on every run, so sharp and exifreader are loaded only with the first picture', () => {
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
