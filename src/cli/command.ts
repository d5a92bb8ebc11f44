import { parseArgs } from 'node:util';
import { nearest } from '../problems/nearest.ts';

/** Where a command reads its surroundings from and says what it has to say. Tests bring their own. */
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

/** An option as the help shows it. */
export interface Option {
  /** The word for its value, such as `DIR`; a flag has none. */
  value?: string;
  /** More than one value may be given, one after another or each with the option again. */
  many?: boolean;
  words: string;
}

/** What a command takes, for the parser and for the help. */
export interface CommandWords {
  /** What stands after `broadsheet`. */
  usage: string;
  /** What it does, in sentences. */
  about: string;
  options: Record<string, Option>;
  /** Commands with what they do. */
  examples: [command: string, does: string][];
  /** How many words without an option it takes at most. */
  wordsMax?: number;
}

export interface Arguments {
  /** The last value of an option. */
  value(name: string): string | undefined;
  /** Every value of an option that takes many. */
  all(name: string): string[];
  has(name: string): boolean;
  /** What stands there without an option. */
  words: string[];
}

/** The command was called in a way that it does not understand. */
export class UsageError extends Error {
  /** A line that helps on. */
  readonly hint: string;
  constructor(message: string, hint: string) {
    super(message);
    this.name = 'UsageError';
    this.hint = hint;
  }
}

/**
 * Reads what stands after a command's name.
 *
 * @throws UsageError for an unknown option, with the nearest known one; for a value that is missing or not wanted
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
    // An option that follows is no value; a value may begin with a hyphen when it is written as --out=-x .
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

/** The known word that somebody probably meant; two letters that changed places count as near, too. */
export function meantBy(word: string, known: string[]): string | undefined {
  const letters = (text: string) => [...text.toLowerCase()].sort().join('');
  return nearest(word, known) ?? known.find((candidate) => letters(candidate) === letters(word));
}

const widthOfOptions = 22;

/** The help of a command: what it does, its options, examples. */
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
