import type { ZodType } from 'zod';
import type { Cure } from '../../problems/problem.ts';
import type { Source } from '../source-type.ts';
import { doubleQuoted } from '../write/scalar.ts';
import { cureOf, readEdited, unquoted } from './edits.ts';
import { placesOfKey } from './keys.ts';
import { type Path, type Places, placesOf } from './places.ts';
import { valueCures } from './values.ts';

/** A mistake that a schema found: one issue. For a union, it is the issue of the alternative that was meant. */
export interface Mistake {
  code?: string;
  path: PropertyKey[];
  expected?: string;
  keys?: string[];
  values?: readonly unknown[];
}

export interface KeyCure {
  kind: 'rename' | 'inside' | 'top' | 'twin' | 'text' | 'comma' | 'entry' | 'delete';
  cure: Cure;
  /** The key that was meant. */
  to?: string;
}

export interface Doctor {
  places: Places;
  /** For a value that is wrong. */
  value(mistake: Mistake): Cure | undefined;
  /** For a key that is not allowed in its place. */
  key(path: Path, key: string): KeyCure | undefined;
  /** As written in the file, on one line. */
  raw(path: Path): string | undefined;
}

/** What a schema allows at a path, as `checkData` knows it. */
export interface Shapes {
  mistakes(data: unknown): Mistake[];
  keys(path: Path): string[];
  needed(path: Path): string[];
}

/**
 * Looks for edits that correct what a schema refused. Each edit was tried: the edited text has fewer mistakes.
 *
 * @param schema the schema of the whole file
 */
