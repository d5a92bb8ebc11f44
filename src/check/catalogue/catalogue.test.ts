import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Rule, rules, rulesByRoom } from '../../problems/rules.ts';
import { catalogue } from './catalogue.ts';
import { type Entry, front } from './example.ts';
import { explained, problemsPage } from './problems-page.ts';
import { tryExample } from './try-example.fixture.ts';

/* The examples of docs/problems.md do what the page says: the wrong one gives exactly its rule, the right one nothing. */

const repository = join(import.meta.dirname, '../../..');

const shown = Object.entries(catalogue).flatMap(([rule, entry]) => ('wrong' in entry ? [[rule, entry] as const] : []));
const proven = Object.entries(catalogue).flatMap(([rule, entry]) => ('test' in entry ? [[rule, entry.test]] : []));

const rulesOf = async (example: Parameters<typeof tryExample>[0]): Promise<string[]> =>
  [...new Set((await tryExample(example)).map(({ rule, severity }) => `${severity} ${rule}`))].sort();

describe('the wrong example of a rule causes exactly that problem, and the right one none', () => {
  test.each(shown)('%s', async (rule, { severity, wrong, besides = [], right }) => {
    const given = [rule, ...besides].map(
      (name) => `${name === rule ? severity : catalogue[name as Rule].severity} ${name}`,
    );
    expect(await rulesOf(wrong)).toEqual(given.sort());
    expect((await tryExample(right)).map(({ rule: found, message }) => `${found}: ${message}`)).toEqual([]);
  });

  test('canary: an example of another rule, and one without a mistake', async () => {
    expect(await rulesOf(front('type: anlysis\n'))).toEqual(['error wrong-value']);
    expect(await rulesOf(front('type: analysis\n'))).toEqual([]);
  });
});

describe('a rule that no file can break has a test that names it', () => {
  test.each(proven)('%s', (rule, file) => {
    expect(readFileSync(join(repository, file), 'utf8')).toMatch(new RegExp(`\\b${rule}\\b`));
  });

  // What can go wrong with a target of `deploy` is never in a file of the newsroom.
  test('and there are few of these', () => {
    const ofFiles = proven.filter(([rule]) => !(rulesByRoom.deploy as readonly string[]).includes(rule!));
    expect(ofFiles.length).toBeLessThan((rules.length - rulesByRoom.deploy.length) / 5);
  });
});

describe('every rule has an entry', () => {
  const missing = (entries: Partial<Record<Rule, Entry>>) => rules.filter((rule) => !(rule in entries));

  test('in the catalogue', () => expect(missing(catalogue)).toEqual([]));

  test('canary: a rule without an entry', () => {
    const { 'picture-missing': _, ...others } = catalogue;
    expect(_).toBeDefined();
    expect(missing(others)).toEqual(['picture-missing']);
  });

  test('no rule is listed twice', () => expect(new Set(rules).size).toBe(rules.length));
});

test('docs/problems.md matches the catalogue; npm run docs writes it', () => {
  expect(readFileSync(join(repository, 'docs/problems.md'), 'utf8')).toBe(problemsPage());
});

test('the command line explains a known rule and refuses an unknown one', () => {
  expect(explained('picture-missing')).toMatch(
    /^picture-missing \(error\)\n[\s\S]*Wrong:[\s\S]*foto\.jpg[\s\S]*Right:/,
  );
  expect(explained('no-cache')).not.toContain('Wrong:');
  expect(explained('picture-mising')).toBeUndefined();
  expect(explained('constructor')).toBeUndefined();
});
