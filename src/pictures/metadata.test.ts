import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { pixelsMax, readPictureFacts } from './metadata.ts';
import { PictureError } from './problems.ts';
import {
  claiming,
  jpegWith,
  manifestSegment,
  manyFrames,
  noise,
  quarters,
  sharedFile,
  twoFrames,
  xmpSegment,
} from './small-pictures.fixture.ts';

const formats = ['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'] as const;

const refusal = async (bytes: Uint8Array) => {
  const error = await readPictureFacts(bytes).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof PictureError ? error : undefined;
};

describe('what is supported', () => {
  test.each(formats)('%s is read', async (format) => {
    const facts = await readPictureFacts(await noise(64, 40).toFormat(format).toBuffer());
    expect(facts).toMatchObject({ format, widthPx: 64, heightPx: 40, hasAlpha: false, isAnimated: false, words: {} });
    expect(facts.digest).toMatch(/^[0-9a-f]{32}$/);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('orientation %i gives the width and height as shown', async (orientation) => {
    const turned = await sharp(await quarters())
      .jpeg()
      .withMetadata({ orientation })
      .toBuffer();
    const { widthPx, heightPx } = await readPictureFacts(turned);
    expect([widthPx, heightPx]).toEqual(orientation < 5 ? [80, 48] : [48, 80]);
  });

  test('CMYK and 16 bits are pictures like any other', async () => {
    const cmyk = await sharp(await quarters())
      .toColourspace('cmyk')
      .jpeg()
      .toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
    expect(await readPictureFacts(cmyk)).toMatchObject({ widthPx: 80, hasAlpha: false });
    const deep = await sharp(await quarters())
      .toColourspace('rgb16')
      .png()
      .toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    expect(await readPictureFacts(deep)).toMatchObject({ widthPx: 80, hasAlpha: false });
  });

  test.each(['gif', 'webp'] as const)('an animated %s is recognised, with the size of one frame', async (format) => {
    expect(await readPictureFacts(await twoFrames(format))).toMatchObject({
      isAnimated: true,
      widthPx: 80,
      heightPx: 48,
    });
  });

  test('transparency is recognised', async () => {
    const glass = await sharp(await quarters())
      .ensureAlpha(0.5)
      .png()
      .toBuffer();
    expect(await readPictureFacts(glass)).toMatchObject({ hasAlpha: true });
  });

  test('a picture 20,000 pixels wide is supported', async () => {
    const wide = sharp({ create: { width: 20_000, height: 200, channels: 3, background: '#246' } });
    expect(await readPictureFacts(await wide.jpeg().toBuffer())).toMatchObject({ widthPx: 20_000, heightPx: 200 });
  });

  test('the digest depends on the bytes', async () => {
    const [one, other] = [await quarters(), await quarters(80, 50)];
    expect((await readPictureFacts(one)).digest).toBe((await readPictureFacts(Buffer.from(one))).digest);
    expect((await readPictureFacts(one)).digest).not.toBe((await readPictureFacts(other)).digest);
  });

  test('bytes in the middle of a larger buffer are read as if alone', async () => {
    const picture = await quarters();
    const within = new Uint8Array(Buffer.concat([Buffer.alloc(7), picture, Buffer.alloc(9)])).subarray(
      7,
      7 + picture.length,
    );
    expect(await readPictureFacts(within)).toEqual(await readPictureFacts(picture));
  });
});

describe('the texts of every format', () => {
  // GIF has no place for them that programs actually use.
  test.each(formats.filter((format) => format !== 'gif'))('%s', async (format) => {
    const source = await jpegWith(xmpSegment('<photoshop:Credit>Ní Bhriain</photoshop:Credit>'));
    const picture = await sharp(source).keepXmp().toFormat(format).toBuffer();
    expect((await readPictureFacts(picture)).words).toEqual({ credit: 'Ní Bhriain' });
  });

  test('a PNG as Adobe writes it, uncompressed', async () => {
    const png = await quarters();
    const packet = xmpSegment('<photoshop:Credit>Ní Bhriain</photoshop:Credit>').subarray(33);
    const chunk = Buffer.concat([Buffer.from('iTXtXML:com.adobe.xmp\0\0\0\0\0', 'latin1'), packet]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(chunk.length - 4, 0);
    frame.writeUInt32BE(crc32(chunk), 4);
    const written = Buffer.concat([
      png.subarray(0, 33),
      frame.subarray(0, 4),
      chunk,
      frame.subarray(4),
      png.subarray(33),
    ]);
    expect((await readPictureFacts(written)).words).toEqual({ credit: 'Ní Bhriain' });
  });
});

describe('what renditions need to know', () => {
  test('an SVG is a picture with its own size, and the photo desk is told what was removed', async () => {
    const svg =
      '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><script>1</script></svg>';
    expect(await readPictureFacts(Buffer.from(svg))).toMatchObject({
      format: 'svg',
      widthPx: 40,
      heightPx: 20,
      remarks: ['The drawing contains parts that are not published: script.'],
    });
  });

  test('Content Credentials are recognised in the right place, and only there', async () => {
    expect(await readPictureFacts(await jpegWith(manifestSegment()))).toMatchObject({ hasCredentials: true });
    const talk = await jpegWith(xmpSegment('<photoshop:Credit>c2pa jumb</photoshop:Credit>'));
    expect((await readPictureFacts(talk)).hasCredentials).toBeUndefined();
    const broken = manifestSegment().subarray(0, 20);
    broken.writeUInt16BE(18, 2);
    expect((await readPictureFacts(await jpegWith(broken))).hasCredentials).toBeUndefined();
  });

  test('a zip appended to a JPEG is reported, and an appended preview is not', async () => {
    const jpeg = await jpegWith();
    const zipped = Buffer.concat([jpeg, Buffer.from('PK\x03\x04…', 'latin1')]);
    expect((await readPictureFacts(zipped)).remarks?.[0]).toContain('archive');
    expect((await readPictureFacts(Buffer.concat([jpeg, jpeg]))).remarks).toBeUndefined();
  });

  test('a chart is flat, and a photograph as PNG is not', async () => {
    const chart = await sharp(await quarters(800, 480))
      .png()
      .toBuffer();
    expect((await readPictureFacts(chart)).isFlat).toBe(true);
    expect((await readPictureFacts(await noise(200, 120).png().toBuffer())).isFlat).toBeUndefined();
  });
});

describe('what is refused, and with which message', () => {
  test('an empty file', async () => {
    expect(await refusal(new Uint8Array())).toMatchObject({
      rule: 'picture-empty',
      reason: 'The file is empty (0 bytes).',
    });
  });

  test.each([
    ['a text', 'Dear editor, here is the picture.', 'picture-not-a-picture', 'The file is not a picture'],
    ['a web page', '<!DOCTYPE html><title>404</title>', 'picture-not-a-picture', 'a web page'],
    ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1', 'picture-not-a-picture', 'a Git LFS pointer'],
    ['a PDF', '%PDF-1.7', 'picture-format', 'PDF'],
    ['a phone picture', '\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'picture-format', 'HEIC'],
    ['a film', '\0\0\0\x18ftypisom\0\0\0\0isomiso2', 'picture-not-a-picture', 'film'],
  ])('%s named .jpg', async (_, text, rule, words) => {
    const error = await refusal(Buffer.from(text, 'latin1'));
    expect(error?.rule).toBe(rule);
    expect(error?.reason).toContain(words);
    expect(error?.hint).toMatch(/\.$/);
  });

  const cuts: [string, (length: number) => number][] = [
    ['half', (length) => Math.floor(length / 2)],
    ['the last twentieth', (length) => Math.floor(length * 0.95)],
    ['all but the first 30 bytes', () => 30],
  ];
  for (const format of formats) {
    test.each(cuts)(`a ${format} without %s`, async (_, keep) => {
      const whole = await noise(200, 120).toFormat(format).toBuffer();
      expect(await refusal(whole), 'canary: the whole file is fine').toBeUndefined();
      const error = await refusal(whole.subarray(0, keep(whole.length)));
      expect(error).toMatchObject({ rule: 'picture-truncated' });
      expect(error?.reason).toContain('incomplete or damaged');
    });
  }

  test.each([true, false])('a JPEG cut anywhere, progressive: %s', async (progressive) => {
    const whole = await noise(64, 64).jpeg({ progressive }).toBuffer();
    for (let length = 3; length < whole.length - 2; length += 97) {
      expect(await refusal(whole.subarray(0, length)), `${length} of ${whole.length}`).toMatchObject({
        rule: 'picture-truncated',
      });
    }
  });

  test('a JPEG whose copy was filled up with zeros', async () => {
    const whole = await noise(200, 120).jpeg().toBuffer();
    const filled = Buffer.concat([whole.subarray(0, whole.length / 2), Buffer.alloc(whole.length / 2)]);
    expect(await refusal(filled)).toMatchObject({ rule: 'picture-truncated' });
  });

  test('an animation of ten thousand frames, at once and with their number', async () => {
    const began = performance.now();
    expect(await refusal(manyFrames(10_000))).toMatchObject({
      rule: 'picture-too-many-frames',
      reason: 'The animation has 10,000 frames, which is more than the limit of 300.',
    });
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(await readPictureFacts(manyFrames(300)), 'canary').toMatchObject({ isAnimated: true });
  });

  test('a PNG of 30,000 × 30,000 pixels that unpacks to gigabytes', async () => {
    expect(await refusal(await claiming(30_000, 30_000))).toMatchObject({ rule: 'picture-too-large' });
  });

  test('more pixels than the limit, known from the header alone', async () => {
    expect(20_000 * 20_000).toBeGreaterThan(pixelsMax);
    expect(await refusal(await claiming(20_000, 20_000))).toMatchObject({
      rule: 'picture-too-large',
      reason: 'The picture has 20,000 × 20,000 pixels, which is more than the limit of 268 million.',
    });
    expect(await refusal(await claiming(80, 48)), 'canary: the same header, true').toBeUndefined();
  });
});

test('facts of a real photograph', async (ctx) => {
  const photo = sharedFile('demo-photos/stream.jpg', ctx);
  expect(await readPictureFacts(photo)).toMatchObject({
    format: 'jpeg',
    widthPx: 2400,
    heightPx: 1598,
    hasAlpha: false,
  });
});
