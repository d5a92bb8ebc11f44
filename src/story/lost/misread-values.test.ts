import { expect, test } from 'vitest';
import { applyCure } from '../../problems/problem.ts';
import { readYamlFile } from '../../yaml/source.ts';
import { misreadValues } from './misread-values.ts';

const misread = (yaml: string) => {
  const source = readYamlFile('a.yaml', new TextEncoder().encode(yaml));
  if ('problems' in source) throw new Error(source.problems[0]?.message);
  return misreadValues('a.yaml', source);
};

test.each([
  ['topics: [“a”, ‘b c’]\n', 'quotation-marks-in-value', 'topics: [a, b c]\n'],
  ['topics:\n  - one\n  - „two“\n', 'quotation-marks-in-value', 'topics:\n  - one\n  - two\n'],
  ['byline: [{ name: «Ann» }]\n', 'quotation-marks-in-value', 'byline: [{ name: Ann }]\n'],
  ['byline: [“Smith, Ann”]\n', undefined, ''], // two entries with one mark each
  ['byline:\n  - “Smith, Ann”\n', 'quotation-marks-in-value', 'byline:\n  - "Smith, Ann"\n'],
  ['dateline: "“Galway”"\n', 'quotation-marks-in-value', 'dateline: "Galway"\n'],
  ['series: { title: “The weir” }\n', 'quotation-marks-in-value', 'series: { title: The weir }\n'],
  ['credit: ‘Ann’\n', 'quotation-marks-in-value', 'credit: Ann\n'],
  ['1.10: { title: One }\n', 'words-lost', '"1.10": { title: One }\n'],
  ['pictures:\n  007: { alt: One }\n', 'words-lost', 'pictures:\n  "007": { alt: One }\n'],
  ['1e3:\n  title: One\n', 'words-lost', '"1e3":\n  title: One\n'],
  ['~: { title: One }\n', 'words-lost', '"~": { title: One }\n'],
  ['alt: "The folder C:\\new\\boats"\n', 'words-lost', "alt: 'The folder C:\\new\\boats'\n"],
])('%j', (yaml, rule, mended) => {
  const problems = misread(yaml);
  expect(problems.map((problem) => problem.rule)).toEqual(rule === undefined ? [] : [rule]);
  const [cure] = problems.flatMap((problem) => problem.cure ?? []);
  if (cure === undefined) return;
  expect(applyCure(yaml, cure)).toBe(mended);
  expect(misread(mended)).toEqual([]);
});

test.each([
  'headline: “We are open”\nstandfirst: “Yes,” he said, “no”\n',
  'topics: ["“Best of” lists", O’Neill, rock ’n’ roll]\n',
  '2024: { title: One }\n10: { title: Two }\na: { 3: b }\n',
  'alt: "tab\\tbed"\nsrc: \'C:\\new\'\nnote: "C:\\\\new"\n',
  'caption: “Le Monde”\ntitle: ‘One’\n',
])('no message: %j', (yaml) => expect(misread(yaml)).toEqual([]));
