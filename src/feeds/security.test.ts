import { expect, test } from 'vitest';
import { siteSchema } from '../site/site.ts';
import { securityOf } from './security.ts';

const textOf = (security: unknown, more = {}): string => {
  const site = siteSchema.parse({
    name: 'P',
    url: 'https://post.example',
    timeZone: 'Europe/Dublin',
    ...more,
    security,
  });
  return securityOf(site, site);
};

const least = { contact: ['mailto:security@post.example'], expires: '2027-06-01' };

test('the least that the standard requires, and what the site knows by itself', () => {
  expect(textOf(least, { language: 'ga-IE' })).toBe(
    [
      'Contact: mailto:security@post.example',
      // Midnight in Dublin.
      'Expires: 2027-05-31T23:00:00.000Z',
      'Preferred-Languages: ga-IE',
      'Canonical: https://post.example/.well-known/security.txt',
      '',
    ].join('\n'),
  );
});

test('every field', () => {
  const security = {
    contact: ['https://post.example/report/', 'mailto:a.b+c@post.example?subject=Report', 'tel:+353-1-555-0100'],
    expires: '2027-06-01T12:00:00+02:00',
    encryption: ['https://post.example/key.asc', 'openpgp4fpr:5f2de5521c63a801ab59ccb603d49de44b29100f'],
    languages: ['en', 'ar'],
    policy: 'https://post.example/policy/',
    acknowledgments: 'https://post.example/thanks/',
    canonical: ['https://post.example/.well-known/security.txt', 'https://www.post.example/.well-known/security.txt'],
  };
  expect(textOf(security)).toBe(
    [
      'Contact: https://post.example/report/',
      'Contact: mailto:a.b+c@post.example?subject=Report',
      'Contact: tel:+353-1-555-0100',
      'Expires: 2027-06-01T10:00:00.000Z',
      'Encryption: https://post.example/key.asc',
      'Encryption: openpgp4fpr:5f2de5521c63a801ab59ccb603d49de44b29100f',
      'Acknowledgments: https://post.example/thanks/',
      'Preferred-Languages: en, ar',
      'Canonical: https://post.example/.well-known/security.txt',
      'Canonical: https://www.post.example/.well-known/security.txt',
      'Policy: https://post.example/policy/',
      '',
    ].join('\n'),
  );
});

test('below a path, and without https', () => {
  expect(textOf(least, { url: 'https://x.example/paper/' })).toContain(
    'Canonical: https://x.example/paper/.well-known/security.txt\n',
  );
  expect(textOf(least, { url: 'http://x.example' })).not.toContain('Canonical');
});

test('nothing without the key', () => expect(textOf(undefined)).toBe(''));

test.each<[string, object]>([
  ['no contact', { ...least, contact: [] }],
  ['a contact that is a bare email address', { ...least, contact: ['security@post.example'] }],
  ['a contact without encryption', { ...least, contact: ['http://post.example/report/'] }],
  ['a contact that is a path', { ...least, contact: ['/report/'] }],
  ['a contact that nobody can write to', { ...least, contact: ['mailto:'] }],
  [
    'a contact that would be two lines',
    { ...least, contact: ['mailto:a@post.example\nContact: mailto:b@post.example'] },
  ],
  ['a contact with a script', { ...least, contact: ['javascript:alert(1)'] }],
  ['no date', { contact: least.contact }],
  ['a day that does not exist', { ...least, expires: '2027-02-30' }],
  ['a month', { ...least, expires: '2027-06' }],
  ['words instead of a date', { ...least, expires: 'next year' }],
  ['a key that is not encrypted on its way', { ...least, encryption: ['http://post.example/key.asc'] }],
  ['a key itself', { ...least, encryption: ['-----BEGIN PGP PUBLIC KEY BLOCK-----'] }],
  ['a language that is none', { ...least, languages: ['plain English'] }],
  ['a policy that is a path', { ...least, policy: '/policy/' }],
  ['an unknown key', { ...least, hiring: 'https://post.example/jobs/' }],
])('%s is refused', (_, security) => {
  expect(siteSchema.safeParse({ name: 'P', url: 'https://post.example', security }).success).toBe(false);
});
