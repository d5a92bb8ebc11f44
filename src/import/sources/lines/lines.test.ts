import { describe, expect, test } from 'vitest';
import { isRoleLine, readBylineLine, readNameLine } from './byline-line.ts';
import { readCredit } from './credit-line.ts';
import { readDateLine } from './date-line.ts';
import { readDateline } from './dateline.ts';
import { isFurniture, readRelatedLine } from './furniture-line.ts';

describe('a line that is only a date', () => {
  test.each([
    ['3 March 2026', '2026-03-03'],
    ['Published 3 March 2026, 14:05 GMT', '2026-03-03T14:05:00Z'],
    ['March 3, 2026 at 2:05 PM ET', '2026-03-03'],
    ['03.03.2026, 14.05 Uhr', '2026-03-03T14:05:00'],
    ['Veröffentlicht am 3. März 2026 um 14:05 Uhr', '2026-03-03T14:05:00'],
    ['Publié le 3 mars 2026 à 14h05', '2026-03-03T14:05:00'],
    ['1er mars 2026', '2026-03-01'],
    ['Publicado el 3 de marzo de 2026', '2026-03-03'],
    ['Tue 3 Mar 2026 06.00 CET', '2026-03-03T06:00:00+01:00'],
    ['2026年3月3日', '2026-03-03'],
    ['3 марта 2026 г., 14:05', '2026-03-03T14:05:00'],
    ['3 marca 2026, 14:05', '2026-03-03T14:05:00'],
    ['3. maaliskuuta 2026 klo 14.05', '2026-03-03T14:05:00'],
    ['2026-03-03T10:00:00Z', '2026-03-03T10:00:00Z'],
    ['25/05/2026', '2026-05-25'],
  ])('%s', (line, published) => expect(readDateLine(line)).toEqual({ published }));

  test.each([
    'The council met on 3 March 2026',
    '30 February 2026',
    '04/05/2026',
    'In March 2026',
    '3 March 2026, a day to remember',
    'Article 3, 2026',
  ])('and not: %s', (line) => expect(readDateLine(line)).toBeUndefined());

  test('with an update, a place, and the order of a language', () => {
    expect(readDateLine('Publié le 3 mars 2026 à 14h05 - Mis à jour le 4 mars 2026 à 09h10')).toEqual({
      published: '2026-03-03T14:05:00',
      updated: '2026-03-04T09:10:00',
    });
    expect(readDateLine('Last modified on Tue 3 Mar 2026')).toEqual({ updated: '2026-03-03' });
    expect(readDateLine('Madrid - 03 MAR 2026 - 14:05 CET')).toMatchObject({ place: 'Madrid' });
    expect(readDateLine('04/05/2026', true)).toEqual({ published: '2026-05-04' });
    expect(readDateLine('04/05/2026', false)).toEqual({ published: '2026-04-05' });
  });
});

describe('a caption and its credit', () => {
  test.each([
    ['Boats at dawn. Photo: A. Diallo / Reuters', 'Boats at dawn.', 'A. Diallo / Reuters'],
    ['Boats at dawn (AP Photo/A. Diallo)', 'Boats at dawn', 'AP Photo/A. Diallo'],
    ['© A. Diallo', undefined, 'A. Diallo'],
    ['The harbour. Photograph: Ann Example/The Guardian', 'The harbour.', 'Ann Example/The Guardian'],
    ['Le port à l’aube, le 3 mars. ANN EXAMPLE / AFP', 'Le port à l’aube, le 3 mars.', 'ANN EXAMPLE / AFP'],
    ['El puerto al amanecer. Ann Example (EFE)', 'El puerto al amanecer.', 'Ann Example (EFE)'],
    ['Boats. REUTERS/Ann Example Purchase Licensing Rights, opens new tab', 'Boats.', 'REUTERS/Ann Example'],
    ['Credit...Ann Example for The New York Times', undefined, 'Ann Example for The New York Times'],
    ['Getty Images', undefined, 'Getty Images'],
    ['Boats | Bild: picture alliance/dpa', 'Boats', 'picture alliance/dpa'],
    ['Handout via Reuters', undefined, 'Handout via Reuters'],
    ['Il porto all’alba (ansa)', 'Il porto all’alba', 'ansa'],
    ['Crédit photo : Jean Dupont', undefined, 'Jean Dupont'],
  ])('%s', (line, caption, credit) =>
    expect(readCredit(line)).toEqual(caption === undefined ? { credit } : { caption, credit }),
  );

  test.each([
    'He told Reuters.',
    'The minister spoke to the Associated Press',
    'The either/or of politics',
    'The photo: a moment.',
    'He works for NASA',
    'We met at 5 and/or 6.',
    `${'A long paragraph of running text. '.repeat(40)}Photo: A. Diallo`,
  ])('and not: %s', (line) => expect(readCredit(line)).toBeUndefined());
});

