import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { noise, quarters, sharedFile } from './small-pictures.fixture.ts';
import { endsInZeros, isWholeJpeg } from './whole-jpeg.ts';

describe('a complete JPEG is recognised without decoding it', () => {
  test.each([true, false])('progressive: %s', async (progressive) => {
    expect(isWholeJpeg(await noise(64, 64).jpeg({ progressive }).toBuffer())).toBe(true);
  });

  test.for(['photos/withIptcExifGps.jpg', 'photos/orientation-6.jpg', 'demo-photos/spices.jpg'])('%s', (path, ctx) => {
    expect(isWholeJpeg(sharedFile(path, ctx))).toBe(true);
  });

  test('with other bytes after its end, such as a video that a phone appends', async () => {
    const jpeg = await noise(64, 64).jpeg().toBuffer();
    expect(isWholeJpeg(Buffer.concat([jpeg, Buffer.from('ftypisom')]))).toBe(true);
  });
});

describe('what is incomplete', () => {
  test('cut anywhere, even after a thumbnail with its own end marker', async () => {
    const thumbnail = await sharp(await quarters())
      .jpeg()
      .toBuffer();
    const jpeg = await noise(64, 64).jpeg().toBuffer();
    const segment = Buffer.concat([
      Buffer.of(0xff, 0xe1, (thumbnail.length + 2) >> 8, (thumbnail.length + 2) & 255),
      thumbnail,
    ]);
    const whole = Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
    expect(isWholeJpeg(whole), 'canary').toBe(true);
    for (let length = 2; length < whole.length - 1; length += 1)
      expect(isWholeJpeg(whole.subarray(0, length))).toBe(false);
  });

  test('an end without a scan, garbage between segments, and an empty file', () => {
    expect(isWholeJpeg(Buffer.of(0xff, 0xd8, 0xff, 0xd9))).toBe(false);
    expect(isWholeJpeg(Buffer.of(0xff, 0xd8, 0, 0, 0xff, 0xd9))).toBe(false);
    expect(isWholeJpeg(new Uint8Array())).toBe(false);
  });

  test('a segment of length zero ends the walk', () => {
    expect(isWholeJpeg(Buffer.of(0xff, 0xd8, 0xff, 0xe1, 0, 0, 0xff, 0xe1, 0, 0))).toBe(false);
  });
});

test('zeros at the end are detected, but a few are not enough', () => {
  expect(endsInZeros(Buffer.concat([Buffer.of(1), Buffer.alloc(16)]))).toBe(true);
  expect(endsInZeros(Buffer.concat([Buffer.of(1), Buffer.alloc(15)]))).toBe(false);
  expect(endsInZeros(new Uint8Array(3))).toBe(false);
});
