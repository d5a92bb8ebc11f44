import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { recipe } from './recipe.ts';
import { drawn, socialCard, socialColours, socialName, socialPicture } from './social.ts';
import { drawSocial } from './social-draw.ts';

const site = { name: 'The Example Post', sections: [{ id: 'world', title: 'World' }], url: 'https://x.example/p/' };
const shared = (title: string, more = {}) => ({ title, isRtl: false, ...more });

test('the name of a social picture says which words are on it', () => {
  const card = socialCard(site, shared('Tea', { label: 'World', section: 'world' }))!;
  expect(card).toEqual({
    title: 'Tea',
    label: 'World',
    name: 'The Example Post',
    colour: socialColours[1],
    isRtl: false,
  });
  expect(socialName(card)).toMatch(/^[0-9a-f]{20}-social-1200\.png$/);
  expect(socialName(card)).toBe(socialName({ ...card }));
  const others = [{ title: 'Tee' }, { label: 'Sport' }, { name: 'Post' }, { colour: '#000000' }, { isRtl: true }];
  const names = others.map((other) => socialName({ ...card, ...other }));
  expect(new Set([socialName(card), ...names]).size).toBe(others.length + 1);
});

test('a page says its size and what is on it', () => {
  const card = socialCard(site, shared('Tea', { label: 'World' }))!;
  expect(socialPicture(site, card)).toEqual({
    url: `https://x.example/p/assets/pictures/${socialName(card)}`,
    widthPx: 1200,
    heightPx: 630,
    alt: 'World: Tea',
  });
});

test.each([
  ['Tea', 'Tea'],
  ['Fire 🔥 in the 🇮🇪 port ❤️ again', 'Fire in the port again'],
  ['A\u0000B\nC', 'A B C'],
  ['#1 © 2025 *', '#1 © 2025 *'],
  ['Рада', 'Рада'],
  ['مجلس', 'مجلس'],
  ['העיר', 'העיר'],
  ['तूफ़ान', 'तूफ़ान'.normalize('NFC')],
  ['Λιμάνι', 'Λιμάνι'],
  ['日本語', undefined],
  ['ตลาด', undefined],
  ['🔥', undefined],
  ['🏳️‍🌈', undefined],
  ['👩‍🍳', undefined],
  ['\u200b\u00ad', undefined],
  ['п\u02bcять у Hawai\u02bbi', 'п\u02bcять у Hawai\u02bbi'],
  ['خبـــر', 'خبـــر'],
  ['L’un\u00a0: «\u202foui\u202f»', 'L’un\u00a0: «\u202foui\u202f»'],
  ['', undefined],
])('%j is drawn as %j', (text, words) => expect(drawn(text)).toBe(words));

test('a long headline is cut at a word', () => {
  const words = drawn('harbour council '.repeat(40))!;
  expect([...words].length).toBeLessThanOrEqual(200);
  expect(words).toMatch(/(?:harbour|council)…$/);
  expect([...drawn('x'.repeat(500))!].length).toBeLessThanOrEqual(200);
});

test('a headline whose letters the fonts do not have gives way to the name of the paper', () => {
  const home = socialCard(site)!;
  expect(home.title).toBe('The Example Post');
  expect(socialCard(site, shared('日本語の見出し', { section: 'world' }))).toEqual(home);
  expect(socialCard({ ...site, name: '日本新聞' }, shared('Tea'))).toBe(undefined);
});

test('the colours are those of the pages', () => {
  const tokens = readFileSync(new URL('../styles/tokens.css', import.meta.url), 'utf8');
  const colour = (name: string) => new RegExp(`--${name}: (#\\w+);`).exec(tokens)?.[1];
  expect(socialColours).toEqual([colour('accent'), ...[1, 2, 3, 4, 5, 6, 7].map((hue) => colour(`hue-${hue}`))]);
});

test('a new version of sharp draws new files', () => {
  expect(readFileSync(new URL('./social.ts', import.meta.url), 'utf8')).toContain(`sharp: '${recipe.sharp}'`);
});

test.each([
  ['left to right', 'A label of very many words ', false],
  ['right to left', 'عنوان طويل جدا من كلمات كثيرة ', true],
])('a label and a name of 200 letters stay on their lines, %s', async (_, words, isRtl) => {
  const { default: sharp } = await import('sharp');
  const long = words.repeat(20).slice(0, 200).trim();
  const png = await drawSocial({ title: 'Tea', label: long, name: long, colour: '#0b5069', isRtl });
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  const isInked = (row: number) => data.subarray(row * info.width, (row + 1) * info.width).some((value) => value < 200);
  const rows = (from: number, to: number) => Array.from({ length: to - from }, (_row, at) => from + at).filter(isInked);
  expect(rows(72, 111).length).toBeGreaterThan(8); // the label
  expect(rows(111, 134)).toEqual([]); // between the label and the title
  expect(rows(134, 488).length).toBeGreaterThan(20); // the title
  expect(rows(551, 600).length).toBeGreaterThan(8); // the name, below the rule
  expect(rows(600, 630)).toEqual([]);
});
