import { CspEvaluator } from 'csp_evaluator/dist/evaluator.js';
import { Severity } from 'csp_evaluator/dist/finding.js';
import { CspParser } from 'csp_evaluator/dist/parser.js';
import { describe, expect, test } from 'vitest';
import { hostModel } from '../hosts/model.ts';
import type { Address } from './address.ts';
import { allowedOn, type PagePlace, pageKindOf, pageKinds } from './allow.ts';
import { headerPolicy, type PolicyNeeds, policyFor } from './policy.ts';
import { siteSchema } from './site.ts';

const site = siteSchema.parse({
  name: 'The Example Post',
  url: 'https://post.example/',
  allow: {
    script: ['stats.example', { host: 'maps.example', on: ['/contact/'] }],
    style: [{ host: 'type.example', on: ['front', 'story'] }],
    connect: ['stats.example', { host: 'wss://live.example', on: ['story'] }],
    frame: [{ host: 'https://Player.example/', on: ['story'] }],
    img: [' pictures.example '],
    font: [{ host: 'münchen.example', on: ['front'] }],
    media: [{ host: 'sound.example:8443', on: ['archive'] }],
    form: ['pay.example'],
  },
});

const at = (place: PagePlace) => directivesOf(policyFor({ hosts: allowedOn(site.allow, place) }));

const directivesOf = (policy: string): Record<string, string> =>
  Object.fromEntries(policy.split('; ').map((line) => [line.split(' ')[0], line.split(' ').slice(1).join(' ')]));

describe('a page can use the hosts that are allowed for it, and no others', () => {
  test('the front', () =>
    expect(at({ kind: 'front', address: '/' })).toEqual({
      'default-src': "'none'",
      'script-src': 'https://stats.example',
      'style-src': "'self' https://type.example",
      'img-src': "'self' https://pictures.example",
      'font-src': "'self' https://xn--mnchen-3ya.example",
      'connect-src': "'self' https://stats.example",
      'base-uri': "'none'",
      'form-action': "'none'",
    }));

  test('a story', () =>
    expect(at({ kind: 'story', address: '/2025/02/a/' })).toMatchObject({
      'connect-src': "'self' https://stats.example wss://live.example",
      'frame-src': 'https://player.example',
      'font-src': "'self'",
    }));

  test('a page by its address', () => {
    expect(at({ kind: 'page', address: '/contact/' })['script-src']).toBe('https://stats.example https://maps.example');
    expect(at({ kind: 'page', address: '/about/' })['script-src']).toBe('https://stats.example');
  });

  test('sound can come from the site too where it can come from elsewhere', () =>
    expect(at({ kind: 'archive', address: '/2025/' })['media-src']).toBe("'self' https://sound.example:8443"));

  test('a newsroom that allows nothing has the policy that it always had', () =>
    expect(policyFor({ hosts: allowedOn(undefined, { kind: 'front', address: '/' }) })).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'",
    ));
});

test('every address has the kind that site.yaml names, and old addresses have none', () => {
  const kinds = (
    [
      'home',
      'section',
      'story',
      'topic',
      'author',
      'series',
      'corrections',
      'period',
      'year',
      'search',
      'page',
    ] as const
  ).map((kind) => pageKindOf({ kind } as Address));
  expect([...new Set([...kinds, pageKindOf({ kind: 'notFound' })])].sort()).toEqual([...pageKinds].sort());
  expect(pageKindOf({ kind: 'themePage', page: 'contact' })).toBe('page');
  expect(pageKindOf({ kind: 'alias', to: '/' })).toBeUndefined();
  expect(pageKindOf(undefined)).toBeUndefined();
});

/** What another maker's checker says about a policy. */
function weaknesses(policy: string): string[] {
  return new CspEvaluator(new CspParser(policy).csp)
    .evaluate()
    .filter(({ severity }) => severity <= Severity.MEDIUM)
    .map(({ directive, description }) => `${directive}: ${description}`);
}

describe('no policy is weak', () => {
  const script = 'document.title += "";';
  const needs: PolicyNeeds = { scripts: [script], styles: ['p{}'], forms: ['https://pay.example/'] };

  test.each(pageKinds.map((kind) => [kind]))('of a page: %s', (kind) => {
    const hosts = allowedOn(site.allow, { kind, address: '/contact/' });
    expect(weaknesses(policyFor({ ...needs, hosts, isSearch: kind === 'search' }))).toEqual([]);
  });

  test('of a host', () => expect(weaknesses(headerPolicy({ ...needs, hosts: allowedOn(site.allow) }))).toEqual([]));

  test('canary: one that allows every host, and one that allows inline scripts', () => {
    expect(weaknesses(policyFor({ ...needs, hosts: { script: ['https:'] } })).length).toBeGreaterThan(0);
    expect(weaknesses(policyFor().replace("style-src 'self'", "script-src 'unsafe-inline'")).length).toBeGreaterThan(0);
    // The same without our digests: a host that is known to serve scripts of anyone.
    expect(weaknesses(policyFor({ hosts: { script: ['https://ajax.googleapis.com'] } })).length).toBeGreaterThan(0);
  });
});

describe('what hosts send', () => {
  const facts = { ownFiles: [], hasThemePages: false, years: [], pages: [], withdrawn: [] };
  const model = hostModel({ ...site, search: true }, facts, []);

  test('allows what any page needs', () => {
    const header = directivesOf(model.policy!);
    for (const kind of pageKinds) {
      const page = at({ kind, address: '/contact/' });
      for (const [directive, sources] of Object.entries(page).filter(([name]) => name !== 'form-action'))
        for (const source of sources.split(' ')) expect(header[directive]?.split(' ')).toContain(source);
    }
  });

  test('allows on the search page only what that page needs', () => {
    expect(directivesOf(model.searchPolicy!)).toMatchObject({
      'script-src': expect.stringMatching(/ 'self' 'wasm-unsafe-eval' https:\/\/stats\.example$/),
      'connect-src': "'self' https://stats.example",
    });
    expect(model.searchPolicy).not.toContain('player.example');
  });
});
