import * as z from 'zod';
import { frontMatterSchema } from '../story/schema.ts';

/* What the manual takes from a schema: its JSON Schema, and a table of its keys. */

/** The part of JSON Schema that the manual and the forms of the desk need. */
export interface Field {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: (string | number)[];
  const?: string | number | boolean;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  properties?: Record<string, Field>;
  required?: string[];
  items?: Field;
  anyOf?: Field[];
  additionalProperties?: boolean | Field;
}

/** Matches the beginning of a date. The build checks whether the day exists. */
export const datePattern = '^\\d{4}-\\d{2}-\\d{2}';

/**
 * A schema as JSON Schema, draft 7, the newest draft that the YAML extensions of editors support.
 *
 * It describes what a newsroom writes, not what the engine reads: a key with a default is not required.
 */
export function jsonSchema(schema: z.ZodType, title: string): Field {
  const made = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      if (isDate(zodSchema as unknown as z.ZodType)) jsonSchema.pattern = datePattern;
    },
  });
  const { $schema, ...rest } = made;
  return { $schema, title, ...rest } as Field;
}

const dateSchema = frontMatterSchema.shape.published.unwrap();
export const dateWords = dateSchema.description ?? '';

/** Every date in the schemas is the same schema object, with or without its own description. */
function isDate(schema: z.ZodType): boolean {
  return schema === dateSchema || (schema instanceof z.ZodOptional && schema.unwrap() === dateSchema);
}

/** A table of the keys of a schema. Nested keys follow the key that contains them. */
export function table(schema: z.ZodType, first: 'Key' | 'Attribute' = 'Key'): string {
  const isWrittenAlone = first === 'Attribute';
  const rows = [
    [first, 'Value', 'Meaning'],
    ...rowsOf(jsonSchema(schema, ''), '').map((row) =>
      row.map((text) => (text === trueOrFalse && isWrittenAlone ? 'no value' : text)),
    ),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  // All cells of a column have the same width, as the repository's formatter requires.
  const [head, ...lines] = rows.map(
    (row) => `| ${row.map((text, column) => text.padEnd(widths[column]!)).join(' | ')} |`,
  );
  return [head, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...lines].join('\n');
}

function rowsOf(field: Field, prefix: string): string[][] {
  const object = objectIn(field);
  if (!object) return [];
  const { properties = {}, required = [] } = object;
  // Keys under a name that the newsroom chooses, such as those of a picture under its file name.
  const others = typeof object.additionalProperties === 'object' ? objectIn(object.additionalProperties) : undefined;
  return [
    ...Object.entries(properties).flatMap(([key, inner]) => {
      const path = `${prefix}${key}`;
      const isNeeded = required.includes(key);
      const words = [isNeeded ? '**Required.**' : '', inner.description ?? '', defaultWords(inner)].filter(Boolean);
      const row = [`\`${path}\``, cell(kindOf(inner)), cell(words.join(' '))];
      return [row, ...rowsOf(inner, `${path}${inner.type === 'array' ? '[]' : ''}.`)];
    }),
    ...(others ? rowsOf(others, `${prefix}${prefix ? 'FILE' : 'ID'}.`) : []),
  ];
}

/** The object that a field is, contains in a list, or can be. */
function objectIn(field: Field): Field | undefined {
  if (field.type === 'object') return field;
  if (field.items) return objectIn(field.items);
  return field.anyOf?.map(objectIn).find((inner) => inner !== undefined);
}

const trueOrFalse = '`true` or `false`';

function kindOf(field: Field): string {
  if (field.const) return `\`${field.const}\``;
  if (field.enum) return field.enum.map((word) => `\`${word}\``).join(', ');
  if (field.anyOf) return field.anyOf.map(kindOf).join(' or ');
  if (field.type === 'array') return `list of ${field.items ? kindOf(field.items) : 'anything'}`;
  if (field.type === 'object') return field.properties ? `\`{ ${Object.keys(field.properties).join(', ')} }\`` : 'map';
  if (field.type === 'boolean') return trueOrFalse;
  if (field.pattern === datePattern) return 'date';
  if (field.type === 'integer') return 'number';
  return field.type === 'string' ? 'text' : (field.type ?? 'nothing');
}

const defaultWords = ({ default: value }: Field): string =>
  value === undefined || value === '' || isEmpty(value) ? '' : `Default: \`${String(value)}\`.`;

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** Text in a table cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
