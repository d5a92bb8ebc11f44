import { describe, expect, test } from 'vitest';
import { readYamlFile } from '../../yaml/source.ts';
import { cutValues } from './cut-values.ts';

const cut = (yaml: string) => {
  const source = readYamlFile('a.md', new TextEncoder().encode(yaml));
  if ('problems' in source) throw new Error(source.problems[0]?.message);
  return cutValues('a.md', source);
};
const told = (yaml: string) =>
  cut(yaml).map(({ line, column, message }) => `${line}:${column} ${/“(.*?)”/.exec(message)?.[1]}`);

describe('text in front matter that does not become part of a value is reported', () => {
  test.each([
    ['a number sign', 'headline: Team finishes #1 in league\n', '1:25 #1 in league'],
    ['one with a space', 'headline: Room # 5 is closed\n', '1:16 # 5 is closed'],
    ['at the beginning', 'headline: #MeToo a year on\n', '1:11 #MeToo a year on'],
    ['with a space there', 'headline: # of deaths rises\nkicker: a\n', '1:11 # of deaths rises'],
    ['a name', 'headline: &c. and so on\n', '1:11 &c.'],
    ['a name in a list', 'topics:\n  - &co Company\n', '2:5 &co'],
    ['in a list', 'topics:\n  - Team #1\n  - Harbour\n', '2:10 #1'],
    ['in a list in brackets', 'topics: [harbour, Team #1\n  ]\n', '1:24 #1'],
    ['in a group', 'lead:\n  src: a.jpg\n  caption: The winner of race #3 waves\n', '3:31 #3 waves'],
    ['in a second line', 'standfirst: The council\n  voted for plan #2\n', '2:18 #2'],
    ['after quotation marks', 'headline: "Team" #1 in league\n', '1:18 #1 in league'],
    ['in a text that is indented', 'standfirst: |\n   One\n  # two three\n', '3:3 # two three'],
    ['in Arabic', 'headline: الفريق #1 في الدوري\n', '1:18 #1 في الدوري'],
    ['a sign at the end', 'headline: The end #\n', '1:19 #'],
    ['some of them', 'headline: The end ##\n', '1:19 ##'],
    ['a number at the end', 'standfirst: We said #1\n', '1:21 #1'],
    ['an entry that is indented further', 'topics:\n- one\n - two\n', '3:2 - two'],
    ['the second of three', 'topics:\n  - one\n    - two\n  - three\n', '3:5 - two'],
    ['a kind of value', 'headline: !!str 5 boats\n', '1:11 !!str'],
    ['an exclamation mark', 'headline: ! Storm\n', '1:11 !'],
    ['one in brackets', 'topics: [one, ! two]\n', '1:15 !'],
    ['a name in brackets', 'topics: [one, &co Company]\n', '1:15 &co'],
    ['a note after words', 'headline: Council votes # working title\n', '1:25 # working title'],
  ])('%s', (_, yaml, expected) => expect(told(yaml)).toEqual([expected]));

  test.each([
    ['topics:\n  - Team #1\n', '- "Team #1"'],
    ['topics:\n  - #MeToo\n', '- "#MeToo"'],
    ['topics:\n  - &co Company\n', '- "&co Company"'],
    ['corrections:\n  - text: We said #1\n    date: 2025-01-01\n', '- text: "We said #1"'],
    ['lead:\n  caption: Race #3\n', 'caption: "Race #3"'],
    ['"kicker": Court #2\n', '"kicker": "Court #2"'],
  ])('%j: the corrected line is complete, including the hyphen', (yaml, line) => {
    expect(cut(yaml).map(({ hint }) => hint)).toEqual([expect.stringContaining(`marks:  ${line} .`)]);
  });

  test('with the cause, and the value as it should be written', () => {
    expect(cut('headline: Team finishes #1 in league\n')).toEqual([
      {
        rule: 'words-lost',
        severity: 'error',
        file: 'a.md',
        line: 1,
        column: 25,
        message:
          'headline: “#1 in league” is not printed. In YAML, a # after a space begins a comment, so the value ends before it.',
        hint: 'Put the value in quotation marks:  headline: "Team finishes #1 in league" . If it is a comment, put it on a separate line.',
      },
    ]);
    expect(cut('headline: The "big" #1\n')[0]?.hint).toContain(`headline: 'The "big" #1' .`);
    expect(cut('headline: &c. and so on\n')[0]?.hint).toBe(
      'Put the value in quotation marks:  headline: "&c. and so on" .',
    );
  });
});

test('an entry that is indented further is reported with the correct form', () => {
  expect(cut('topics:\n- one\n - two\n')).toMatchObject([
    { rule: 'yaml-joined', severity: 'error', hint: 'Remove the spaces at its beginning:  - two .' },
  ]);
});

test.each([
  ['a sentence that goes on with a hyphen', 'standfirst: The weir\n  - it is old\n  - fell\n'],
  ['lists in lists', 'a:\n  - b:\n      - c\n      - d\n  - - e\n    - f\n'],
  ['a comment without words', 'topics: # --\n  - a\npublished: 2026-11-27 #\nbyline: [a] #\n'],
  ['nothing of the kind', 'headline: One two\ntopics: [a, b]\n'],
  ['notes on lines of their own', '# note\nheadline: One\n  # note\nkicker: Two\n'],
  [
    'notes after dates and choices',
    'published: 2026-11-27T10:00 # noon\nsection: world # not sport\ndraft: true # until Friday\n',
  ],
  ['a note after an id', 'topics:\n  - harbour # see storms\nbyline: [ann] # our editor\n'],
  ['a note after a group', 'lead: # the big one\n  src: a.jpg\ntopics: # two\n- a\n'],
  ['a note after a closed value', 'headline: "One" # working title\nlead: { src: a.jpg } # big\n'],
  [
    'signs that begin no comment',
    'headline: C#, F# and #1\nstandfirst: "Team #1"\nkicker: \'Room #5\'\n'.replace(' and #1', ''),
  ],
  ['signs in quotation marks over lines', 'standfirst: "One\n  #2 three"\n'],
  ['signs in a text that is indented', 'standfirst: |\n  One #1\n  # two\n\n  # three\nkicker: >-\n  Four #5\n'],
  ['an apostrophe', "headline: It's Ann's\n"],
  ['an ampersand within', 'headline: R&D, AT&T & more\n'],
  ['a name that is used', 'headline: &a One\nkicker: *a\n'],
  ['numbers and escapes', 'part: 07\nheadline: "caf\\u00e9 # one"\nratio: 2.50\n'],
  ['a key with words', 'pictures:\n  my photo.jpg: { alt: "One # two" }\n'],
])('no message: %s', (_, yaml) => expect(told(yaml)).toEqual([]));
