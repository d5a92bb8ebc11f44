import { expect, test } from 'vitest';
import { policyFor } from '../layouts/policy.ts';
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

test('the policy of a page allows its forms exactly the addresses of site.yaml', () => {
  const actions = [...searchActions(site), ...actionsOf(site, frontAsks)];
  expect(actions).toEqual(['https://x.example/paper/find', 'https://letters.example/join;v=1?list=post']);
  expect(policyFor([], actions)).toMatch(
    /; form-action https:\/\/x\.example\/paper\/find https:\/\/letters\.example\/join%3Bv=1$/,
  );
});

test('support with amounts to choose from is a form too', () => {
  const giving = { ...site, support: { ...site.support!, amounts: ['£5'] } };
  expect(actionsOf(giving, ['support'])).toEqual(['https://give.example/now?from=post']);
});

test('without forms the policy allows none', () => {
  expect(policyFor()).toContain("form-action 'none'");
});

test('readers are told when a form leaves the paper', () => {
  expect(otherHost(site, '/find')).toBeUndefined();
  expect(otherHost(site, 'https://letters.example/join')).toBe('letters.example');
});

test('what is no address for a form is refused', () => {
  for (const action of ['javascript:alert(1)', '//x.example/a', 'mailto:a@b.example', 'find'])
    expect(siteSchema.safeParse({ name: 'P', url: 'https://x.example/', search: { action } }).success).toBe(false);
});
