import sharp from 'sharp';
import { expect, test } from 'vitest';
import { recipe } from './recipe.ts';

test('the recipe names the installed version of sharp; update it after an upgrade', () => {
  expect(recipe.sharp).toBe(sharp.versions.sharp);
});
