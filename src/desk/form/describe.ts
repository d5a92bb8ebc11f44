import type { ZodType } from 'zod';
import { authorSchema, pageSchema, seriesSchema, sidecarSchema, topicsSchema } from '../../newsroom/schema.ts';
import { datePattern, type Field as JsonField, jsonSchema } from '../../newsroom/schema-table.ts';
import { frontSchema } from '../../site/front.ts';
import { siteSchema } from '../../site/site.ts';
import type { StoryElement } from '../../story/elements.ts';
import { frontMatterSchema } from '../../story/schema.ts';
import type { Field, FileFormName, FormDescription, FormDescriptions, ValueKind } from './description.ts';
import { helps, labels, mainFields, mainOfPicture, type TextKind, textKinds, unionLabels } from './hints.ts';

/** The schema of each kind of file that has a form. */
export const formSchemas: Readonly<Record<FileFormName, ZodType>> = {
  story: frontMatterSchema,
  page: pageSchema,
  author: authorSchema,
  topic: topicsSchema,
  series: seriesSchema,
  site: siteSchema,
  front: frontSchema,
  picture: sidecarSchema,
};

/**
 * The forms of all kinds of files and of all components.
 *
 * @param elements the components of the engine and of the theme, by name
 */
export function describeForms(elements: Readonly<Record<string, StoryElement>>): FormDescriptions {
  const files = Object.entries(formSchemas).map(([name, schema]) => [name, describeFile(name as FileFormName, schema)]);
  return {
    ...(Object.fromEntries(files) as Record<FileFormName, FormDescription>),
    elements: Object.fromEntries(
      Object.entries(elements).map(([name, element]) => [name, describeElement(name, element)]),
    ),
  };
}

/** Where a value is: the form, the keys above it, and what its text is. */
interface Place {
  form: string;
  path: readonly string[];
  /** The attributes of a component that name something in the newsroom. */
  names?: StoryElement['names'];
}

function describeFile(name: FileFormName, schema: ZodType): FormDescription {
  const json = jsonSchema(schema, '');
  const place: Place = { form: name, path: [] };
  if (json.properties) return { name, fields: fieldsOf(json, place) };
  return { name, fields: [], entries: mapOf(json, place) };
}

function describeElement(name: string, element: StoryElement): FormDescription {
  const json = jsonSchema(element.attributes, '');
  return {
    name,
    help: plain(element.description),
    fields: fieldsOf(json, { form: name, path: [], names: element.names }),
    ...(json.additionalProperties === false ? {} : { hasOtherFields: true }),
    content: element.children,
    ...(element.mayBeEmpty ? { mayBeEmpty: true } : {}),
    ...(element.example ? { example: element.example } : {}),
  };
}

function fieldsOf({ properties = {}, required = [] }: JsonField, at: Place): Field[] {
  const keys = Object.keys(properties);
  const isPicture = isPictureGroup(properties);
  const main =
    at.path.length === 0 && at.form in mainFields
      ? mainFields[at.form as FileFormName]!
      : isPicture
        ? mainOfPicture
        : keys;
  const ordered = [...main.filter((key) => keys.includes(key)), ...keys.filter((key) => !main.includes(key))];
  return ordered.map((key): Field => {
    const json = properties[key]!;
    const place = { ...at, path: [...at.path, key] };
    const value = kindOf(json, place);
    const isSimple = ['string', 'number', 'boolean'].includes(typeof json.default) && json.default !== '';
    return {
      key,
      label: labelOf(place, value),
      help: helps[nameOf(place)] ?? plain(json.description ?? ''),
      isRequired: required.includes(key),
      group: main.includes(key) ? 'main' : 'more',
      ...(isSimple ? { default: json.default as string | number | boolean } : {}),
      value,
    };
  });
}

function kindOf(json: JsonField, at: Place): ValueKind {
  const options = json.anyOf?.filter(({ type }) => type !== 'null');
  if (options?.length === 1) return kindOf(options[0]!, at);
  if (options?.every(({ const: word }) => word !== undefined)) return choiceOf(options.map(({ const: word }) => word!));
  if (options && textKindOf(at) !== 'day') return unionOf(options, at);
  if (json.const !== undefined) return choiceOf([json.const]);
  if (json.enum) return choiceOf(json.enum);
  if (json.type === 'boolean') return { kind: 'yesNo' };
  if (json.type === 'number' || json.type === 'integer') return numberOf(json);
  if (json.type === 'array') return listOf(json, at);
  if (json.type === 'object') {
    if (!json.properties) return mapOf(json, at);
    return { kind: isPictureGroup(json.properties) ? 'picture' : 'group', fields: fieldsOf(json, at) };
  }
  if (json.pattern === datePattern) return { kind: 'date' };
  const kind = textKindOf(at);
  // In a component, a story is named as in a link.
  return kind === 'story' && at.names?.[at.path.join('.')] === 'story' ? { kind, isLink: true } : { kind };
}

