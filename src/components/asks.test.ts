import { expect, test } from 'vitest';
import { policyFor } from '../site/policy.ts';
import { siteSchema } from '../site/site.ts';
import { actionsOf, frontAsks, otherHost, searchActions } from './asks.ts';

const appeal = { title: 'A', text: 'B', button: 'C' };
const site = siteSchema.parse({
  name: 'The Example Post',
  url: 'https://x.example/paper/',
  search: { action: '/find' },
  support: { ...appeal, action: 'https://give.example/now?from=post' },
  newsletter: { ...appeal, action: 'https://letters.example/join;v=1?list=post' },
});

test('the policy of a page allows its forms to send to this site and to the hosts in site.yaml, and nothing else', () => {
  const actions = [...searchActions(site), ...actionsOf(site, frontAsks)];
  expect(actions).toEqual(['https://x.example/paper/find', 'https://letters.example/join;v=1?list=post']);
  expect(policyFor({ forms: actions })).toMatch(
    /; form-action 'self' https:\/\/x\.example https:\/\/letters\.example$/,
  );
  expect(
    policyFor({ forms: actions, formHosts: ['thanks.example', '*.pay.example', 'http://localhost:8080'] }),
  ).toMatch(
    / https:\/\/letters\.example https:\/\/thanks\.example https:\/\/\*\.pay\.example http:\/\/localhost:8080$/,
  );
});

test('support with amounts to choose from is a form too', () => {
  const giving = { ...site, support: { ...site.support!, amounts: ['£5'] } };
  expect(actionsOf(giving, ['support'])).toEqual(['https://give.example/now?from=post']);
});

test('without forms the policy allows none', () => {
  expect(policyFor()).toContain("form-action 'none'");
  expect(policyFor({ formHosts: ['thanks.example'] })).toContain("form-action 'none'");
});

test('nothing in an allowed host can end the policy or widen it', () => {
  const parse = (host: string) =>
    siteSchema.safeParse({ name: 'P', url: 'https://x.example/', allow: { form: [host] } }).data?.allow?.form?.[0];
  expect(parse('thanks.example')).toBe('thanks.example');
  expect(parse('https://pay.example:8443/')).toBe('https://pay.example:8443');
  expect(parse('*.pay.example')).toBe('*.pay.example');
  expect(parse('*.münchen.example')).toBe('*.xn--mnchen-3ya.example');
  expect(parse('http://[::1]:8080')).toBe('http://[::1]:8080');
  for (const wrong of [
    '*',
    '',
    'a b',
    "'unsafe-inline'",
    'a.example;script-src *',
    'a.example, b.example',
    'https:',
    'data:',
  ])
    expect([wrong, parse(wrong)]).toEqual([wrong, undefined]);
  for (const wrong of ['a.*', 'javascript:alert(1)', '//a.example', 'a.example/path', 'jo@a.example', 'a..example'])
    expect([wrong, parse(wrong)]).toEqual([wrong, undefined]);
});

test('readers are told if a form sends to another site', () => {
  expect(otherHost(site, '/find')).toBeUndefined();
  expect(otherHost(site, 'https://letters.example/join')).toBe('letters.example');
});

test('what is not an address for a form is refused', () => {
  for (const action of ['javascript:alert(1)', '//x.example/a', 'mailto:a@b.example', 'find'])
    expect(siteSchema.safeParse({ name: 'P', url: 'https://x.example/', search: { action } }).success).toBe(false);
});