export async function doctorOf(schema: ZodType, source: Source, shapes: Shapes): Promise<Doctor> {
  const places = await placesOf(source);
  const { yaml, data } = source;
  const weigh = (mistakes: Mistake[]) => mistakes.reduce((sum, { keys }) => sum + (keys?.length ?? 1), 0);
  const before = weigh(shapes.mistakes(data));
  /** The first of several texts that has fewer mistakes. */
  const best = (texts: Iterable<string>): Cure | undefined => {
    for (const text of texts) {
      if (text === yaml) continue;
      const read = readEdited(text);
      if (!read || weigh(schema.safeParse(read.data).success ? [] : shapes.mistakes(read.data)) >= before) continue;
      return cureOf(source, text);
    }
    return undefined;
  };
  const slice = (path: Path) => {
    const range = places.value(path);
    if (!range) return undefined;
    const end = range.start + yaml.slice(range.start, range.end).trimEnd().length;
    return { start: range.start, end, text: yaml.slice(range.start, end) };
  };
  const indentAt = (offset: number) => ' '.repeat(places.column(offset) - 1);

  function value(mistake: Mistake): Cure | undefined {
    const path = mistake.path as (string | number)[];
    const at = slice(path);
    if (!at) return undefined;
    const key = places.key(path);
    const refused = {
      key: String(typeof path.at(-1) === 'number' ? path.at(-2) : path.at(-1)),
      value: valueAt(data, path),
      raw: at.text,
      ...(mistake.code === 'invalid_type' && mistake.expected ? { expected: mistake.expected } : {}),
      ...(mistake.code === 'invalid_value' && mistake.values ? { values: mistake.values.map(String) } : {}),
      needed: shapes.needed(path),
      indent: key ? indentAt(key.start) : '',
    };
    const written = (text: string) =>
      yaml.slice(0, at.start).replace(text.startsWith('\n') ? /[ \t]+$/ : /$^/, '') + text + yaml.slice(at.end);
    const texts = valueCures(refused).map((text) => {
      // A group that began on a line of its own moves up to its key.
      const isBelow = key && places.line(key.start) !== places.line(at.start) && !/\n|^- /.test(text);
      return isBelow ? `${yaml.slice(0, key.end)}: ${text}${yaml.slice(at.end)}` : written(text);
    });
    const indented = refused.value === null ? indentedBelow(path) : undefined;
    if (indented !== undefined) texts.unshift(indented);
    const mayGo = (at.text === '' || refused.value === null) && key && places.column(key.start) === 1;
    return best([...texts, ...(mayGo ? [without(path)] : [])].filter((text) => text !== undefined));
  }

  /** The text without a key and its value, or undefined if they are not on separate lines. */
  function without(path: Path): string | undefined {
    const key = places.key(path);
    if (!key) return undefined;
    const end = slice(path)?.end ?? key.end;
    const lineStart = yaml.lastIndexOf('\n', key.start - 1) + 1;
    if (yaml.slice(lineStart, key.start).trim() === '') {
      const lineEnd = yaml.indexOf('\n', Math.max(end, key.end));
      return yaml.slice(0, lineStart) + (lineEnd < 0 ? '' : yaml.slice(lineEnd + 1));
    }
    const rest = yaml.slice(end);
    const [before, after] = [yaml.slice(0, key.start), rest];
    return /^\s*,/.test(after) ? before + after.replace(/^\s*,\s*/, '') : before.replace(/,\s*$/, '') + after;
  }

  function key(path: Path, name: string): KeyCure | undefined {
    const full = [...path, name];
    const range = places.key(full);
    if (!range) return undefined;
    const at = slice(full);
    const raw = at?.text ?? '';
    const known = shapes.keys(path);
    const here = valueAt(data, path) as Record<string, unknown>;
    const inside = Object.fromEntries(
      known.map((word) => [word, shapes.keys([...path, word])]).filter(([, keys]) => keys!.length > 0),
    ) as Record<string, string[]>;
    const top = path.length > 0 ? shapes.keys([]) : undefined;
    const removed = without(full);
    const names = Object.keys(here);
    const group = names.slice(0, names.indexOf(name)).findLast((word) => here[word] === null);
    const indented = group !== undefined && inside[group]?.includes(name) ? indentedBelow([...path, group]) : undefined;
    const indent = indented === undefined ? undefined : best([indented]);
    if (indent) return { cure: indent, kind: 'inside' };
    const joined = withComma(path, name);
    const whole = joined === undefined ? undefined : best([joined]);
    if (whole) return { cure: whole, kind: 'comma' };
    // The value can be the entry itself: `{ story: a }` for `a`.
    const entry = typeof path.at(-1) === 'number' && names.length === 1 ? slice(path) : undefined;
    const alone =
      entry && namesEntry.test(name) && typeof here[name] === 'string' && !known.includes(name)
        ? best([yaml.slice(0, entry.start) + raw + yaml.slice(entry.end)])
        : undefined;
    if (alone) return { cure: alone, kind: 'entry' };
    // An empty group is of no use.
    const isOnly = path.length > 0 && names.length === 1;
    let hasTwin = false;
    for (const place of placesOfKey(name, known, { groups: inside, top })) {
      if (place.kind === 'rename') {
        if (Object.hasOwn(here, place.to)) {
          hasTwin = true;
          continue;
        }
        const end = at?.end ?? range.end;
        const renamed = (value?: string) =>
          value === undefined
            ? yaml.slice(0, range.start) + place.to + yaml.slice(range.end)
            : `${yaml.slice(0, range.start)}${place.to}:${value.startsWith('\n') ? '' : ' '}${value}${yaml.slice(Math.max(end, range.end + 1))}`;
        const values = valuesFor([...path, place.to], renamed(), raw, indentAt(range.start));
        const cure = best([renamed(), ...values.map(renamed)]);
        if (cure) return { cure, kind: 'rename', to: place.to };
      } else if (!hasTwin && !isOnly && removed !== undefined && !raw.includes('\n')) {
        const text =
          place.kind === 'inside'
            ? putInside([...path, place.group], `${place.to}: ${raw}`, full)
            : putTop(path, `${place.to}: ${raw}`, full);
        const cure = text === undefined ? undefined : best([text]);
        if (cure) return { cure, kind: place.kind };
        const isOfLead = place.kind === 'inside' && place.group === 'lead' && place.to !== name;
        if (isOfLead && !Object.hasOwn(here, 'lead')) return undefined;
      }
    }
    const asText = best(textsWithColon(path, name, full));
    if (asText) return { cure: asText, kind: 'text' };
    if (isOnly) return undefined;
    const cure = removed === undefined ? undefined : best([removed]);
    return cure && { cure, kind: hasTwin ? 'twin' : 'delete' };
  }

  /** The text with the lines below an empty key indented, if they contain keys of its group: `lead:`, then `src: …`. */
  function indentedBelow(group: Path): string | undefined {
    const around = group.slice(0, -1);
    const names = Object.keys((valueAt(data, around) ?? {}) as object);
    const inner = shapes.keys(group);
    const after = names.slice(names.indexOf(String(group.at(-1))) + 1);
    const other = after.findIndex((word) => !inner.includes(word));
    const [first, last] = [after[0], after[(other < 0 ? after.length : other) - 1]];
    if (first === undefined || last === undefined) return undefined;
    const [from, to] = [places.key([...around, first]), slice([...around, last])];
    if (!from || !to) return undefined;
    const start = yaml.lastIndexOf('\n', from.start - 1) + 1;
    return yaml.slice(0, start) + yaml.slice(start, to.end).replace(/^(?=.)/gm, '  ') + yaml.slice(to.end);
  }

  /** A text with a comma in braces whose second half was read as a key: `{ text: We said 1,000 }`. */
  function withComma(path: Path, name: string): string | undefined {
    const here = valueAt(data, path) as Record<string, unknown>;
    const names = Object.keys(here);
    const above = names[names.indexOf(name) - 1];
    const key = places.key([...path, name]);
    if (above === undefined || here[name] !== null || !key || slice([...path, name])?.text) return undefined;
    const text = slice([...path, above]);
    if (!text || /^["'[{]/.test(text.text) || !/^\s*,\s*$/.test(yaml.slice(text.end, key.start))) return undefined;
    return yaml.slice(0, text.start) + doubleQuoted(yaml.slice(text.start, key.end)) + yaml.slice(key.end);
  }

  /** A text with a colon that was read as a key: a list entry, or a continuation line of the text above. */
  function* textsWithColon(path: Path, name: string, full: Path): Iterable<string> {
    const entry = typeof path.at(-1) === 'number' ? slice(path) : undefined;
    if (entry && !/[\n{]/.test(entry.text))
      yield yaml.slice(0, entry.start) + doubleQuoted(entry.text) + yaml.slice(entry.end);
    const here = Object.keys(valueAt(data, path) as object);
    const above = here[here.indexOf(name) - 1];
    const [text, key, own] = [above === undefined ? undefined : slice([...path, above]), places.key(full), slice(full)];
    if (!/\s/.test(name) || !text || !key || !own || /\n/.test(text.text + own.text)) return;
    const whole = `${unquoted(text.text)} ${yaml.slice(key.start, own.end)}`;
    yield yaml.slice(0, text.start) + doubleQuoted(whole) + yaml.slice(own.end);
  }

  /** How a value can be written under another key. */
  function valuesFor(path: Path, renamed: string, raw: string, indent: string): string[] {
    const read = readEdited(renamed);
    const mistake = read && shapes.mistakes(read.data).find((found) => found.path.join('\0') === path.join('\0'));
    if (!mistake) return [];
    return valueCures({
      key: String(path.at(-1)),
      value: valueAt(read.data, path),
      raw,
      ...(mistake.code === 'invalid_type' && mistake.expected ? { expected: mistake.expected } : {}),
      ...(mistake.code === 'invalid_value' && mistake.values ? { values: mistake.values.map(String) } : {}),
      needed: shapes.needed(path),
      indent,
    });
  }

  function putInside(group: Path, line: string, from: Path): string | undefined {
    const range = slice(group);
    const old = places.key(from);
    if (!range || !old || range.text === '' || /^[-'"]/.test(range.text)) return undefined;
    if (range.text.startsWith('{')) {
      const added = `${range.text.slice(0, -1).trimEnd()}, ${line} }`;
      return replaceTwo(from, range, added);
    }
    return replaceTwo(from, range, `${range.text}\n${indentAt(range.start)}${line}`);
  }

  function putTop(group: Path, line: string, from: Path): string | undefined {
    const key = places.key(group.slice(0, 1));
    return key && replaceTwo(from, { start: key.start, end: key.start }, `${line}\n`);
  }

  /** The text without a key, and with a replacement for a range. */
  function replaceTwo(from: Path, range: { start: number; end: number }, text: string): string | undefined {
    const removed = without(from);
    const old = places.key(from);
    if (removed === undefined || !old) return undefined;
    if (old.start >= range.end) {
      // The removed text comes later, so offsets before it do not change.
      return removed.slice(0, range.start) + text + removed.slice(range.end);
    }
    if (old.start >= range.start) return undefined;
    const shift = yaml.length - removed.length;
    return removed.slice(0, range.start - shift) + text + removed.slice(range.end - shift);
  }

  // In a group that is not replaced as a whole, the removed text is inside the range or after it.
  const raw = (path: Path) => {
    const found = slice(path)?.text;
    return found === undefined ? undefined : found.replace(/\s+/g, ' ');
  };
  return { places, value, key, raw };
}

/** Keys whose value names the entry. */
const namesEntry = /^(?:story|stories|id|slug|ref|author|name|topic|page|path|item|article|post|link|to)$/i;

export function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const key of path) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}
