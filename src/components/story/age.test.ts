import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import { ageScriptDigest, headerPolicy, policyFor } from '../../site/policy.ts';
import { ageScript } from './age.ts';

test('the policy that hosts send allows the script of a story, and what any page allows', () => {
  expect(ageScriptDigest).toBe(`sha256-${hash('sha256', ageScript, 'base64')}`);
  const forms = ['https://letters.example/join', 'https://x.example/tips'];
  const header = new Map(
    headerPolicy({ forms, formHosts: ['pay.example'] })
      .split('; ')
      .map(split),
  );
  for (const page of [
    policyFor(),
    policyFor({ scripts: [ageScript], forms: [forms[0]!], formHosts: ['pay.example'] }),
    policyFor({ forms }),
  ])
    for (const [directive, sources] of page.split('; ').map(split)) {
      const wide = new Set(header.get(directive)?.split(' '));
      for (const source of sources.split(' ')) if (source !== "'none'") expect([directive, ...wide]).toContain(source);
    }
});

const split = (directive: string): [string, string] => {
  const [name = '', ...sources] = directive.split(' ');
  return [name, sources.join(' ')];
};
