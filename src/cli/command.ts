import { parseArgs } from 'node:util';
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

/** An option as shown in the help. */
export interface Option {
  /** The name of its value, such as `DIR`. A flag has none. */
  value?: string;
  /** The option can have more than one value, one after another or with the option repeated. */
  many?: boolean;
  words: string;
}

/** What a command accepts, for the parser and for the help. */
export interface CommandWords {
  /** The text after `broadsheet`. */
  usage: string;
  /** What the command does, in sentences. */
  about: string;
  options: Record<string, Option>;
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
  const name = command.usage.split(' ')[0] ?? '';
  const seeHelp = `See  broadsheet ${name} --help .`;
  const options: Record<string, { type: 'string' | 'boolean'; multiple: true; short?: string }> = {
    help: { type: 'boolean', multiple: true, short: 'h' },
  };
  for (const [key, { value }] of Object.entries(command.options))
    options[key] = { type: value ? 'string' : 'boolean', multiple: true };
  const { tokens } = parseArgs({ args: argv, options, strict: false, allowPositionals: true, tokens: true });
  const values = new Map<string, string[]>();
  const words: string[] = [];
  let open: string | undefined;
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (open) values.get(open)?.push(token.value);
      else words.push(token.value);
      continue;
    }
    open = undefined;
    if (token.kind === 'option-terminator') continue;
    const known = options[token.name];
    if (!known) {
      const meant = meantBy(token.name, Object.keys(options));
      throw new UsageError(`There is no option ${token.rawName}.`, meant ? `Did you mean  --${meant} ?` : seeHelp);
    }
    if (known.type === 'boolean' && token.value !== undefined)
      throw new UsageError(`${token.rawName} does not take a value.`, seeHelp);
    // An option cannot be a value. A value that begins with a hyphen has to be written as --out=-x .
    if (known.type === 'string' && (!token.value || (token.value.startsWith('-') && !token.inlineValue)))
      throw new UsageError(
        `${token.rawName} needs a value: ${token.rawName} ${command.options[token.name]?.value} .`,
        seeHelp,
      );
    const kept = values.get(token.name) ?? [];
    kept.push(token.value ?? '');
    values.set(token.name, kept);
    if (command.options[token.name]?.many) open = token.name;
  }
  const [extra] = words.slice(command.wordsMax ?? 0);
  if (extra !== undefined && !values.has('help')) throw new UsageError(`Unexpected argument: "${extra}".`, seeHelp);
  return {
    value: (key) => values.get(key)?.at(-1),
    all: (key) => values.get(key) ?? [],
    has: (key) => values.has(key),
    words,
  };
}

/** The known word that somebody probably meant. Two swapped letters count as close too. */
export function meantBy(word: string, known: string[]): string | undefined {
  const letters = (text: string) => [...text.toLowerCase()].sort().join('');
  return nearest(word, known) ?? known.find((candidate) => letters(candidate) === letters(word));
}

const widthOfOptions = 22;

/** The help of a command: what it does, its options, and examples. */
export function helpOf({ usage, about, options, examples }: CommandWords): string {
  const lines = Object.entries({ ...options, help: { words: 'show this help' } as Option }).map(
    ([key, { value, many, words }]) => {
      const left = `--${key}${value ? ` ${value}` : ''}${many ? ' …' : ''}`;
      return `  ${left.padEnd(widthOfOptions)}${left.length >= widthOfOptions ? `\n  ${' '.repeat(widthOfOptions)}` : ''}${words}`;
    },
  );
  const shown = examples.map(([command, does]) => `  ${command}\n      ${does}`);
  return `broadsheet ${usage}\n\n${about}\n\nOptions\n${lines.join('\n')}\n\nExamples\n${shown.join('\n')}\n`;
}
