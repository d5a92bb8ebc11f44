import { expect, test } from 'vitest';
import { siteSchema } from '../site/site.ts';
import { coverOf } from './cover.ts';
import { readFields } from './fields.ts';
import { FieldLog } from './receipt.ts';

const site = siteSchema.parse({ name: 'Post', url: 'https://post.example', timeZone: 'Europe/Dublin', sections: [] });
const fieldsOf = (data: Record<string, unknown>) => {
  const log = new FieldLog();
  return {
    fields: readFields(new Map(Object.entries(data)), { site, log, originHosts: ['old.example'] }),
    lines: log.lines(),
  };
};

test.each(['teaser', 'lead', 'preview'])(
  '%s is the standfirst if it is words, and the lead if it is a picture',
  (key) => {
    expect(fieldsOf({ [key]: 'Soon!' }).fields).toMatchObject({ standfirst: 'Soon!' });
    expect(fieldsOf({ [key]: 'Soon!' }).fields.cover).toBeUndefined();
    expect(fieldsOf({ [key]: 'img/a b.jpg' }).fields).toMatchObject({ cover: { src: 'img/a b.jpg' } });
    expect(fieldsOf({ description: 'First.', [key]: 'Soon!' }).fields).toMatchObject({
      standfirst: 'First.',
      summary: 'Soon!',
    });
  },
);

test.each<[string, unknown]>([
  ['featured', 'yes'],
  ['featured', true],
  ['feature', 'Big stories'],
  ['banner', 'none'],
  ['header', 'no'],
  ['hero', false],
  ['image', true],
  ['photo', 'Ann Lee'],
  ['thumbnail', 'left'],
  ['cover', 3],
])('%s: %j is no picture, and the receipt says so', (key, value) => {
  const { fields, lines } = fieldsOf({ [key]: value });
  expect(fields.cover).toBeUndefined();
  expect(lines).toMatchObject([{ from: key, how: 'dropped', reason: 'not the address of a picture' }]);
});

test.each<[unknown, object]>([
  ['/img/a.jpg', { src: '/img/a.jpg' }],
  ['https://cdn.example/x/y?w=3', { src: 'https://cdn.example/x/y?w=3' }],
  ['picture-1', { src: 'picture-1' }],
  ['[[boat.jpg]]', { src: 'boat.jpg' }],
  ['![[boat.jpg|300]]', { src: 'boat.jpg' }],
  ['![A boat](boat.jpg "Out")', { src: 'boat.jpg', alt: 'A boat', caption: 'Out' }],
  [['yes', 'b.png'], { src: 'b.png' }],
  [
    { path: 'a.jpg', alt: 'A', cutline: 'C', credit: 'D' },
    { src: 'a.jpg', alt: 'A', caption: 'C', credit: 'D' },
  ],
  [
    { image: { src: 'a.jpg' }, caption: 'C', photographer: 'D' },
    { src: 'a.jpg', caption: 'C', credit: 'D' },
  ],
])('%j is a cover', (value, cover) => expect(coverOf(value)).toEqual(expect.objectContaining(cover)));

test('texts of the cover: entities, links, and the credit at the end of a caption', () => {
  expect(
    fieldsOf({
      image: '/a.jpg',
      image_alt: 'A &amp; B',
      image_caption: 'The <em>Sea</em> from <a href="/pier/">the pier</a>. (Photo: Ann Lee)',
    }).fields.cover,
  ).toEqual({
    src: '/a.jpg',
    alt: 'A & B',
    caption: 'The *Sea* from [the pier](https://old.example/pier/).',
    credit: 'Ann Lee',
  });
  expect(fieldsOf({ image: '/a.jpg', photographer: 'Ann Lee' }).fields.cover).toMatchObject({ credit: 'Ann Lee' });
});
