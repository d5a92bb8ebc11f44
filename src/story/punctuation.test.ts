import fc from 'fast-check';
import { expect, test } from 'vitest';
import { setRuns, setText, thing } from './punctuation.ts';

test.each([
  ['feet and inches', `He is 5'10" tall`, 'He is 5′10″ tall'],
  ['feet and inches apart', `5' 10½"`, '5′ 10½″'],
  ['in a quotation', `"He is 5'10"."`, '“He is 5′10″.”'],
  ['inches alone', `a 12" pipe and a 19" screen`, 'a 12″ pipe and a 19″ screen'],
  ['a year that ends a quotation', `"Since 2012" and "2013"`, '“Since 2012” and “2013”'],
  ['a quotation begun with a typographic mark', `“Since 2012" he said`, '“Since 2012” he said'],
  ['minutes and seconds of arc', `53°16'N 9°3'25"W`, '53°16′N 9°3′25″W'],
  ['a minute of a match', `45'+2 and 90' again`, '45′+2 and 90′ again'],
  ['decades and years', `the '90s, class of '68, the 1990's`, 'the ’90s, class of ’68, the 1990’s'],
  ['a year in quotation marks', `called '68'`, 'called ‘68’'],
  ['words that begin with an apostrophe', `'Tis so, 'twas, get 'em`, '’Tis so, ’twas, get ’em'],
  ['in a quotation of single marks', `'I said 'tis so,' he said`, '‘I said ’tis so,’ he said'],
  ['rock and roll', `rock 'n' roll, fish 'n' chips, pick 'n mix`, 'rock ’n’ roll, fish ’n’ chips, pick ’n mix'],
  ['a mark that nothing closes', `'Allo there`, '’Allo there'],
  ['possessives', `dogs' tails, O'Brien's`, 'dogs’ tails, O’Brien’s'],
  ['nested', `"'So' it is" "it is 'so'"`, '“‘So’ it is” “it is ‘so’”'],
  ['beside dashes', `"I was--" "no"--"never" --"yes"--`, '“I was–” “no”–“never” –“yes”–'],
  ['beside brackets', `("a") ["b"] x"y"`, '(“a”) [“b”] x“y”'],
  ['dashes and dots', `a -- b --- c ---- d ... e....`, 'a – b — c –– d … e….'],
  [
    'addresses',
    `see www.x.example/a--b... "https://x.example/?a='b'" a--b@x.example`,
    `see www.x.example/a--b… “https://x.example/?a=’b’” a--b@x.example`,
  ],
  ['an acronym in Hebrew', `צה"ל, מנכ"לית, 5 ש"ח`, 'צה״ל, מנכ״לית, 5 ש״ח'],
  ['a paragraph that the next one goes on with', `"one\n\n"two"`, '“one\n\n“two”'],
])('%s', (_, typed, expected) => {
  expect(setText(typed, 'en')).toBe(expected);
});

test.each([
  [
    'he',
    `ב"הארץ" נכתב: "עלה 5 ש"ח" ו"ידיעות אחרונות". ג'ירפה, רח' הרצל`,
    'ב”הארץ” נכתב: ”עלה 5 ש״ח” ו”ידיעות אחרונות”. ג׳ירפה, רח׳ הרצל',
  ],
  ['ar', `قال "نعم" ثم 'لا'`, 'قال ”نعم“ ثم ”لا“'],
  ['fa', `گفت "بله"`, 'گفت «بله»'],
  [
    'fr',
    `" mot " ; « mot » ! quoi ? oui : 12:30`,
    '«\u202Fmot\u202F»\u202F; «\u202Fmot\u202F»\u202F! quoi\u202F? oui\u00A0: 12:30',
  ],
  ['fr', `« Paris », dit-elle`, '«\u202FParis\u202F», dit-elle'],
  ['de', `'s ist "gut", hat's geheißen`, '’s ist „gut“, hat’s geheißen'],
  ['de-CH', `1'000 "Franken"`, '1’000 «Franken»'],
  ['nl', `'s avonds in 't "huis", foto's`, '’s avonds in ’t “huis”, foto’s'],
  ['af', `dit is 'n "huis"`, 'dit is ’n “huis”'],
  ['it', `un po' di "sale", l'anno '68`, 'un po’ di «sale», l’anno ’68'],
  ['sv', `"Ja", sa 'hon'`, '”Ja”, sa ”hon”'],
])('%s has its own: %s', (language, typed, expected) => {
  expect(setText(typed, language)).toBe(expected);
});

test('words on both sides of markup are considered', () => {
  expect(setRuns(['Le Monde', ' : il dit « ', 'x', ' » ', '?'], 'fr')).toEqual([
    'Le Monde',
    '\u00A0: il dit «\u202F',
    'x',
    '\u202F»\u202F',
    '?',
  ]);
  expect(setRuns(['"a ', 'b', '"', ' c'], 'de')).toEqual(['„a ', 'b', '“', ' c']);
  expect(setRuns(['"', thing, '" and ', thing, "'s"], 'en')).toEqual(['“', thing, '” and ', thing, '’s']);
});

const pieces = [
  'a',
  'Word',
  ' ',
  '  ',
  '"',
  "'",
  '--',
  '---',
  '...',
  '.',
  ',',
  ' :',
  ' ;',
  ' ?',
  '« ',
  ' »',
  '5',
  '10',
  '°',
  '(',
  ')',
  '-',
  '–',
  '“',
  '”',
  '„',
  "'90s",
  "'tis ",
  " 'n' ",
  'צ',
  'ה',
  'ב"',
  '日本',
  '😀',
  'www.x.example/a"b',
  'a@b.example',
  '\n',
  '\n\n',
  '&',
];
const languages = ['en', 'de', 'fr', 'sv', 'he', 'ar', 'nl', 'fi', 'hu'];
const written = fc.array(fc.constantFrom(...pieces), { maxLength: 24 }).map((found) => found.join(''));

test('a text that was processed stays as it is, and loses no word', () => {
  fc.assert(
    fc.property(written, fc.constantFrom(...languages), (typed, language) => {
      const set = setText(typed, language);
      expect(setText(set, language)).toBe(set);
      expect(set.replace(/[^\p{L}\p{N}@]/gu, '')).toBe(typed.replace(/[^\p{L}\p{N}@]/gu, ''));
    }),
    { numRuns: 4000, seed: 7 },
  );
});

test('it makes no difference where markup divides a text', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...pieces.filter((piece) => !/^[-.\n]/.test(piece))), { maxLength: 24 }),
      fc.constantFrom(...languages),
      (runs, language) => {
        expect(setRuns(runs, language).join('')).toBe(setRuns([runs.join('')], language)[0]);
      },
    ),
    { numRuns: 3000, seed: 7 },
  );
});

test('the time is linear in the length of the text, whatever it contains', () => {
  for (const piece of [
    `"a `,
    `'a `,
    `a" `,
    `ב"ב`,
    `5" `,
    `„5" `,
    `www.x.example "`,
    '    ',
    ' « ',
    `"'`,
    '--',
    `'n' `,
  ]) {
    // Processor time, which other programs do not affect.
    const timeOf = (count: number) => {
      const text = piece.repeat(count);
      const started = process.cpuUsage();
      setText(text, 'fr');
      return process.cpuUsage(started).user / 1000;
    };
    timeOf(4_000);
    const short = Math.min(timeOf(8_000), timeOf(8_000));
    // Sixteen times the text. Quadratic time would take 256 times as long.
    expect(timeOf(128_000), piece).toBeLessThan(Math.max(short, 10) * 100);
  }
});
