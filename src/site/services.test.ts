import { Script } from 'node:vm';
import { CspEvaluator } from 'csp_evaluator/dist/evaluator.js';
import { Severity } from 'csp_evaluator/dist/finding.js';
import { CspParser } from 'csp_evaluator/dist/parser.js';
import { describe, expect, test } from 'vitest';
import { hostModel } from '../hosts/model.ts';
import { analyticsNeeds, analyticsScript } from './analytics.ts';
import { commentsNeeds, commentsScript } from './comments.ts';
import { headerPolicy, policyFor } from './policy.ts';
import { analyticsProducts, commentsProducts } from './service-settings.ts';
import { siteSchema } from './site.ts';

const settings = { name: 'The Example Post', url: 'https://post.example/paper/' };
const counted = (product: string, url = 'https://stats.example/x', site: string | number | undefined = 7) =>
  siteSchema.parse({ ...settings, analytics: { product, url, site } });
const discussed = (product: string, url = 'https://comments.example') =>
  siteSchema.parse({ ...settings, comments: { product, url } });
const mistakes = (added: object) =>
  siteSchema
    .safeParse({ ...settings, ...added })
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

const weaknesses = (policy: string) =>
  new CspEvaluator(new CspParser(policy).csp).evaluate().filter(({ severity }) => severity <= Severity.MEDIUM);

test('without the settings, a page needs nothing for them', () => {
  const site = siteSchema.parse(settings);
  expect(analyticsNeeds(site)).toEqual({ scripts: [], hosts: {}, hasOwnScript: false });
  expect(commentsNeeds(site)).toEqual({ scripts: [], hosts: {}, hasOwnScript: false });
});

describe('the policy allows what a product needs, and it stays strong', () => {
  test.each(analyticsProducts)('%s', (product) => {
    const policy = policyFor(analyticsNeeds(counted(product)));
    expect(policy).toMatch(/script-src 'sha256-[^']+' https:\/\/stats\.example\/x\/[\w/]+\.js;/);
    expect(policy).toMatch(/connect-src 'self' https:\/\/stats\.example/);
    expect(policy).not.toContain('frame-src');
    expect(weaknesses(policy)).toEqual([]);
    expect(weaknesses(headerPolicy(analyticsNeeds(counted(product))))).toEqual([]);
  });

  test.each(commentsProducts)('%s', (product) => {
    const policy = policyFor(commentsNeeds(discussed(product)));
    expect(policy).toMatch(/script-src 'sha256-[^']+' https:\/\/comments\.example\/(?:web\/|js\/embed\.min\.js);/);
    expect(policy.includes('frame-src https://comments.example')).toBe(product === 'remark42');
    expect(weaknesses(policy)).toEqual([]);
  });

  test('a program on the site itself needs no other host', () => {
    const policy = policyFor(analyticsNeeds(counted('plausible', '/stats/')));
    expect(policy).toMatch(/script-src 'sha256-[^']+' 'self';/);
    expect(policy).toContain("connect-src 'self';");
    expect(analyticsScript(counted('plausible', '/stats/'))).toContain(
      '"https://post.example/paper/stats/js/script.js"',
    );
  });

  test('a host sends it too', () => {
    const site = siteSchema.parse({
      ...settings,
      analytics: { product: 'goatcounter', url: 'https://stats.example' },
      comments: { product: 'remark42', url: 'https://comments.example' },
    });
    const { policy, searchPolicy } = hostModel(
      site,
      { ownFiles: [], hasThemePages: false, years: [], pages: [], withdrawn: [] },
      [],
    );
    for (const part of [
      'https://stats.example/count.js',
      'https://comments.example/web/',
      'frame-src https://comments.example',
    ])
      expect(policy).toContain(part);
    expect(searchPolicy).toContain('https://stats.example/count.js');
    expect(searchPolicy).not.toContain('comments.example');
  });
});

describe('the inline scripts', () => {
  test.each([
    ...analyticsProducts.map((product) => analyticsScript(counted(product))!),
    ...commentsProducts.map((product) => commentsScript(discussed(product))),
  ])('is JavaScript: %#', (text) => expect(() => new Script(text)).not.toThrow());

  test('nothing in the settings can end the script or add to it', () => {
    const text = analyticsScript(counted('umami', 'https://stats.example', '</script><script>alert("1")//'))!;
    expect(text).not.toContain('</');
    expect(() => new Script(text)).not.toThrow();
  });
});

describe('settings that cannot work are refused', () => {
  test.each([
    ['without an address', { analytics: { product: 'plausible' } }, /^analytics\.url: /],
    [
      'without encryption',
      { analytics: { product: 'plausible', url: 'http://stats.example' } },
      /^analytics\.url: .*complete address/,
    ],
    [
      'a host alone',
      { analytics: { product: 'plausible', url: 'stats.example' } },
      /^analytics\.url: .*complete address/,
    ],
    [
      'the address of a page with a query',
      { comments: { product: 'isso', url: 'https://a.example/?b' } },
      /^comments\.url: .*complete address/,
    ],
    [
      'an address with a password',
      { comments: { product: 'isso', url: 'https://a:b@c.example/' } },
      /^comments\.url: .*complete address/,
    ],
    [
      'Umami without its id',
      { analytics: { product: 'umami', url: 'https://stats.example' } },
      /^analytics\.site: .*website ID/,
    ],
    [
      'Matomo without its id',
      { analytics: { product: 'matomo', url: 'https://stats.example' } },
      /^analytics\.site: .*site ID/,
    ],
    ['another product', { analytics: { product: 'google', url: 'https://stats.example' } }, /^analytics\.product: /],
    ['another key', { comments: { product: 'isso', url: 'https://a.example', host: 'a' } }, /^comments: /],
  ])('%s', (_, added, says) => {
    expect(mistakes(added)?.[0]).toMatch(says);
  });

  test('canary: settings that work', () => {
    for (const url of ['https://stats.example', 'https://stats.example:8443/a/', '/stats', '/stats/'])
      expect(
        mistakes({ analytics: { product: 'goatcounter', url }, comments: { product: 'isso', url } }),
      ).toBeUndefined();
  });
});
