import { describe, expect, test } from 'vitest';
import { wordsOf } from '../../i18n/words.ts';
import type { PictureFacts, ShownPicture } from '../../pictures/picture.ts';
import { siteSchema } from '../../site/site.ts';
import { pairCaption, withoutCaption } from './pairCaption.ts';
import { pictureNotes } from './pictureNotes.ts';

const site = siteSchema.parse({ name: 'Post', url: 'https://x.example/paper/', timeZone: 'America/New_York' });
const facts = {} as PictureFacts;
const notes = (picture: Partial<ShownPicture>, language = 'en-IE') =>
  pictureNotes(site, { facts, alt: 'x', ...picture }, wordsOf(language), language);

test('a file photo has its date; other pictures show place and date if they are to be printed', () => {
  expect(notes({ kind: 'file', date: '2019-05-31', place: 'Galway', credit: 'A. Diallo' })).toEqual({
    where: 'Galway',
    kind: 'File photo, 31 May 2019',
    credit: 'A. Diallo',
  });
  expect(notes({ date: '2019-05', place: 'Galway' })).toEqual({ where: 'Galway, May 2019' });
  expect(notes({ kind: 'map', date: '2019' })).toEqual({ kind: 'Map', where: '2019' });
  expect(notes({ kind: 'file', date: '2019-05-31' }, 'de')).toEqual({ kind: 'Archivfoto, 31. Mai 2019' });
});

test('a copyright notice that only repeats the credit is not printed', () => {
  expect(notes({ credit: 'A. Diallo', copyright: '© A. Diallo' })).toEqual({ credit: 'A. Diallo' });
  expect(notes({ credit: 'A. Diallo', copyright: '© 2024 A. Diallo' })).toMatchObject({
    copyright: '© 2024 A. Diallo',
  });
});

test('a licence is a link if it has an address, with its name if it is known', () => {
  const licence = (text: string) => notes({ licence: text }).licence;
  expect(licence('https://x.example/terms')).toEqual({ words: 'Licence', href: 'https://x.example/terms' });
  expect(licence('https://creativecommons.org/licenses/by-sa/4.0/')?.words).toBe('CC BY-SA 4.0');
  expect(licence('http://creativecommons.org/publicdomain/zero/1.0/')?.words).toBe('CC0 1.0');
  expect(licence('/licence/')?.href).toBe('/paper/licence/');
  expect(licence('javascript:alert(1)')).toEqual({ words: 'Licence: javascript:alert(1)' });
});