describe('a byline', () => {
  test.each([
    ['By Ann Example and Bob Test', ['Ann Example', 'Bob Test']],
    ['Von Anna Müller und Jörg Groß', ['Anna Müller', 'Jörg Groß']],
    ['Par Ann Example et Jean Dupont (avec AFP)', ['Ann Example', 'Jean Dupont']],
    ['Por Ana Ejemplo', ['Ana Ejemplo']],
    ['di Maria Rossi', ['Maria Rossi']],
    ['Door Jan de Vries', ['Jan de Vries']],
    ['By Aoife Ní Bhriain', ['Aoife Ní Bhriain']],
    ['By Mary O’Brien, Jean-Luc d’Artagnan and Li Wei', ['Mary O’Brien', 'Jean-Luc d’Artagnan', 'Li Wei']],
    ['By Reuters', ['Reuters']],
    ['Text: Ann Example', ['Ann Example']],
  ])('%s', (line, names) => expect(readBylineLine(line)?.names).toEqual(names));

  test.each(['By Tuesday the harbour was closed', 'Von Hand gemacht', 'By the time', 'De Bilt', 'By Sea'])(
    'and not: %s',
    (line) => expect(readBylineLine(line)).toBeUndefined(),
  );

  test('with a role and a place', () => {
    expect(readBylineLine('By Ann Example, Political correspondent')).toEqual({
      names: ['Ann Example'],
      role: 'Political correspondent',
    });
    expect(readBylineLine('Von Ann Beispiel, Berlin')).toEqual({ names: ['Ann Beispiel'], place: 'Berlin' });
    expect(isRoleLine('Political correspondent, BBC News')).toBe(true);
    expect(isRoleLine('The editor said so.')).toBe(false);
    expect(readNameLine('Harbour reopens')).toBeUndefined();
  });
});

test.each([
  [
    'GALWAY, Ireland, March 3 (Reuters) - The council voted on Tuesday to reopen.',
    'GALWAY, Ireland, March 3 (Reuters)',
  ],
  ['Galway (dpa) - Der Rat hat am Dienstag abgestimmt, der Hafen bleibt offen.', 'Galway (dpa)'],
  ['GALWAY — The council voted on Tuesday to reopen the harbour.', 'GALWAY'],
  ['ST. JOHN’S, Newfoundland (AP) — The council voted on Tuesday to reopen.', 'ST. JOHN’S, Newfoundland (AP)'],
  ['NATO - the alliance that protects Europe since 1949 - met on Tuesday.', undefined],
  ['The council — all of it — voted on Tuesday to reopen the harbour.', undefined],
])('the dateline of: %s', (paragraph, dateline) => expect(readDateline(paragraph)?.dateline).toBe(dateline));

test.each([
  'Skip to content',
  'Zum Inhalt springen',
  'Share',
  '4 min read',
  'Lesezeit: 4 Min.',
  'hide caption',
  '2 hours ago',
  'Advertisement',
  'La suite après cette publicité',
  'Sign up for our newsletter',
])('furniture: %s', (line) => expect(isFurniture(line)).toBe(true));
test.each(['Share the burden, he said', 'Home is where the heart is', 'Listen to the wind', '', 'Save the whales'])(
  'no furniture: %s',
  (line) => expect(isFurniture(line)).toBe(false),
);
test.each([
  ['Read more:', ''],
  ['Read more: The harbour closes', 'The harbour closes'],
  ['Lire aussi | Le port', 'Le port'],
  ['Mehr zum Thema', ''],
])('related: %s', (line, title) => expect(readRelatedLine(line)).toEqual({ title }));
test.each(['Related matters were discussed', 'Read more about it in the report'])('not related: %s', (line) =>
  expect(readRelatedLine(line)).toBeUndefined(),
);
