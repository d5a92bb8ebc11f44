import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RenamedKey, renamedKeys } from '../yaml/renamed-keys.ts';
import { upgradedFile } from './upgrade.ts';

// No key has been renamed yet, so these are invented.
const changes: RenamedKey[] = [
  { kind: 'site.yaml', was: 'support.link', now: 'action', since: 2 },
  { kind: 'site.yaml', was: 'sections.*.desc', now: 'description', since: 2 },
  { kind: 'site.yaml', was: 'colour', since: 2 },
  { kind: 'a story', was: 'deck', now: 'standfirst', since: 2 },
  { kind: 'a story', was: 'mood', since: 3 },
  { kind: 'a story', was: 'related.*.mood', since: 3 },
];
beforeEach(() => void renamedKeys.push(...changes));
afterEach(() => void renamedKeys.splice(0));

const site = (text: string) => upgradedFile('content/site.yaml', text);
const story = (text: string) => upgradedFile('content/stories/2025/02/a/index.md', text);

describe('an upgrade changes keys and nothing else', () => {
  test('comments, order, quotation marks, blank lines, and flow style stay', () => {
    const before = `# The paper\nbroadsheet: 1 # format\nname:   'The "Post"'   # our name\n\nsections:\n  - { id: world, desc: "The world", title: World } # first\n  -   id: sport\n      desc: >-\n        All\n        sport.\nsupport:\n    # where readers give\n    link:  /give/\n`;
    expect(site(before)).toBe(before.replaceAll('desc:', 'description:').replace('link:', 'action:'));
  });

  test.each([
    ['a line', 'name: A\ncolour: red # why\nurl: b\n', 'name: A\nurl: b\n'],
    ['the last line, without a line end', 'name: A\ncolour: red', 'name: A\n'],
    ['a value of more lines', 'name: A\ncolour:\n  - red\n  - blue\nurl: b\n', 'name: A\nurl: b\n'],
    ['a text of more lines', 'name: A\ncolour: |\n  red\n  blue\nurl: b\n', 'name: A\nurl: b\n'],
  ])('a removed key is removed with its value: %s', (_, before, after) =>
    expect(site(`broadsheet: 1\n${before}`)).toBe(`broadsheet: 1\n${after}`),
  );

  test.each([
    ['first within braces', 'related: [{ mood: x, id: a }]', 'related: [{ id: a }]'],
    ['last within braces', 'related: [{ id: a, mood: x }]', 'related: [{ id: a }]'],
    ['first of an entry', 'related:\n  - mood: x\n    id: a', 'related:\n  - id: a'],
    ['not the first of an entry', 'related:\n  - id: a\n    mood: x\nb: 1', 'related:\n  - id: a\nb: 1'],
  ])('in a list: %s', (_, before, after) =>
    expect(story(`---\n${before}\n---\nText`)).toBe(`---\n${after}\n---\nText`),
  );

  test('only front matter, with the line endings of the file', () =>
    expect(story('---\r\ndeck: A\r\nmood: B\r\n---\r\n\r\ndeck: text\r\n')).toBe(
      '---\r\nstandfirst: A\r\n---\r\n\r\ndeck: text\r\n',
    ));

  test('if both names exist, the new one stays', () =>
    expect(story('---\ndeck: old\nstandfirst: new\n---\n')).toBe('---\nstandfirst: new\n---\n'));

  test('the format is set below the comments at the top, and a newer one is left alone', () => {
    expect(site('# The paper\nname: A\n')).toBe('# The paper\nbroadsheet: 1\nname: A\n');
    expect(site('name: A\r\nurl: b\r\n')).toBe('broadsheet: 1\r\nname: A\r\nurl: b\r\n');
    expect(site('name: A\nbroadsheet: 7\n')).toBe('name: A\nbroadsheet: 7\n');
  });

  test.each([
    ['what is up to date', 'content/site.yaml', 'broadsheet: 1\nname: A\n'],
    ['YAML that cannot be read', 'content/site.yaml', 'name: [A\ncolour: red\n'],
    ['a story without front matter', 'content/stories/a/index.md', 'deck: x\n'],
    ['another kind of file', 'content/authors/ann.yaml', 'deck: x\n'],
    ['what is no file of ours', 'content/stories/a/notes.yaml', 'deck: x\n'],
  ])('%s stays', (_, file, text) => expect(upgradedFile(file, text)).toBe(text));
});