describe('a licence appears once below a picture', () => {
  const by = 'https://creativecommons.org/licenses/by/4.0/';
  const sa = 'http://creativecommons.org/licenses/by-sa/3.0/';
  const zero = 'https://creativecommons.org/publicdomain/zero/1.0/';

  test.each([
    ['A. Diallo, CC BY 4.0', by, 'A. Diallo'],
    ['A. Diallo / CC-BY-4.0', by, 'A. Diallo'],
    ['A. Diallo (CC BY 4.0)', by, 'A. Diallo'],
    ['A. Diallo (CC BY 4.0) / Coast Agency', by, 'A. Diallo / Coast Agency'],
    ['A. Diallo, CC BY 4.0, via Wikimedia Commons', by, 'A. Diallo, via Wikimedia Commons'],
    ['A. Diallo, licensed under CC BY 4.0.', by, 'A. Diallo'],
    ['A. Diallo, Lizenz: CC BY 4.0', by, 'A. Diallo'],
    ['A. Diallo, Creative Commons Attribution 4.0 International License', by, 'A. Diallo'],
    [`A. Diallo, ${by}`, by, 'A. Diallo'],
    ['CC BY-SA 3.0 A. Diallo', sa, 'A. Diallo'],
    ['A. Diallo | Creative Commons Attribution-ShareAlike 3.0 Unported', sa, 'A. Diallo'],
    ['A. Diallo/CC0', zero, 'A. Diallo'],
    ['A. Diallo, CC0 1.0 Universal', zero, 'A. Diallo'],
    ['A. Diallo, CC BY', by, 'A. Diallo'],
    ['A. Diallo, Open Government Licence v3.0', 'Open Government Licence v3.0', 'A. Diallo'],
    ['A. Diallo, CC BY 4.0', 'CC BY 4.0', 'A. Diallo'],
    ['أ. ديالو، CC BY 4.0', by, 'أ. ديالو'],
  ])('%s', (credit, licence, left) => expect(notes({ credit, licence }).credit).toBe(left));

  test.each([
    ['another licence', 'A. Diallo, CC BY-SA 4.0', by],
    ['another version', 'A. Diallo, CC BY 2.0', by],
    ['fewer terms', 'A. Diallo, CC BY 3.0', sa],
    ['a name that begins so', 'CC Byron / Coast Agency', by],
    ['an agency', 'Attribution Agency 24', sa],
    ['terms of a house', 'A. Diallo, Licence Pictures', '/licence/'],
    ['a licence that is not below', 'A. Diallo, CC BY 4.0', undefined],
  ])('%s stays: %s', (_, credit, licence) =>
    expect(notes({ credit, ...(licence && { licence }) }).credit).toBe(credit),
  );

  test('a credit that is only the licence is removed, and so is a notice that then only repeats the credit', () => {
    expect(notes({ credit: 'CC BY 4.0', licence: by })).toEqual({ licence: { words: 'CC BY 4.0', href: by } });
    expect(
      notes({
        credit: 'A. Diallo, CC BY 4.0',
        copyright: '© A. Diallo. This work is licensed under CC BY 4.0',
        licence: by,
      }),
    ).toEqual({ credit: 'A. Diallo', licence: { words: 'CC BY 4.0', href: by } });
  });

  test('a plain caption loses it; a caption that links to it is enough', () => {
    expect(notes({ caption: 'The quay. A. Diallo, CC BY 4.0', licence: by })).toMatchObject({
      caption: 'The quay. A. Diallo',
    });
    const captionHtml = `The quay, <a href="${by}">CC BY</a>`;
    expect(notes({ caption: 'The quay, CC BY', captionHtml, licence: by })).toEqual({
      caption: 'The quay, CC BY',
      captionHtml,
    });
  });
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
  'a photograph has no label: %s',
  (sourceType) => expect(notes({ ...(sourceType && { sourceType }) }).source).toBeUndefined(),
);

describe('a pair', () => {
  const words = wordsOf('en');
  const pair = [
    { facts, alt: 'x', caption: 'The quay', credit: 'Ann' },
    { facts, alt: 'x', caption: 'The ferry', captionHtml: 'The <em>ferry</em>', credit: 'Ben' },
  ];
  const quay = { label: 'Left:', text: 'The quay' };
  const ferry = { label: 'Right:', text: 'The ferry', html: 'The <em>ferry</em>' };

  test('shares a caption with left and right, and each picture keeps its credit', () => {
    const { shared, pictures } = pairCaption(pair, 'ltr', words, 'Galway');
    expect(shared).toEqual([{ text: 'Galway' }, quay, ferry]);
    expect(pictures.map(({ caption, captionHtml, credit }) => [caption, captionHtml, credit])).toEqual([
      [undefined, undefined, 'Ann'],
      [undefined, undefined, 'Ben'],
    ]);
  });

  test('begins on the right if the text does', () =>
    expect(pairCaption(pair, 'rtl', words).shared).toEqual([
      { ...quay, label: 'Right:' },
      { ...ferry, label: 'Left:' },
    ]));

  test('repeats nothing, and prints nothing if there are no texts', () => {
    const same = pair.map(({ captionHtml: _, ...one }) => ({ ...one, caption: 'The quay' }));
    expect(pairCaption(same, 'ltr', words).shared).toEqual([{ text: 'The quay' }]);
    expect(pairCaption(same, 'ltr', words, 'The quay').shared).toEqual([{ text: 'The quay' }]);
    expect(pairCaption(pair.map(withoutCaption), 'ltr', words).shared).toEqual([]);
  });
});
