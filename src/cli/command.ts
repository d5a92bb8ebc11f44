import { Command, Help } from 'commander';
import { listed } from '../problems/listed.ts';
import { nearest } from '../problems/nearest.ts';

/** The surroundings of a command, and its output. Tests provide their own. */
export interface Io {
  cwd: string;
  env: NodeJS.ProcessEnv;
  stdout: Output;
  stderr: Output;
}

export interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** An option, for the parser and for the help. */
export interface Option {
  /** The name of its value, such as `DIR`. A flag has none. */
  value?: string;
  /** The option can have more than one value: one after another, with the option repeated, or only the latter. */
  many?: true | 'repeated';
  /** What it means if it is written without a value. */
  default?: string;
  /** The only values that it can have. */
  choices?: readonly string[];
  /** The kinds that it is for, if it is not for all of them. */
  kinds?: readonly string[];
  words: string;
}

/** What a command accepts, for the parser and for the help. */
export interface CommandWords {
  /** The text after `broadsheet`. */
  usage: string;
  /** What the command does, in sentences. */
  about: string;
  /** The words that can follow the name of the command, each with what it means: `import wordpress`, `new story`. */
  kinds?: Record<string, string>;
  options: Record<string, Option>;
  /** Lists below the options, by title. */
  more?: Record<string, [term: string, words: string][]>;
  /** Commands, each with what it does. */
  examples: [command: string, does: string][];
  /** The maximum number of arguments without an option. */
  wordsMax?: number;
}

export interface Arguments {
  /** The last value of an option. */
  value(name: string): string | undefined;
  /** All values of an option that can have several. */
  all(name: string): string[];
  has(name: string): boolean;
  /** The arguments without an option. */
  words: string[];
}

/** The command line is not valid. */
export class UsageError extends Error {
  /** A line that says what to do. */
  readonly hint: string;
  constructor(message: string, hint: string) {
    super(message);
    this.name = 'UsageError';
    this.hint = hint;
  }
}

/**
 * Reads the arguments after a command's name.
 *
 * @throws UsageError for an unknown option, with the nearest known one, or for a missing or unexpected value
 */
export function readArguments(command: CommandWords, argv: string[]): Arguments {
  const seeHelp = `See  broadsheet ${nameOf(command)} --help .`;
  const values = new Map<string, string[]>();
  const parser = parserOf(command, (name, option, written) => {
    const value = written || option.default;
    if (option.value && !value) throw new UsageError(`--${name} needs a value: --${name} ${option.value} .`, seeHelp);
    if (option.choices && !option.choices.includes(value ?? '')) throw wrongChoice(name, option.choices, value ?? '');
    values.set(name, [...(values.get(name) ?? []), value ?? '']);
  });
  const { operands: words, unknown } = parser.parseOptions(argv);
  if (unknown[0] !== undefined) throw notAnOption(unknown[0], command, seeHelp);
  const [extra] = words.slice(command.wordsMax ?? 0);
  if (extra !== undefined && !values.has('help')) throw new UsageError(`Unexpected argument: "${extra}".`, seeHelp);
  return {
    value: (key) => values.get(key)?.at(-1),
    all: (key) => values.get(key) ?? [],
    has: (key) => values.has(key),
    words,
  };
}

/**
 * The parser of the library. A value is optional for it, so that it never takes the next option for a value: a value
 * that begins with a hyphen must be written as `--out=-x`.
 */
function parserOf(
  { options }: CommandWords,
  take: (name: string, option: Option, value: string | null | undefined) => void,
): Command {
  const parser = new Command();
  const all: [string, Option, flag: string][] = [
    ...Object.entries(options).map(([name, option]): [string, Option, string] => [name, option, `--${name}`]),
    ['help', helpOption, '-h, --help'],
  ];
  for (const [name, option, flag] of all) {
    parser.option(option.value ? `${flag} [${option.value}${option.many === true ? '...' : ''}]` : flag);
    parser.on(`option:${name}`, (value: string | null | undefined) => take(name, option, value));
  }
  return parser;
}

