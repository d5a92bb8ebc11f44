import { expect, test } from 'vitest';
import { type PictureFacts, pictureId } from './picture.ts';
import { pictureOfSidecar, withSidecar } from './sidecar.ts';
import { pictureWords } from './words.ts';

const facts: PictureFacts = {
  digest: '0'.repeat(32),
  format: 'jpeg',
  widthPx: 640,
  heightPx: 480,
  hasAlpha: false,
  isAnimated: false,
  words: { alt: 'Men on a quay', caption: 'Galway harbour', credit: 'A. Diallo', sourceType: 'composite' },
  rights: { creators: ['A. Diallo'], creditLine: 'A. Diallo', description: 'Galway harbour' },
};

test('its texts replace those of the file, one by one', () => {
  const merged = withSidecar(facts, {
    credit: 'Coast Agency',
    caption: 'The *port*',
    captionHtml: 'The <em>port</em>',
  });
  expect(merged.words).toEqual({
    ...facts.words,
    credit: 'Coast Agency',
    caption: 'The *port*',
    captionHtml: 'The <em>port</em>',
  });
  expect(merged.rights).toEqual({ creators: ['A. Diallo'], creditLine: 'Coast Agency', description: 'The *port*' });
});

test('what is written into renditions makes another picture of the same bytes; alt text does not', () => {
  expect(pictureId(facts)).toBe(facts.digest);
  expect(pictureId(withSidecar(facts, { alt: 'Other', kind: 'map', place: 'Cork' }))).toBe(facts.digest);
  const other = pictureId(withSidecar(facts, { copyright: '© Coast' }));
  expect(other).toMatch(/^[0-9a-f]{32}$/);
  expect(other).not.toBe(facts.digest);
  expect(pictureId(withSidecar(facts, { copyright: '© Coast' }))).toBe(other);
  expect(pictureId(withSidecar(facts, { focus: '10% 20%' }))).not.toBe(facts.digest);
});

test('a licence with an address is a web statement, and a name is usage terms; anything else stays a name', () => {
  expect(withSidecar(facts, { licence: 'https://x.example/l' }).rights?.webStatement).toBe('https://x.example/l');
  expect(withSidecar(facts, { licence: 'CC BY 4.0' }).rights).toMatchObject({ usageTerms: 'CC BY 4.0' });
  expect(withSidecar(facts, { licence: 'javascript:alert(1)' }).rights?.webStatement).toBeUndefined();
});

test('the date and place of a sidecar are printed without being asked for, those of a file are not', () => {
  const file: PictureFacts = { ...facts, words: { ...facts.words, date: '2019-05-31', place: 'Galway' } };
  const shown = (known: PictureFacts, text = {}) => {
    const said = pictureWords(text, known);
    return 'shown' in said ? [said.shown.date, said.shown.place] : said.problems;
  };
  expect(shown(file)).toEqual([undefined, undefined]);
  expect(shown(file, { kind: 'file' }), 'but the day of a file photo').toEqual(['2019-05-31', undefined]);
  expect(shown(withSidecar(file, { date: '2020', place: 'Cork' }))).toEqual(['2020', 'Cork']);
});

test('decorative in the sidecar is overridden by alt text in the story', () => {
  const quiet = withSidecar({ ...facts, words: {} }, { decorative: true });
  expect(pictureWords({}, quiet)).toMatchObject({ shown: { alt: '' } });
  expect(pictureWords({ alt: 'A quay' }, quiet)).toMatchObject({ shown: { alt: 'A quay' } });
  expect(pictureWords({ decorative: false }, quiet)).toMatchObject({ problems: [{ rule: 'picture-without-alt' }] });
});

test('a sidecar is recognised by its name', () => {
  expect(pictureOfSidecar('content/a/photo.jpg.yaml')).toBe('content/a/photo.jpg');
  expect(pictureOfSidecar('content/a/photo.PNG.yml')).toBe('content/a/photo.PNG');
  for (const name of ['content/site.yaml', 'content/authors/ann.yaml', 'a.jpg', '.jpg.yaml'])
    expect(pictureOfSidecar(name), name).toBeUndefined();
});
