import sharp from 'sharp';
import { expect, test } from 'vitest';
import { recipe } from './recipe.ts';

test('the recipe names the sharp that is installed; after an upgrade write its version there', () => {
  expect(recipe.sharp).toBe(sharp.versions.sharp);
});
