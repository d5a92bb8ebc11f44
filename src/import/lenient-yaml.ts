import { parseDocument } from 'yaml';

/*
 * YAML as other tools write and read it. Some accept more than our parser does, and a story must not be lost for a colon
 * in its headline.
 */

const aliasCountMax = 50;
const nestingMax = 20;

/**
 * The data of a block of YAML. A value that no reader would accept becomes the text that was written, and the rest of
 * the block is read as usual.
 *
 * @returns `isBroken` if at least one value had to be taken as text. Undefined if the block is not a mapping
 */
export function lenientYaml(block: string): { data: Map<string, unknown>; isBroken: boolean } | undefined {
  const valid = parsed(block) ?? parsed(withIndents(block));
  if (valid) {
    if (valid.value === null || valid.value === undefined) return { data: new Map(), isBroken: false };
    return isMapping(valid.value) ? { data: new Map(Object.entries(valid.value)), isBroken: false } : undefined;
  }
  return { data: entriesOf(block, 0), isBroken: true };
}

/** Any value in YAML that is valid, or undefined. */
export const yamlValue = (text: string): unknown => (parsed(text) ?? parsed(withIndents(text)))?.value;

function parsed(text: string): { value: unknown } | undefined {
  try {
    const document = parseDocument(text, { uniqueKeys: false, strict: false, logLevel: 'silent', schema: 'core' });
    return document.errors.length > 0 ? undefined : { value: document.toJS({ maxAliasCount: aliasCountMax }) };
  } catch {
    // Too many aliases, or an alias of something that does not exist.
    return undefined;
  }
}

/**
 * PyYAML and Ruby accept text in quotation marks that goes on at the beginning of the next line, and so do lists in
 * brackets. The standard wants those lines indented, so they are.
 */
function withIndents(block: string): string {
  const lines = block.split('\n');
  let open: string | undefined;
  return lines
    .map((line, place) => {
      const isInside = open !== undefined;
      const rest = open === undefined ? valueStart(line) : line;
      if (rest !== undefined) open = stillOpen(rest, open);
      // What never closes is a broken line, and the lines below it are none of its business.
      if (!isInside && open !== undefined && !closes(lines.slice(place + 1), open)) open = undefined;
      return isInside ? `  ${line}` : line.replace(/^\t+/, (tabs) => '  '.repeat(tabs.length));
    })
    .join('\n');
}

/** The value of a line `key: value` or `- value`, if it begins with a quotation mark or bracket. */
const valueStart = (line: string): string | undefined =>
  /^\s*(?:-\s+)*(?:["']?[\p{L}\p{N}_][\p{L}\p{N}\p{M} _.-]*["']?\s*:\s+)?(["'[{].*)$/u.exec(line)?.[1];

/** The sign that is still open at the end of a line: a quotation mark, or the brackets so far. */
function stillOpen(text: string, before: string | undefined): string | undefined {
  let quote = before === '"' || before === "'" ? before : '';
  let brackets = quote === '' ? (before ?? '') : '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (quote === '"' && char === '\\') at++;
    else if (quote !== '') {
      if (char !== quote) continue;
      if (quote === "'" && text[at + 1] === "'") at++;
      else if (brackets === '') return undefined;
      else quote = '';
    } else if (char === '"' || char === "'") {
      if (brackets === '' || /[\s,[{:]/.test(text[at - 1] ?? ' ')) quote = char;
    } else if (char === '[' || char === '{') brackets += char;
    else if (char === ']' || char === '}') {
      brackets = brackets.slice(0, -1);
      if (brackets === '') return undefined;
    }
  }
  return quote !== '' && brackets === '' ? quote : brackets || undefined;
}

/** Lines that open and close within so many. Longer ones do not occur, and looking further would take long. */
const linesMax = 400;

function closes(lines: readonly string[], open: string): boolean {
  let still: string | undefined = open;
  for (const line of lines.slice(0, linesMax)) {
    still = stillOpen(line, still);
    if (still === undefined) return true;
  }
  return false;
}

/** Reads the entries of a broken block one by one. */
function entriesOf(block: string, depth: number): Map<string, unknown> {
  const data = new Map<string, unknown>();
  for (const [key, text] of cut(block)) {
    const whole = parsed(text) ?? parsed(withIndents(text));
    if (whole && isMapping(whole.value)) {
      const [entry] = Object.entries(whole.value);
      if (entry && Object.keys(whole.value).length === 1) {
        data.set(key, entry[1]);
        continue;
      }
    }
    data.set(key, brokenValue(text, depth));
  }
  return data;
}

/** The entries of the outermost mapping, each with the lines that belong to it. */
function cut(block: string): [key: string, text: string][] {
  const entries: [string, string][] = [];
  for (const line of block.split('\n')) {
    const key = /^(?:"([^"]+)"|'([^']+)'|([\p{L}_][\p{L}\p{N}\p{M}_. -]*?))[ \t]*:(?:[ \t]|$)/u.exec(line);
    const last = entries.at(-1);
    if (key) entries.push([(key[1] ?? key[2] ?? key[3]) as string, line]);
    else if (last && line.trim() !== '') last[1] += `\n${line}`;
  }
  return entries;
}

function brokenValue(text: string, depth: number): unknown {
  const value = text.slice(text.indexOf(':') + 1);
  const [first = '', ...rest] = value.split('\n');
  const more = rest.filter((line) => line.trim() !== '');
  if (first.trim() === '' && more.length > 0) {
    if (more.every((line) => /^\s*-\s/.test(line))) return more.map((line) => unquoted(line.replace(/^\s*-\s+/, '')));
    const indent = Math.min(...more.map((line) => /^\s*/.exec(line)?.[0].length ?? 0));
    const inner = more.map((line) => line.slice(indent)).join('\n');
    if (indent > 0 && depth < nestingMax && /^["']?[\p{L}_][^\n]*?:(?:[ \t]|$)/u.test(inner))
      return Object.fromEntries(entriesOf(inner, depth + 1));
  }
  if (/^\s*[|>][-+\d]*\s*$/.test(first)) return more.map((line) => line.trim()).join('\n');
  return unquoted([first, ...more].map((line) => line.trim()).join(' '));
}

const unquoted = (value: string): string => value.trim().replace(/^(["'])([\s\S]*)\1$/, '$2');

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
