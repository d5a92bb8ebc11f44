import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

// WCAG 1.4.6 requires 7:1. Engines see only the pairs that happen to be on a page. This tests all pairs of roles.

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');
const colours = (part: string): Record<string, string> =>
  Object.fromEntries(
    [...part.matchAll(/--([\w-]+):\s*(#[0-9a-f]{3,6})\b/g)].map(([, name, colour]) => [name!, colour!]),
  );

const [day = '', afterDay = ''] = css.split('@media (prefers-color-scheme: dark)');
const [night = ''] = afterDay.split('@media');
const [, paper = ''] = css.split('@media print');
const light = colours(day);
const schemes = {
  light,
  dark: { ...light, ...colours(night) },
  print: { ...light, ...colours(paper) },
};

/** The colours of text. `--hair` and `--rule` are only for lines. */
const inks = Object.keys(light).filter((name) => /^(ink|accent|live|hue-)/.test(name));

test('the style sheet has the roles that are tested', () => {
  expect(inks.length).toBeGreaterThanOrEqual(11);
  expect(colours(night).paper).toBeDefined();
  expect(colours(paper).ink).toBe('#000');
});

describe.each(Object.entries(schemes))('%s', (scheme, roles) => {
  const grounds = scheme === 'print' ? ['paper'] : ['paper', 'tint'];
  test.each(inks.flatMap((ink) => grounds.map((ground) => [ink, ground] as const)))(
    '%s on %s has 7:1',
    (ink, ground) => {
      // In print, section names are black, whatever their colour on screen is.
      if (scheme === 'print' && ink.startsWith('hue-')) return;
      expect(contrast(roles[ink]!, roles[ground]!)).toBeGreaterThanOrEqual(7);
    },
  );
});

test('the computation matches the ends of the scale and a known pair', () => {
  expect(contrast('#000', '#fff')).toBeCloseTo(21, 5);
  expect(contrast('#777', '#fff')).toBeCloseTo(4.48, 2);
});

/** The contrast ratio of WCAG 2.2 for two sRGB colours in hexadecimal. */
function contrast(one: string, other: string): number {
  const [brighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (brighter! + 0.05) / (darker! + 0.05);
}

function luminance(colour: string): number {
  const digits = colour.slice(1);
  const pairs = digits.length === 3 ? [...digits].map((digit) => digit + digit) : (digits.match(/../g) ?? []);
  const [r, g, b] = pairs.map((pair) => {
    const share = Number.parseInt(pair, 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
