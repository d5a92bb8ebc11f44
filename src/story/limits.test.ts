import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drawingLimits } from '../pictures/drawing-max.ts';
import { problemsMax } from '../yaml/check-data.ts';
import { repeatedLettersMax } from '../yaml/cures/broken.ts';
import { storyBytesMax } from '../yaml/source.ts';
import { bodyCharsMax, bracesMax } from './body/compile.ts';
import { depthMax } from './body/reading.ts';
import { listMax } from './schema.ts';

test('docs/limits.md has every limit, in the order of the code', () => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/limits.md'), 'utf8');
  const values = [...text.matchAll(/\| ([\d,]+) *\|$/gm)].map(([, value = '']) => Number(value.replaceAll(',', '')));
  expect(values).toEqual([
    storyBytesMax,
    bodyCharsMax,
    depthMax,
    bracesMax,
    repeatedLettersMax,
    listMax,
    problemsMax,
    ...Object.values(drawingLimits),
  ]);
});
