import { createRequire } from 'node:module';
import type { Scalar as ScalarNode, ScalarTag, Tags, YAMLMap, YAMLSeq } from 'yaml';
import { printableData } from '../../site/printable.ts';
import { type Scalar, yamlScalar } from './scalar.ts';

/** Loaded only when something is written, because a build must not wait for it. */
const require = createRequire(import.meta.url);
const library = () => require('yaml') as typeof import('yaml');

/** What a content file can contain. Keys whose value is undefined are left out. */
export type YamlValue = Scalar | readonly YamlValue[] | { readonly [key: string]: YamlValue | undefined };

/** A group or list of plain values is on one line if that line is no longer than this. */
const lineMax = 100;

/**
 * Data as lines of YAML, in the layout of Broadsheet: a group or list of plain values on one line if it fits, otherwise
 * each entry on a separate line, indented by two spaces. A text of several lines keeps them, and a long line is never
 * folded.
 *
 * @param options.isFlow everything is on one line, for a place inside brackets or braces
 * @param options.linesTo the levels whose entries are on separate lines even if they would fit: 2 for a list of groups
 * @returns lines that each end with a line feed; an empty text for an empty group, unless `isFlow`
 */
export function printYaml(
  data: YamlValue,
  { isFlow = false, linesTo = 1 }: { isFlow?: boolean; linesTo?: number } = {},
): string {
  const { Document, visit, isPair, isScalar, isSeq } = library();
  const document = new Document(printableData(data), {
    aliasDuplicateObjects: false,
    schema: 'core',
    customTags: houseTags,
  });
  if (!isFlow && isEmptyGroup(data)) return '';
  visit(document, {
    Collection: (_, collection, path) => {
      const values = collection.items.flatMap((item) => (isPair(item) ? [item.key, item.value] : [item]));
      const isPlain = values.every((value) => isScalar(value) && !/\n/.test(String(value.value)));
      const above = path.at(-1);
      const level = path.filter((node) => !isPair(node)).length;
      const width = [...values, ...(isPair(above) ? [above.key] : [])].reduce<number>(
        (sum, value) => sum + (isScalar(value) ? yamlScalar(value.value as Scalar, true).length + 2 : 0),
        2 * level,
      );
      // The outermost level is the file itself.
      if (isFlow || (level > linesTo && isPlain && width <= lineMax)) collection.flow = true;
      pad(collection, isSeq(collection) ? '' : ' ');
    },
  });
  return document.toString({ lineWidth: 0 });
}

/** `{ a: b }` with spaces, and `[a, b]` without. The library has one setting for both. */
function pad(collection: YAMLMap | YAMLSeq, flowCollectionPadding: string): void {
  const print = collection.toString;
  collection.toString = (context, ...callbacks) =>
    print.call(collection, context && { ...context, flowCollectionPadding }, ...callbacks);
}

const isEmptyGroup = (data: YamlValue): boolean =>
  data !== null && typeof data === 'object' && Object.values(data).every((value) => value === undefined);

/** The tags of the library, with our quotation marks. */
const houseTags = (tags: Tags): Tags => [
  text,
  ...tags.filter((tag) => typeof tag === 'string' || tag.tag !== text.tag).map(withOurScalars),
];

const withOurScalars = (tag: Tags[number]): Tags[number] =>
  typeof tag === 'string' || tag.collection
    ? tag
    : { ...tag, stringify: ({ value }: ScalarNode) => yamlScalar(value as Scalar) };

const text: ScalarTag = {
  tag: 'tag:yaml.org,2002:str',
  default: true,
  identify: (value) => typeof value === 'string',
  resolve: (value) => value,
  stringify: (scalar, { inFlow, implicitKey, indent }) => {
    const string = scalar.value as string;
    return !inFlow && !implicitKey && canBeLines(string)
      ? `|${string.endsWith('\n') ? '' : '-'}\n${string.replace(/\n$/, '').replace(/^(?=.)/gm, indent)}`
      : yamlScalar(string, inFlow ?? false);
  },
};

/**
 * Whether a text can be written as it is, on separate lines, because it contains nothing that editors or tools remove
 * or change.
 */
const canBeLines = (string: string): boolean =>
  /^\S[^\n]*\n+\S/.test(string) &&
  !/[ \t]+$|^[ \t]*\t|[\r\u2028\u2029\ufeff]/m.test(string) &&
  !string.endsWith('\n\n');
