import type { Problem } from '../../problems/problem.ts';
import type { Source } from '../../yaml/source-type.ts';
import { leftoverInValue } from '../problems/lost.ts';
import type { LeftoverKind } from './leftover-kinds.ts';
import { leftover, matchesIn, printedCaption } from './leftovers.ts';

/** Keys whose values are not text for readers, or have their own rules. */
const notRead = new Set([
  'section',
  'published',
  'updated',
  'embargo',
  'date',
  'type',
  'draft',
  'decorative',
  'slug',
  'id',
  'language',
  'translationOf',
  'src',
  'url',
  'focus',
  'kind',
  'part',
  'prominent',
  'original',
  'animation',
  'aliases',
  'topics',
  'byline',
  'related',
]);

/** `*words*` in a text without markup. */
const emphasis: LeftoverKind = {
  name: 'emphasis',
  form: /(?:^|(?<=\s))\*(?=[^\s*])[^*\n]{0,200}[^\s*]\*(?=$|[\s.,;:!?)])/g,
  says: () => ['', ''],
};

/** The most that are reported for one file. */
const ofAFileMax = 20;

/**
 * Markup in the texts of a front matter, which are printed as written. Only a caption can contain a link and emphasis.
 */
export function leftoversInValues(
  file: string,
  { yaml, yamlLine, data }: Pick<Source, 'yaml' | 'yamlLine' | 'data'>,
  language: string,
): Problem[] {
  const problems: Problem[] = [];
  const used = new Set<string>();
  const look = (value: unknown, key: string): void => {
    if (typeof value === 'string') lookAtText(value, key);
    else if (Array.isArray(value)) for (const item of value) look(item, key);
    else if (value !== null && typeof value === 'object')
      for (const [inner, of] of Object.entries(value)) if (!notRead.has(inner)) look(of, inner);
  };
  const lookAtText = (written: string, key: string): void => {
    if (!/[*[{<&~=`|]|##|:::/.test(written)) return;
    const isCaption = key === 'caption';
    const text = (isCaption ? printedCaption(written, language) : written).trim();
    const found = matchesIn(text);
    if (!isCaption)
      for (const match of text.matchAll(emphasis.form))
        found.push({ kind: emphasis, match: match[0], at: match.index });
    for (const { kind, match } of found) {
      if (problems.length === ofAFileMax) return;
      // A hashtag is not a heading, and texts in front matter have no headings or boxes.
      if (/^(?:heading|table|box)$/.test(kind.name) && !/^##|^:::/.test(match)) continue;
      const problem = leftover(kind, match, placeIn(yaml.split('\n'), match, key, used));
      const at = { file, line: problem.line + yamlLine - 1, column: problem.column };
      problems.push(
        isCaption
          ? { ...problem, ...at }
          : leftoverInValue(at, match, key, kind.name === 'entity' ? problem.hint : undefined),
      );
    }
  };
  look(data, '');
  return problems;
}

/**
 * Where a text is in YAML, at a position that is not used yet, or the key that it belongs to. Both are counted from 1.
 */
function placeIn(lines: string[], match: string, key: string, used: Set<string>): { line: number; column: number } {
  for (const sought of [match, match.slice(0, 6), `${key}:`])
    for (const [line, text] of lines.entries())
      for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + 1)) {
        if (used.has(`${line}:${at}`)) continue;
        used.add(`${line}:${at}`);
        return { line: line + 1, column: at + 1 };
      }
  return { line: 1, column: 1 };
}