const helpOption: Option = { words: 'show this help' };

const nameOf = ({ usage }: CommandWords): string => usage.split(' ')[0] ?? '';

function notAnOption(written: string, { options }: CommandWords, seeHelp: string): UsageError {
  const [flag = written] = written.split('=');
  const name = flag.replace(/^-+/, '');
  // A known option is left over only if it has a value that it cannot have.
  if (flag === `--${name}` && (Object.hasOwn(options, name) || name === 'help'))
    return new UsageError(`${flag} does not take a value.`, seeHelp);
  const meant = meantBy(name, [...Object.keys(options), 'help']);
  return new UsageError(`There is no option ${flag}.`, meant ? `Did you mean  --${meant} ?` : seeHelp);
}

function wrongChoice(name: string, choices: readonly string[], value: string): UsageError {
  const meant = meantBy(value, [...choices]);
  return new UsageError(
    `--${name} ${value}: this is not one of the choices.`,
    meant ? `Did you mean  --${name} ${meant} ?` : `Write ${listed(choices, 'or')}.`,
  );
}

/**
 * Checks that every option is one for the kind that was named.
 *
 * @throws UsageError
 */
export function mustBeFor(kind: string, { options }: CommandWords, args: Arguments): void {
  for (const [name, { kinds }] of Object.entries(options))
    if (kinds && args.has(name) && !kinds.includes(kind))
      throw new UsageError(`--${name} is only for ${listed(kinds)}.`, `Leave it out for ${kind}.`);
}

/** The known word that somebody probably meant. Two swapped letters count as close too. */
export function meantBy(word: string, known: string[]): string | undefined {
  const letters = (text: string) => [...text.toLowerCase()].sort().join('');
  return nearest(word, known) ?? known.find((candidate) => letters(candidate) === letters(word));
}

const termMax = 22;
const defaultWidth = 110;

/**
 * The help of a command: what it does, its options, and examples.
 *
 * @param width of the terminal; text is wrapped to it
 */
export function helpOf(
  { usage, about, kinds = {}, options, more = {}, examples }: CommandWords,
  width?: number,
): string {
  const shown = Object.entries({ ...options, help: helpOption }).map(([name, option]): [string, string] => [
    `${name === 'help' ? '-h, ' : ''}--${name}${valueWords(option)}${option.many ? ' …' : ''}`,
    `${option.kinds ? `only for ${listed(option.kinds)}: ` : ''}${option.words}`,
  ]);
  return printHelp({ usage, about, lists: { Kinds: Object.entries(kinds), Options: shown, ...more }, examples }, width);
}

const valueWords = ({ value, default: usual }: Option): string =>
  value === undefined ? '' : usual === undefined ? ` ${value}` : ` [${value}]`;

/** A help with these lists, each under its title. A list without entries is left out. */
export function printHelp(
  { usage, about, lists, examples }: Pick<CommandWords, 'usage' | 'about' | 'examples'> & { lists: Lists },
  width = defaultWidth,
): string {
  const help = Object.assign(new Help(), { helpWidth: Math.min(width, defaultWidth) });
  const list = (items: [string, string][]) => {
    const widest = Math.max(...items.map(([term]) => (term.length <= termMax ? term.length : 0)));
    return items.map(([term, words]) =>
      term.length <= termMax
        ? help.formatItem(term, widest, onOneLine(words), help)
        : `  ${term}\n${help.formatItem('', widest, onOneLine(words), help)}`,
    );
  };
  const parts = [
    `broadsheet ${usage}`,
    help.boxWrap(onOneLine(about), help.helpWidth),
    ...Object.entries(lists).flatMap(([title, items]) =>
      items.length > 0 ? [[title, ...list(items)].join('\n')] : [],
    ),
    ['Examples', ...examples.map(([command, does]) => `  ${command}\n      ${does}`)].join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

const onOneLine = (text: string): string => text.replaceAll('\n', ' ');

type Lists = Record<string, [term: string, words: string][]>;
