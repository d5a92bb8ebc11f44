import { expect, test } from 'vitest';
import { wordsOf } from '../../i18n/words.ts';
import type { PictureFacts, ShownPicture } from '../../pictures/picture.ts';
import { siteSchema } from '../../site/site.ts';
import { groupCaption } from './groupCaption.ts';
import { pictureNotes } from './pictureNotes.ts';

const site = siteSchema.parse({ name: 'Post', url: 'https://x.example/paper/', timeZone: 'America/New_York' });
const facts = {} as PictureFacts;
const notes = (picture: Partial<ShownPicture>, language = 'en-IE') =>
  pictureNotes(site, { facts, alt: 'x', ...picture }, wordsOf(language), language);

test('a file photo has its day, others say place and day where they are wanted', () => {
  expect(notes({ kind: 'file', date: '2019-05-31', place: 'Galway', credit: 'A. Diallo' })).toEqual({
    where: 'Galway',
    kind: 'File photo, 31 May 2019',
    credit: 'A. Diallo',
  });
  expect(notes({ date: '2019-05', place: 'Galway' })).toEqual({ where: 'Galway, May 2019' });
  expect(notes({ kind: 'map', date: '2019' })).toEqual({ kind: 'Map', where: '2019' });
  expect(notes({ kind: 'file', date: '2019-05-31' }, 'de')).toEqual({ kind: 'Archivfoto, 31. Mai 2019' });
});

test('a copyright notice that is the credit again is not said again', () => {
  expect(notes({ credit: 'A. Diallo', copyright: '© A. Diallo' })).toEqual({ credit: 'A. Diallo' });
  expect(notes({ credit: 'A. Diallo', copyright: '© 2024 A. Diallo' })).toMatchObject({
    copyright: '© 2024 A. Diallo',
  });
});

test('a licence is a link when it has an address, by its name when we know it', () => {
  const licence = (text: string) => notes({ licence: text }).licence;
  expect(licence('https://x.example/terms')).toEqual({ words: 'Licence', href: 'https://x.example/terms' });
  expect(licence('https://creativecommons.org/licenses/by-sa/4.0/')?.words).toBe('CC BY-SA 4.0');
  expect(licence('http://creativecommons.org/publicdomain/zero/1.0/')?.words).toBe('CC0 1.0');
  expect(licence('/licence/')?.href).toBe('/paper/licence/');
  expect(licence('javascript:alert(1)')).toEqual({ words: 'Licence: javascript:alert(1)' });
});

test.each([
  ['trainedAlgorithmicMedia', 'Made with AI', 'Mit KI erzeugt'],
  ['compositeSynthetic', 'Composite with AI', 'Montage mit KI'],
  ['compositeCapture', 'Composite', 'Montage'],
  ['digitalCreation', 'Digital illustration', 'Digitale Illustration'],
  ['softwareImage', 'Digital illustration', 'Digitale Illustration'],
])('%s is labelled', (sourceType, en, de) => {
  expect(notes({ sourceType }).source).toBe(en);
  expect(notes({ sourceType }, 'de').source).toBe(de);
});

test.each(['digitalCapture', 'negativeFilm', 'humanEdits', 'toString', 'nobodyKnows', undefined])(
  'a photograph is just a photograph: %s',
  (sourceType) => expect(notes({ ...(sourceType && { sourceType }) }).source).toBeUndefined(),
);

test('two pictures share a caption, left and right; more have each their own', () => {
  const words = wordsOf('en');
  const pair = [
    { caption: 'The quay', credit: 'Ann' },
    { caption: 'The ferry', captionHtml: 'The <em>ferry</em>', credit: 'Ben' },
  ];
  expect(groupCaption(pair, words, { caption: 'Galway' })).toEqual({
    shared: [
      { text: 'Galway' },
      { label: 'Left:', text: 'The quay' },
      { label: 'Right:', text: 'The ferry', html: 'The <em>ferry</em>' },
    ],
    each: [undefined, undefined],
    credits: [
      { label: 'Left:', text: 'Ann' },
      { label: 'Right:', text: 'Ben' },
    ],
  });
  const same = [...pair, { caption: 'Galway', credit: 'Ann' }].map((one) => ({ ...one, credit: 'Ann' }));
  expect(groupCaption(same, words, { caption: 'Galway' })).toMatchObject({
    shared: [{ text: 'Galway' }],
    each: [{ text: 'The quay' }, { text: 'The ferry' }, undefined],
    credits: [{ text: 'Ann' }],
  });
  expect(groupCaption([{ caption: 'One' }, { caption: 'One' }], words).shared).toEqual([{ text: 'One' }]);
});
