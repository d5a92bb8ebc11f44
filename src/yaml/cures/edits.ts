import { CORE_SCHEMA, load } from 'js-yaml';
import type { Cure } from '../../problems/problem.ts';
import type { Source } from '../source-type.ts';
import { yamlScalar } from '../write/scalar.ts';
import { type Path, placesOf } from './places.ts';

/** The data of the edited text, or undefined if it cannot be read. */
export function readEdited(yaml: string): { data: unknown } | undefined {
  try {
    return { data: load(yaml, { schema: CORE_SCHEMA }) ?? {} };
  } catch {
    return undefined;
  }
}

/** The change to a YAML text, as lines of its file. */
export function cureOf({ yaml, yamlLine }: Pick<Source, 'yaml' | 'yamlLine'>, edited: string): Cure {
  const before = yaml.split('\n');
  const after = edited.split('\n');
  let same = 0;
  while (same < before.length && same < after.length && before[same] === after[same]) same++;
  let end = 0;
  while (
    end < before.length - same &&
    end < after.length - same &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end++;
  return {
    from: same + yamlLine,
    to: before.length - end - 1 + yamlLine,
    lines: after.slice(same, after.length - end),
  };
}

/** Tells an editor what to do. */
export function hintOfCure({ from, to, lines }: Cure, at: number): string {
  const here = from === at || to < from ? '' : ` in ${to > from ? `lines ${from} to ${to}` : `line ${from}`}`;
  if (lines.length === 0)
    return to > from ? `Delete lines ${from} to ${to}.` : from === at ? 'Delete this line.' : `Delete line ${from}.`;
  if (to < from) return `Add ${from > at ? 'below' : `before line ${from}`}:\n${lines.join('\n')}`;
  const spaces = /^ */.exec(lines[0]!)![0].length;
  const indent = spaces > 0 ? `, indented by ${spaces === 1 ? '1 space' : `${spaces} spaces`},` : '';
  if (lines.length === 1) return `Write${here}${indent}  ${lines[0]!.trim()} .`;
  return `Write${here}:\n${lines.join('\n')}`;
}

/** The text as it was meant, without the quotation marks that other programs added. */
export function unquoted(raw: string): string {
  const text = raw.trim();
  const match = /^(["'“”„‟‘’‚«»`])([\s\S]*)(["'“”„‟‘’«»`])[,;]?$/.exec(text);
  return match && !(match[1] === '"' && match[3] !== '"')
    ? match[2]!.trim()
    : text.replace(/^["'“”„«»](?!.*["'“”„«»]$)/, '').trim();
}

/** The place of a value, and its replacement. */
export async function curedValue(source: Source, path: Path, text: string): Promise<{ column?: number; cure?: Cure }> {
  const places = await placesOf(source);
  const [key, range] = [places.key(path), places.value(path)];
  if (!range || (key && places.line(key.start) !== places.line(range.start))) return {};
  const { yaml } = source;
  const end = range.start + yaml.slice(range.start, range.end).trimEnd().length;
  return {
    column: places.column(range.start),
    cure: cureOf(source, yaml.slice(0, range.start) + yamlScalar(text, true) + yaml.slice(end)),
  };
}
