/* Secrets in a file that is shared with everyone who can read the newsroom. */

export interface FoundSecret {
  /** 1-based. */
  line: number;
  /** 1-based. */
  column: number;
  /** The beginning of it, so that a message does not repeat it. */
  start: string;
  what: string;
}

/** What secrets look like by themselves, wherever they are. Each has one group: the secret. */
const shapes: [what: string, form: RegExp][] = [
  ['a private key', /(-----BEGIN [A-Z ]*PRIVATE KEY-----)/g],
  ['a password in an address', /\b[a-z][a-z\d+.-]*:\/\/[^\s/:@'"]*:([^\s/@'"]+)@/gi],
  ['an access key of AWS', /(?<![A-Z\d])((?:AKIA|ASIA)[A-Z\d]{16})(?![A-Z\d])/g],
  ['a token of GitHub', /\b(gh[pousr]_[A-Za-z\d]{30,}|github_pat_\w{30,})/g],
  ['a token of GitLab', /\b(glpat-[\w-]{20,})/g],
  ['a token of Netlify', /\b(nf[pcou]_\w{30,})/g],
  ['a token of Google', /\b(AIza[\w-]{35}|ya29\.[\w-]{20,}|GOOG[A-Z\d]{20,})/g],
  ['a key of Azure', /\b(?:AccountKey|SharedAccessKey|SharedAccessSignature|sig)=([\w%+/=-]{20,})/g],
  ['a token', /\b(eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,})/g],
  ['a key', /(?<![\w/+=.~-])((?![/])(?=[\w/+]*[a-z])(?=[\w/+]*[A-Z])(?=[\w/+]*\d)[A-Za-z\d/+]{40})(?![\w/+=])/g],
];

/** Keys whose value is a secret, with or without a comment sign before them. A value that names a variable is not one. */
const named =
  /(?<![\p{L}\d])((?:[\w-]*[_-])?(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|credentials?|api[_-]?key|access[_-]?key(?:[_-]?id)?|private[_-]?key|secret[_-]?(?:access[_-]?)?key|account[_-]?key|sas|auth))["']?[ \t]*[:=][ \t]*["']?([^\s"',}#][^\s"',}]*)/giu;
/** The same in camel case: `secretAccessKey`, `authToken`. */
const camel =
  /(?<![\p{L}\d])([a-z]+(?:Password|Passphrase|Secret|Token|Credentials?|Key|KeyId))["']?[ \t]*[:=][ \t]*["']?([^\s"',}#][^\s"',}]*)/gu;

/**
 * Finds what is, or looks like, a secret in a text. Comments count too.
 *
 * @returns in the order of the text, at most one for each line
 */
export function secretsIn(text: string): FoundSecret[] {
  return text.split('\n').flatMap((line, at) => {
    const found = secretOf(line);
    return found ? [{ line: at + 1, ...found }] : [];
  });
}

function secretOf(line: string): Omit<FoundSecret, 'line'> | undefined {
  for (const [what, form] of shapes)
    for (const match of line.matchAll(form)) {
      const [secret = ''] = match.slice(1);
      return { column: match.index + match[0].indexOf(secret) + 1, start: startOf(secret), what };
    }
  for (const form of [named, camel])
    for (const match of line.matchAll(form)) {
      const [whole, key = '', value = ''] = match;
      if (isReference(value) || isProse(line, match.index, line.slice(match.index + whole.length), value)) continue;
      return { column: match.index + 1, start: startOf(value), what: `the value of "${key}"` };
    }
  return undefined;
}

/** `$NAME`, `${NAME}`, and words that say where the secret is. */
const isReference = (value: string): boolean =>
  /^\$|^(?:null|~|true|false|env|none|no|yes|\|[-+]?|>[-+]?|\{|\[)$/i.test(value);

/** In a comment, `# token: comes from the environment` is a sentence, and `# token: a1b2c3d4` is a secret. */
const isProse = (line: string, at: number, rest: string, value: string): boolean =>
  line.slice(0, at).includes('#') && (!/^["']?[\s,}]*$/.test(rest) || value.length < 8 || !/\d/.test(value));

const startOf = (secret: string): string =>
  secret.startsWith('-----') ? secret : `${secret.slice(0, secret.length < 16 ? 1 : 4)}…`;
