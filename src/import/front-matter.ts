import { parse as parseToml, TomlDate } from 'smol-toml';
import { fold, groupOf } from '../yaml/field-keys.ts';
import { lenientYaml } from './lenient-yaml.ts';

/** The front matter of a source file, whatever tool wrote it. */
export interface FrontMatter {
  /** Keys as written. Dates in TOML become text in ISO form, as in YAML and JSON. */
  data: Map<string, unknown>;
  /** The offset at which the body begins in the text. */
  bodyStart: number;
  /** Set if the front matter could only be read line by line, or not at all. */
  note?: string;
}

/**
 * Reads YAML (`---`), TOML (`+++`, or `---toml`), and JSON (`{` … `}`, `;;;`, or `---json`) front matter, by the rules of
 * Jekyll, Hugo, Eleventy, Astro, Zola, and Hexo, and the lines `Title: …` that Pelican reads. Broken YAML is read entry
 * by entry, because a story must not be lost for a colon in its headline.
 *
 * @param text decoded, with `\n` line endings
 */
export function readFrontMatter(text: string): FrontMatter {
  const fenced = /^\s*(-{3,}|\+{3,}|;{3,})[ \t]*(toml|yaml|yml|json|js|javascript)?[ \t]*\n/.exec(text);
  if (fenced) {
    const fence = (fenced[1] as string).slice(0, 3);
    const close = new RegExp(`^${fence === '---' ? '(?:-{3,}|\\.\\.\\.)' : `\\${fence[0]}{3,}`}[ \\t]*(?:\\n|$)`, 'm');
    const rest = text.slice(fenced[0].length);
    const end = close.exec(rest);
    if (!end) return { data: new Map(), bodyStart: 0 };
    const head = rest.slice(0, end.index);
    const bodyStart = fenced[0].length + end.index + end[0].length;
    if (fence === '+++' || fenced[2] === 'toml') return { ...tomlOf(head), bodyStart };
    if (fence === ';;;' || fenced[2] === 'json') {
      const data = jsonOf(head) ?? jsonOf(`{${head.replace(/,\s*$/, '')}}`);
      return data
        ? { data, bodyStart }
        : { data: linesOf(head), bodyStart, note: 'front matter is not valid JSON; read line by line' };
    }
    if (fenced[2] === 'js' || fenced[2] === 'javascript')
      return { data: linesOf(head), bodyStart, note: 'front matter is a program, which is not run; read line by line' };
    // `---` can also be a horizontal rule, so front matter must have at least one key.
    if (fenced[2] === undefined && !isKeyed(head) && head.trim() !== '') return { data: new Map(), bodyStart: 0 };
    return { ...yamlOf(head), bodyStart };
  }
  if (/^\s*\{\s*(?:"|\n)/.test(text)) {
    const start = text.indexOf('{');
    const end = jsonEnd(text, start);
    const data = end === undefined ? undefined : jsonOf(text.slice(start, end));
    if (end !== undefined && data) return { data, bodyStart: text[end] === '\n' ? end + 1 : end };
  }
  return unfenced(text) ?? { data: new Map(), bodyStart: 0 };
}

const isKeyed = (head: string): boolean => /^\s*(?:#.*\n\s*)*["']?[^\s:#][^\n:]*["']?\s*:/.test(head);

/**
 * Front matter without an opening fence, as Hexo writes it (up to `---`) and Pelican (up to an empty line). A text can
 * begin like that too, so it must name the story's title and consist of keys only.
 */
function unfenced(text: string): FrontMatter | undefined {
  const found = /^(?:[\p{L}_][\p{L}\p{N} _-]{0,40}:[^\n]*\n(?:(?:[ \t]+|-[ \t])[^\n]*\n)*){1,60}/u.exec(text);
  if (!found || !/^title:/im.test(found[0])) return undefined;
  const rest = text.slice(found[0].length);
  const fence = /^\s*-{3,}[ \t]*(?:\n|$)/.exec(rest);
  const keys = found[0].match(/^[\p{L}_][^\n:]*:/gmu) ?? [];
  if (!fence && (keys.length < 2 || !/^\s*(?:\n|$)/.test(rest))) return undefined;
  const known = keys.filter((key) => groupOf.has(fold(key.slice(0, -1))));
  if (known.length < Math.min(2, keys.length)) return undefined;
  return { ...yamlOf(found[0]), bodyStart: found[0].length + (fence?.[0].length ?? 0) };
}

function yamlOf(head: string): Pick<FrontMatter, 'data' | 'note'> {
  const read = lenientYaml(head);
  if (read === undefined)
    return { data: new Map(), note: 'front matter does not consist of keys with values; left out' };
  return read.isBroken
    ? { data: read.data, note: 'front matter is not valid YAML; read line by line' }
    : { data: read.data };
}

/** `key: value` lines, for front matter that no parser reads. */
function linesOf(head: string): Map<string, unknown> {
  const data = new Map<string, unknown>();
  for (const line of head.split('\n')) {
    const pair = /^\s*["']?([\p{L}_][\p{L}\p{N}_.-]*)["']?[ \t]*:[ \t]*(.*?),?\s*$/u.exec(line);
    if (pair) data.set(pair[1] as string, unquoted(pair[2] as string));
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

/** The end of the object that begins at a position. Braces in strings do not count. */
function jsonEnd(text: string, from: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let at = from; at < text.length; at++) {
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
