import { expect, test } from 'vitest';
import { siteSchema } from '../site/site.ts';
import { readFields } from './fields.ts';
import { bylineOf, looksLikeId } from './people.ts';
import { FieldLog } from './receipt.ts';

test.each<[unknown, object[]]>([
  ['Ann Example, Head of data', [{ name: 'Ann Example', role: 'Head of data' }]],
  ['Josh Oak, POST Executive Director', [{ name: 'Josh Oak', role: 'POST Executive Director' }]],
  ['Ann Lee, chief reporter, and Bo Ek', [{ name: 'Ann Lee', role: 'chief reporter' }, { name: 'Bo Ek' }]],
  ['Ann Lee, The Times', [{ name: 'Ann Lee', organisation: 'The Times' }]],
  ['Ann Lee (Reuters)', [{ name: 'Ann Lee', organisation: 'Reuters' }]],
  ['Ann Lee, AFP', [{ name: 'Ann Lee', organisation: 'AFP' }]],
  ['Ann Lee – Reporter', [{ name: 'Ann Lee', role: 'Reporter' }]],
  ['By Ann Lee and Bo Ek', [{ name: 'Ann Lee' }, { name: 'Bo Ek' }]],
  ['Von Ann Lee und Bo Ek', [{ name: 'Ann Lee' }, { name: 'Bo Ek' }]],
  ['Par Ann Lee et Bo Ek', [{ name: 'Ann Lee' }, { name: 'Bo Ek' }]],
  ['Por Ana Ruiz y Bo Ek', [{ name: 'Ana Ruiz' }, { name: 'Bo Ek' }]],
  ['Text: Ann Lee', [{ name: 'Ann Lee' }]],
  ['Words by Ann Lee', [{ name: 'Ann Lee' }]],
  ['José Ortega y Gasset', [{ name: 'José Ortega y Gasset' }]],
  ['Bayern Lee', [{ name: 'Bayern Lee' }]],
  ['Ann Lee, Bo Ek, Cy Fu', [{ name: 'Ann Lee' }, { name: 'Bo Ek' }, { name: 'Cy Fu' }]],
  ['Jan van der Meer, Bo Ek', [{ name: 'Jan van der Meer' }, { name: 'Bo Ek' }]],
  ['Bo Ek, van der Meer', [{ name: 'Bo Ek' }, { name: 'van der Meer' }]],
  ['Ann Lee, Ph.D.', [{ name: 'Ann Lee, Ph.D.' }]],
  [{ name: 'Ann Lee', title: 'Maintainer', url: 'https://x.example' }, [{ name: 'Ann Lee', role: 'Maintainer' }]],
  [{ first_name: 'Ann', last_name: 'Lee' }, [{ name: 'Ann Lee' }]],
  ['Ann &amp; Bo', [{ name: 'Ann' }, { name: 'Bo' }]],
  ['n/a', []],
])('%j', (value, people) => expect(bylineOf(value)).toEqual(people));

const people = {
  find: (key: string) => ({ alee: { id: 'alee', name: 'Ann Lee' }, bek: { id: 'bek', name: 'Bo Ek' } })[key],
};

test.each<[unknown, string[]]>([
  ['alee', ['alee']],
  [
    ['alee', 'bek'],
    ['alee', 'bek'],
  ],
  ['alee, bek', ['alee', 'bek']],
  [{ alee: {}, bek: {} }, ['alee', 'bek']],
  [{ id: 'alee' }, ['alee']],
])('%j names people of the archive', (value, ids) => expect(bylineOf(value, people).map(({ id }) => id)).toEqual(ids));

test.each(['aexample', 'ann-lee', 'a.lee', 'ann_lee2', '@ann', 'annLee'])('%s looks like an id', (name) =>
  expect(looksLikeId(name)).toBe(true),
);
test.each(['Ann', 'Ann Lee', 'ÉMILE', 'AFP', 'McLee', '王小明'])('%s does not look like an id', (name) =>
  expect(looksLikeId(name)).toBe(false),
);

const site = siteSchema.parse({ name: 'Post', url: 'https://post.example', timeZone: 'Europe/Dublin', sections: [] });

test('a byline that looks like an id is reported; other people have their roles', () => {
  const fields = readFields(
    new Map<string, unknown>([
      ['author', 'aexample'],
      ['translator', 'Cy Fu'],
      ['photographer', 'Di Go'],
    ]),
    { site, log: new FieldLog() },
  );
  expect(fields.byline).toEqual([
    { name: 'aexample' },
    { name: 'Cy Fu', role: 'Translator' },
    { name: 'Di Go', role: 'Photographer' },
  ]);
  expect(fields.notes).toEqual(['the byline "aexample" looks like an id; no list of authors in the archive has it']);
});
