import { expect, test } from 'vitest';
import { siteSchema } from '../site/site.ts';
import { readFields } from './fields.ts';
import { FieldLog } from './receipt.ts';

const site = siteSchema.parse({ name: 'Post', url: 'https://post.example', timeZone: 'Europe/Dublin', sections: [] });
const now = new Date('2020-06-15T12:00Z');

function read(data: Record<string, unknown>) {
  const log = new FieldLog();
  const fields = readFields(new Map(Object.entries(data)), { site, log, now });
  return { draft: fields.draft, fields, lines: log.lines() };
}

test.each<[Record<string, unknown>, string?]>([
  [{ draft: true }],
  [{ draft: 'yes' }],
  [{ isDraft: 1 }],
  [{ published: false }],
  [{ published: 'no' }],
  [{ publish: 'false' }],
  [{ public: false }],
  [{ status: 'private' }],
  [{ status: 'Draft' }],
  [{ status: 'scheduled' }],
  [{ status: 'in review' }],
  [{ post_status: 'pending' }],
  [{ visibility: 'members' }],
  [{ visibility: 'private' }],
  [{ access: ['subscribers'] }],
  [{ audience: 'only_paid' }],
  [{ private: true }],
  [{ hidden: true }],
  [{ unlisted: true }],
  [{ headless: true }],
  [{ build: { render: 'never' } }, 'build: render: never'],
  [{ _build: { list: 'never' } }, '_build: list: never'],
  [{ build: { render: 'link', list: 'local' } }, 'build: render: link'],
  [{ eleventyExcludeFromCollections: true }],
  [{ permalink: false }],
  [{ sitemap: false }],
  [{ sitemap: { exclude: true } }, 'sitemap: exclude'],
  [{ noindex: true }],
  [{ robots: 'noindex, nofollow' }],
  [{ skip_index: true }],
  [{ premium: true }],
  [{ members_only: true }],
  [{ expiryDate: '2020-06-14' }, 'expiryDate: 2020-06-14 has passed'],
  [{ expires: '2020-06-15T12:00:00Z' }, 'expires: 2020-06-15T12:00:00Z has passed'],
  [{ unpublish_on: '2019-01-01' }, 'unpublish_on: 2019-01-01 has passed'],
  [{ params: { hidden: true } }, 'hidden: true'],
  [{ extra: { unlisted: true } }, 'unlisted: true'],
  [{ draft: 'until Monday' }],
])('%j is a draft', (data, reason) => {
  const { draft, lines } = read(data);
  const [key = '', value] = Object.entries(data)[0] ?? [];
  expect(draft).toBe(reason ?? `${key}: ${Array.isArray(value) ? JSON.stringify(value) : String(value)}`);
  expect(lines).toMatchObject([{ how: 'mapped', to: 'draft', count: 1 }]);
});

test('a password makes a draft and is written nowhere', () => {
  for (const key of ['password', 'post_password', 'passwd']) {
    const { draft, fields, lines } = read({ [key]: 'open-sesame' });
    expect(draft).toBe(`${key} (a reader needed a password)`);
    expect(JSON.stringify([fields, lines])).not.toContain('sesame');
  }
});

test.each<Record<string, unknown>>([
  { draft: false },
  { draft: 'no' },
  { published: true },
  { published: '2015-01-01' },
  { status: 'publish' },
  { status: 'Published' },
  { visibility: 'public' },
  { private: false },
  { hidden: 'false' },
  { headless: false },
  { build: { render: 'always', list: 'always' } },
  { build: { publishResources: false } },
  { sitemap: true },
  { sitemap: { priority: 0.5 } },
  { sitemap: { changefreq: 'weekly' } },
  { robots: 'index, follow' },
  { expiryDate: '2020-06-16' },
  { expiryDate: '0001-01-01T00:00:00Z' },
  { expires: 'never' },
  { audience: 'developers' },
  { active: 'Monday' },
  { password: '' },
  { permalink: '/x/' },
])('%j is public', (data) => expect(read(data).draft).toBeUndefined());
