import { expect, test } from 'vitest';
import { dated, md, type Proof, prove } from './proof.fixture.ts';

// What the receipt says about keys of front matter, and that it is so in the story.

const one = (more: string, says: string | string[], rest: Partial<Proof> = {}): Proof => ({
  files: { 'a.md': dated(more) },
  says,
  ...rest,
});

const proofs: Record<string, Proof> = {
  'a key that a story has not': one('layout: wide', 'dropped layout → (nothing): a story has no such field', {
    hasNot: ['wide'],
  }),
  'a topic and a series with names that are too long': one(
    `series: ${'word '.repeat(60)}\ntags: [Ferries, ${'Bericht'.repeat(40)}]`,
    ['dropped topics → (nothing): too long for the address of a page', 'dropped series → (nothing): too long for'],
    { has: ['topics: [Ferries]\n'], hasNot: ['series', 'Bericht'] },
  ),
  'an empty key': one('kicker: ""', 'dropped kicker → (nothing): empty', { hasNot: ['kicker'] }),
  'two headlines': {
    files: { 'a.md': md('title: First\nheadline: Second\ndate: 2015-01-01') },
    says: ['is given twice', 'mapped headline → headline'],
    has: ['headline: Second\n'],
    hasNot: ['First'],
  },
  'a field of our own in another form': one('embargo: {}\nwithdrawn: maybe', 'a story has this field in another form', {
    hasNot: ['maybe'],
  }),
  'two pictures': one('image: https://x.example/a.jpg\ncover: https://x.example/b.jpg', 'lead is given twice', {
    has: ['wanted: https://x.example/'],
    so: ({ written }) => expect(written.match(/x\.example/g)).toHaveLength(1),
  }),
  'a picture that is none': one('image: {x: 1}', 'dropped image → (nothing): not the address of a picture', {
    hasNot: ['lead'],
  }),
  'a caption without a picture': one('caption: The boat', 'no picture to use it for', { hasNot: ['The boat'] }),
  'a standfirst three times': one(
    'standfirst: It sailed.\ndescription: It sailed at last.\nexcerpt: It sailed.',
    ['mapped standfirst → standfirst', 'mapped description → summary', 'repeats another field'],
    { has: ['standfirst: It sailed.\n', 'summary: It sailed at last.\n'] },
  ),
  'a list as a headline': {
    files: { 'a.md': md('title: {a: b}\ndate: 2015-01-01') },
    says: 'not understood',
    hasNot: ['b\n'],
  },
  'the same person twice': one('author: Ann Lee\nauthors: [Ann Lee]', 'contains no other name', {
    so: ({ written }) => expect(written.match(/Ann Lee/g)).toHaveLength(1),
  }),
  'an id as a name': one(
    'author: ann.lee42',
    'the byline "ann.lee42" looks like an id; no list of authors in the archive has it',
    { has: ['ann.lee42'] },
  ),
  'another name of a note': one('aliases: [Boats at Sea]', 'a name, and not an address', { hasNot: ['aliases'] }),
  'aliases that are no list': one('aliases: {a: {}}', 'dropped aliases → (nothing): not understood', {
    hasNot: ['aliases'],
  }),
  'a link that is none': one('link: over there', 'dropped link → (nothing): not a complete address', {
    hasNot: ['over there'],
  }),
  'a canonical address that is none': one(
    'canonical: nowhere',
    'dropped canonical → (nothing): not a complete address',
    {
      hasNot: ['nowhere'],
    },
  ),
  'two sources': one(
    'canonical_url: https://one.example/a\nsource: https://two.example/b',
    ['mapped canonical_url → source', 'source is given twice'],
    { has: ['one.example'], hasNot: ['two.example'] },
  ),
  'two days': one('pubdate: 2016-02-02', 'published is given twice', {
    so: ({ written }) => expect(written).toMatch(/published: 201[56]-/),
  }),
  'an update before the story': one('updated: 2014-01-01', 'before published', { hasNot: ['updated', '2014'] }),
  'an update on the same day': one('updated: 2015-01-01', 'the same as published', { hasNot: ['updated'] }),
  'two updates': one('updated: 2015-02-02\nlastmod: 2015-03-03', 'updated is given twice', {
    so: ({ written }) => expect(written.match(/updated: /g)).toHaveLength(1),
  }),
  'a date on which it appeared before': one('publishDate: 2014-01-01', 'not after published', {
    hasNot: ['2014', 'embargo'],
  }),
  'two embargoes': one('embargo: 2031-01-02T10:00:00Z\nembargoUntil: 2031-01-01T10:00:00Z', 'embargo is given twice', {
    has: ['embargo: 2031-01-02'],
    hasNot: ['2031-01-01'],
  }),
  'a day that does not exist': one('updated: 2015-02-31', 'dropped updated → (nothing): not a date that exists', {
    hasNot: ['2015-02-31', 'updated'],
  }),
  'a section, and topics': one('categories: [The sea, Boats]', 'mapped categories → section, topics', {
    has: ['section: sea', 'topics: [Boats]'],
  }),
  'a category twice': one('category: Boats\ncategories: [boats]', 'repeats another field', {
    so: ({ written }) => expect(written.match(/boats/gi)).toHaveLength(1),
  }),
  'a tag that lists only': one('tags: [post]', 'does not name a topic', { hasNot: ['topics'] }),
  'a tag twice': one('tags: [boats]\nkeywords: Boats', 'repeats another field', {
    so: ({ written }) => expect(written.match(/boats/gi)).toHaveLength(1),
  }),
  'fields that a standing page has not': {
    files: { 'a.md': md('title: A\nlayout: page\nauthor: Ann Lee') },
    says: 'dropped author → (nothing): a standing page has no such field',
    has: ['pages/a.md'],
    hasNot: ['Ann Lee'],
  },
  'no headline': {
    files: { 'a.md': md('date: 2015-01-01', '# Boats at sea\n\nWords.'), 'old-boats.md': md('date: 2015-01-02') },
    says: ['defaulted (none) → headline: from the first heading', 'defaulted (none) → headline: from the file name'],
    has: ['headline: Boats at sea\n', 'headline: old boats\n'],
  },
  'no date': {
    files: {
      '2015-03-04-a.md': md('title: A'),
      'b.md': md('title: B'),
      '_drafts/c.md': md('title: C\ndate: 2015-01-01'),
    },
    says: [
      'defaulted (none) → published: from the file name',
      'defaulted (none) → draft: no date in the front matter or in the file name',
      'draft _drafts/c.md: in the folder _drafts',
    ],
    has: ['published: 2015-03-04\n'],
  },
  'no date, but a path of days': {
    files: { '2015/03/04/a.md': md('title: A') },
    says: 'defaulted (none) → published: from the path of the file',
    has: ['published: 2015-03-04\n'],
  },
  'no section': {
    files: { 'sea/a.md': dated(''), 'b.md': md('title: B\ndate: 2015-01-02') },
    says: ['defaulted (none) → section: from the folder', 'defaulted (none) → section: first in site.yaml'],
    has: ['section: sea\n', 'section: news\n'],
  },
  'no section, and one that was asked for': {
    files: { 'b.md': dated('') },
    options: { section: 'sea' },
    says: 'defaulted (none) → section: by --section',
    has: ['section: sea\n'],
  },
  'a story that says it is public': one('draft: false', 'dropped draft → (nothing): says that the story is public', {
    hasNot: ['draft'],
  }),
  'a password, which is not recorded': one(
    'password: open sesame',
    'draft a.md: password (a reader needed a password)',
    {
      hasNot: ['sesame'],
      so: ({ receipt }) => {
        expect(JSON.stringify(receipt)).not.toContain('sesame');
        expect(receipt.fields.find(({ from }) => from === 'password')?.samples).toEqual(['(not recorded)']);
      },
    },
  ),
  'an end in the past': one('expiryDate: 2016-01-01', 'draft a.md: expiryDate: 2016-01-01 has passed'),
  'an end in the future': one('expiryDate: 2999-01-01', 'in the future; a story does not expire by itself', {
    hasNot: ['2999', 'draft'],
  }),
  'an end that is no date': one('expiryDate: soon', 'dropped expiryDate → (nothing): not a date that exists', {
    hasNot: ['draft', 'soon'],
  }),
  'an id that another story has': {
    files: { 'a.md': dated('id: one'), 'b.md': md('title: B\ndate: 2015-01-01\nid: one') },
    says: 'dropped id → (nothing): another story has this id',
    so: ({ written }) => expect(written.match(/id: one/g)).toHaveLength(1),
  },
};

test.each(Object.entries(proofs))('%s', async (_, proof) => {
  await prove(proof);
});