const choiceOf = (words: readonly (string | number | boolean)[]): ValueKind => ({
  kind: 'choice',
  choices: words.map((value) => ({ value, label: sentence(String(value)) })),
});

/** JSON Schema has the limits of whole numbers in JavaScript for every whole number without its own. */
function numberOf({ type, minimum, maximum }: JsonField): ValueKind {
  const isLimit = (limit: number | undefined): limit is number => limit !== undefined && Math.abs(limit) < 2 ** 53 - 1;
  return {
    kind: 'number',
    isWhole: type === 'integer',
    ...(isLimit(minimum) ? { min: minimum } : {}),
    ...(isLimit(maximum) ? { max: maximum } : {}),
  };
}

function listOf({ items = {} }: JsonField, at: Place): ValueKind {
  const entry = kindOf(items, at);
  return { kind: 'list', entry, entryLabel: entryLabelOf(entry, at) };
}

function unionOf(options: readonly JsonField[], at: Place): ValueKind {
  const words = unionLabels[nameOf(at)] ?? options.map((_, index) => `Form ${index + 1}`);
  return {
    kind: 'union',
    options: options.map((option, index) => ({ label: words[index]!, value: kindOf(option, at) })),
  };
}

function mapOf(json: JsonField, at: Place): Extract<ValueKind, { kind: 'map' }> {
  const inner = typeof json.additionalProperties === 'object' ? json.additionalProperties : { type: 'string' };
  const entry = kindOf(inner, { ...at, path: [...at.path, '*'] });
  const isOfPictures = entry.kind === 'picture';
  return {
    kind: 'map',
    keys: isOfPictures ? 'pictureFile' : 'text',
    keyLabel: isOfPictures ? 'Picture' : at.path.length === 0 ? 'Id' : 'Name',
    entry,
  };
}

/** The keys that every picture has. */
const isPictureGroup = (properties: Readonly<Record<string, unknown>>): boolean =>
  ['alt', 'caption', 'credit', 'focus'].every((key) => key in properties);

function textKindOf({ form, path, names }: Place): TextKind {
  const key = path.at(-1) ?? '';
  const named = path.length === 1 ? names?.[key] : undefined;
  if (named === 'picture') return 'pictureFile';
  if (named === 'table') return 'tableFile';
  if (named === 'author') return 'person';
  if (named === 'story') return 'story';
  return textKinds[`${form}.${path.join('.')}`] ?? (Object.hasOwn(textKinds, key) ? textKinds[key]! : 'text');
}

const nameOf = ({ form, path }: Place): string => [form, ...path].join('.');

function labelOf(at: Place, value: ValueKind): string {
  const key = at.path.at(-1)!;
  const own = labels[nameOf(at)] ?? labels[`${at.form}.${key}`];
  if (own) return own;
  if (value.kind === 'tableFile') return 'Table file';
  return Object.hasOwn(labels, key) ? labels[key]! : sentence(key);
}

/** One of a list: `author` of `byline`. */
function entryLabelOf(entry: ValueKind, at: Place): string {
  const kind = entry.kind === 'union' ? entry.options[0]!.value.kind : entry.kind;
  const words: Partial<Record<ValueKind['kind'], string>> = { person: 'author', topic: 'topic', story: 'story' };
  const key = at.path.at(-1) ?? 'entry';
  const one = /(?:ss|ch|x|s)es$/.test(key) ? key.slice(0, -2) : /[^s]s$/.test(key) ? key.slice(0, -1) : 'entry';
  return words[kind] ?? sentence(one).toLowerCase();
}

/** `timeZone` as `Time zone`, `editors-note` as `Editors note`. */
function sentence(key: string): string {
  const words = key
    .replace(/[-_]/g, ' ')
    .replace(/([a-z])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Without the marks of Markdown. */
const plain = (text: string): string =>
  text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/`([^`]*)`|\*\*([^*]*)\*\*|\*([^*]*)\*/g, '$1$2$3');
