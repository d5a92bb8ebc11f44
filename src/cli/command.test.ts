import { describe, expect, test } from 'vitest';
import { type CommandWords, helpOf, meantBy, mustBeFor, printHelp, readArguments, UsageError } from './command.ts';

const words: CommandWords = {
  usage: 'pack [KIND] [options]',
  about: 'Packs a paper.\nTwice.',
  kinds: { zip: 'a zip file', folder: 'a folder' },
  options: {
    out: { value: 'PATH', words: 'where to' },
    changed: { value: 'FILE', many: true, words: 'only these' },
    permalink: { value: 'PATTERN', many: 'repeated', words: 'an old address' },
    'dry-run': { words: 'write nothing' },
    style: { value: 'STYLE', choices: ['plain', 'rich'], kinds: ['zip'], words: 'the style' },
  },
  examples: [['broadsheet pack zip', 'a zip file']],
  wordsMax: 2,
};
const read = (...argv: string[]) => readArguments(words, argv);
const said = (...argv: string[]) => {
  try {
    read(...argv);
  } catch (error) {
    if (error instanceof UsageError) return `${error.message}\n${error.hint}`;
    throw error;
  }
  return undefined;
};

describe('readArguments', () => {
  test('options anywhere, values after a space or an equals sign, and the last value counts', () => {
    const args = read('--out', 'a', 'zip', '--dry-run', '--out=b=c', 'more');
    expect(args.value('out')).toBe('b=c');
    expect(args.has('dry-run')).toBe(true);
    expect(args.has('style')).toBe(false);
    expect(args.value('style')).toBeUndefined();
    expect(args.words).toEqual(['zip', 'more']);
  });

  test('values one after another, until the next option', () =>
    expect(read('--changed', 'a', 'b', '--dry-run', 'zip', '--changed', 'c')).toMatchObject({ words: ['zip'] }));

  test('all values of an option, in their order', () => {
    expect(read('--changed', 'a', 'b', '--changed', 'c').all('changed')).toEqual(['a', 'b', 'c']);
    const args = read('--permalink', '/a/', 'zip', '--permalink', '/b/');
    expect(args.all('permalink')).toEqual(['/a/', '/b/']);
    expect(args.words).toEqual(['zip']);
    expect(read().all('changed')).toEqual([]);
  });

  test('after two hyphens everything is an argument', () =>
    expect(read('--', '--out', '-x').words).toEqual(['--out', '-x']));

  test('a value that begins with a hyphen, after an equals sign', () =>
    expect(read('--out=-x').value('out')).toBe('-x'));

  test.each([
    [['--ouut', 'x'], 'There is no option --ouut.\nDid you mean  --out ?'],
    [['--dryrun'], 'There is no option --dryrun.\nDid you mean  --dry-run ?'],
    [['-out'], 'There is no option -out.\nDid you mean  --out ?'],
    [['--elephant=x'], 'There is no option --elephant.\nSee  broadsheet pack --help .'],
    [['-x'], 'There is no option -x.\nSee  broadsheet pack --help .'],
    [['--hlep'], 'There is no option --hlep.\nDid you mean  --help ?'],
    [['zip', '--Out', 'x'], 'There is no option --Out.\nDid you mean  --out ?'],
    [['--out'], '--out needs a value: --out PATH .\nSee  broadsheet pack --help .'],
    [['--out', '--dry-run'], '--out needs a value: --out PATH .\nSee  broadsheet pack --help .'],
    [['--out='], '--out needs a value: --out PATH .\nSee  broadsheet pack --help .'],
    [['--out', ''], '--out needs a value: --out PATH .\nSee  broadsheet pack --help .'],
    [['--changed'], '--changed needs a value: --changed FILE .\nSee  broadsheet pack --help .'],
    [['--dry-run=yes'], '--dry-run does not take a value.\nSee  broadsheet pack --help .'],
    [['a', 'b', 'c'], 'Unexpected argument: "c".\nSee  broadsheet pack --help .'],
    [['--style', 'plian'], '--style plian: this is not one of the choices.\nDid you mean  --style plain ?'],
    [['--style', 'x'], '--style x: this is not one of the choices.\nWrite plain or rich.'],
  ])('%j', (argv, expected) => expect(said(...argv)).toBe(expected));

  test.each([['--help'], ['-h']])('%s is known to every command, whatever else there is', (flag) =>
    expect(read('a', 'b', 'c', flag).has('help')).toBe(true),
  );

  test('names that objects have are no options', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'opts'])
      expect(said(`--${name}`)).toContain(`There is no option --${name}.`);
  });
});

test('mustBeFor refuses an option of another kind', () => {
  expect(() => mustBeFor('zip', words, read('--style', 'rich'))).not.toThrow();
  expect(() => mustBeFor('folder', words, read('--out', 'x'))).not.toThrow();
  expect(() => mustBeFor('folder', words, read('--style', 'rich'))).toThrow('--style is only for zip.');
});

test('meantBy finds a near word, and one with its letters in another order', () => {
  expect(meantBy('biuld', ['build', 'clean'])).toBe('build');
  expect(meantBy('CLEAN', ['build', 'clean'])).toBe('clean');
  expect(meantBy('elephant', ['build', 'clean'])).toBeUndefined();
});

describe('helpOf', () => {
  test('what the command does, its kinds, its options, and examples', () =>
    expect(helpOf(words)).toBe(`broadsheet pack [KIND] [options]

Packs a paper. Twice.

Kinds
  zip     a zip file
  folder  a folder

Options
  --out PATH             where to
  --changed FILE …       only these
  --permalink PATTERN …  an old address
  --dry-run              write nothing
  --style STYLE          only for zip: the style
  -h, --help             show this help

Examples
  broadsheet pack zip
      a zip file
`));

  test('is wrapped to the terminal', () => {
    const long = { ...words, about: 'word '.repeat(60), options: { out: { value: 'X', words: 'text '.repeat(40) } } };
    for (const line of helpOf(long, 60).split('\n')) expect(line.length).toBeLessThanOrEqual(60);
    expect(helpOf(long, 500)).toBe(helpOf(long));
  });
});

test('printHelp leaves out a list without entries', () =>
  expect(
    printHelp({ usage: 'x', about: 'A.', lists: { Kinds: [], Options: [['-a', 'b']] }, examples: [['c', 'd']] }),
  ).toBe('broadsheet x\n\nA.\n\nOptions\n  -a  b\n\nExamples\n  c\n      d\n'));
