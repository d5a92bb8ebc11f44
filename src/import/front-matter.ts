import { parse as parseToml, TomlDate } from 'smol-toml';
import { parseDocument } from 'yaml';

/** The front matter of a source file, whatever tool wrote it. */
export interface FrontMatter {
  /** Keys as written. Dates in TOML become text in ISO form, as in YAML and JSON. */
  data: Map<string, unknown>;
  /** The offset at which the body begins in the text. */
  bodyStart: number;
  /** Set if the front matter could only be read line by line, or not at all. */
  note?: string;
}

const aliasCountMax = 50;

/**
 * Reads YAML (`---`), TOML (`+++`, or `---toml`), and JSON (`{` … `}`) front matter, by the rules of Jekyll, Hugo,
 * Eleventy, and Astro. Broken YAML is read line by line, because a story must not be lost for a colon in its headline.
 *
 * @param text decoded, with `\n` line endings
 */
export function readFrontMatter(text: string): FrontMatter {
  const fenced = /^(---|\+\+\+)[ \t]*(toml|yaml|yml|json)?[ \t]*\n/.exec(text);
  if (fenced) {
    const fence = fenced[1] as string;
    const close = new RegExp(`^${fence === '+++' ? '\\+\\+\\+' : '(?:---|\\.\\.\\.)'}[ \\t]*(?:\\n|$)`, 'm');
    const rest = text.slice(fenced[0].length);
    const end = close.exec(rest);
    if (!end) return { data: new Map(), bodyStart: 0 };
    const head = rest.slice(0, end.index);
    const bodyStart = fenced[0].length + end.index + end[0].length;
    if (fence === '+++' || fenced[2] === 'toml') return { ...tomlOf(head), bodyStart };
    // `---` can also be a horizontal rule, so front matter must have at least one key.
    if (fenced[2] === undefined && !/^\s*(?:#.*\n\s*)*["']?[^\s:#][^\n:]*["']?\s*:/.test(head) && head.trim() !== '') {
      return { data: new Map(), bodyStart: 0 };
    }
    return { ...yamlOf(head), bodyStart };
  }
  if (text.startsWith('{\n') || /^\{\s*"/.test(text)) {
    const end = jsonEnd(text);
    const data = end === undefined ? undefined : jsonOf(text.slice(0, end));
    if (end !== undefined && data) return { data, bodyStart: text[end] === '\n' ? end + 1 : end };
  }
  return { data: new Map(), bodyStart: 0 };
}

function yamlOf(head: string): Pick<FrontMatter, 'data' | 'note'> {
  try {
    const document = parseDocument(head, { uniqueKeys: false, strict: false, logLevel: 'silent', schema: 'core' });
    if (document.errors.length === 0) {
      const data: unknown = document.toJS({ maxAliasCount: aliasCountMax });
      if (data === null || data === undefined) return { data: new Map() };
      if (isRecord(data)) return { data: new Map(Object.entries(data)) };
    }
  } catch {
    // Read line by line below: too many aliases count as broken.
  }
  return { data: linesOf(head), note: 'front matter is not valid YAML; read line by line' };
}

/** `key: value` lines and `- item` lists, which is enough for front matter that lacks a pair of quotation marks. */
function linesOf(head: string): Map<string, unknown> {
  const data = new Map<string, unknown>();
  let list: string[] | undefined;
  for (const line of head.split('\n')) {
    const pair = /^([\p{L}_][\p{L}\p{N}_.-]*)[ \t]*:[ \t]*(.*)$/u.exec(line);
    const item = /^\s*-\s+(.+)$/.exec(line);
    if (pair) {
      const value = unquoted(pair[2] as string);
      list = value === '' ? [] : undefined;
      data.set(pair[1] as string, list ?? (value === 'true' ? true : value === 'false' ? false : value));
    } else if (item && list) list.push(unquoted(item[1] as string));
  }
  return data;
}

const unquoted = (value: string): string => value.trim().replace(/^(["'])(.*)\1$/, '$2');

function tomlOf(head: string): Pick<FrontMatter, 'data' | 'note'> {
  try {
    return { data: new Map(Object.entries(parseToml(head)).map(([key, value]) => [key, plain(value)])) };
  } catch {
    const data = new Map<string, unknown>();
    for (const line of head.split('\n')) {
      const pair = /^([\w-]+)\s*=\s*(.*)$/.exec(line);
      if (pair) data.set(pair[1] as string, unquoted(pair[2] as string));
    }
    return { data, note: 'front matter is not valid TOML; read line by line' };
  }
}

function plain(value: unknown): unknown {
  if (value instanceof TomlDate) return value.toISOString();
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  return value;
}

function jsonOf(text: string): Map<string, unknown> | undefined {
  try {
    const data: unknown = JSON.parse(text);
    return isRecord(data) ? new Map(Object.entries(data)) : undefined;
  } catch {
    return undefined;
  }
}

/** The end of the object at the beginning of the text. Braces in strings do not count. */
function jsonEnd(text: string): number | undefined {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (inString) {
      if (char === '\\') at++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return at + 1;
  }
  return undefined;
}

/** Whether a value is a plain mapping, and not a list or a date. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
