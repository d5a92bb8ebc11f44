import * as z from 'zod';
import { frontSchema } from '../site/front.ts';
import { siteSchema } from '../site/site.ts';
import { elements, type StoryElement } from '../story/elements.ts';
import { frontMatterSchema } from '../story/schema.ts';
import { authorSchema, pageSchema, seriesSchema, sidecarSchema, topicsSchema } from './schema.ts';

/**
 * The parts of the manual that are made of the schemas, by path from the repository's root: `docs/story.md`,
 * `docs/site.md`, `docs/fronts.md`, and the JSON Schemas that editors complete and check YAML with.
 *
 * `npm run docs` writes them; manual.test.ts fails while a file is not what the schemas say.
 */
export function manual(): Map<string, string> {
  return new Map([
    ['docs/story.md', storyPage()],
    ['docs/site.md', sitePage()],
    ['docs/fronts.md', frontsPage()],
    ...Object.entries(schemas).map(
      ([name, { schema, title }]) =>
        [`docs/${name}.schema.json`, `${JSON.stringify(jsonSchema(schema, title), null, 2)}\n`] as const,
    ),
  ]);
}

const schemas: Record<string, { schema: z.ZodType; title: string }> = {
  story: { schema: frontMatterSchema, title: 'Front matter of a Broadsheet story' },
  page: { schema: pageSchema, title: 'Front matter of a Broadsheet standing page' },
  author: { schema: authorSchema, title: 'content/authors/ID.yaml of a Broadsheet newsroom' },
  topics: { schema: topicsSchema, title: 'content/topics.yaml of a Broadsheet newsroom' },
  series: { schema: seriesSchema, title: 'content/series.yaml of a Broadsheet newsroom' },
  front: { schema: frontSchema, title: 'content/fronts/NAME.yaml of a Broadsheet newsroom' },
  picture: { schema: sidecarSchema, title: 'photo.jpg.yaml beside a picture of a Broadsheet newsroom' },
  site: { schema: siteSchema, title: 'content/site.yaml of a Broadsheet newsroom' },
};

/** As far as JSON Schema is needed here. */
interface Field {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: string[];
  const?: string;
  pattern?: string;
  properties?: Record<string, Field>;
  required?: string[];
  items?: Field;
  anyOf?: Field[];
  additionalProperties?: boolean | Field;
}

/** Begins like a date; whether the day exists is for the build to say. */
const datePattern = '^\\d{4}-\\d{2}-\\d{2}';

/**
 * A schema as JSON Schema, draft 7: the newest that the YAML extensions of editors read.
 *
 * What a newsroom writes, not what the engine makes of it: a key with a default is not required.
 */
function jsonSchema(schema: z.ZodType, title: string): Field {
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
const dateWords = dateSchema.description ?? '';

/** Every date of the schemas is one and the same schema, with or without a description of its own. */
function isDate(schema: z.ZodType): boolean {
  return schema === dateSchema || (schema instanceof z.ZodOptional && schema.unwrap() === dateSchema);
}

const generated = '<!-- Made by `npm run docs` of the schemas in src/; change those, not this file. -->';

const storyPage = (): string => `# Story

${generated}

Everything that a story can say. How to work with it is in [editors.md](editors.md).

A story is a file \`content/stories/YYYY/MM/SLUG/index.md\` or \`index.mdx\` with its pictures beside it, or a single file
\`content/stories/YYYY/MM/SLUG.md\`. It begins with its front matter, YAML between two lines of three hyphens; the
text follows. In \`.md\` the text is Markdown and HTML, in \`.mdx\` it is Markdown with components.

\`\`\`mdx
${example}
\`\`\`

## Front matter

An unknown key is an error, and the message names the nearest known one. A date is
${dateWords}

${table(frontMatterSchema)}

## Components

In \`.mdx\` only. Attributes are words in quotation marks; a story runs no code, so there are no braces, no imports and
no components besides these.

${Object.entries(elements)
  .map(([name, element]) => component(name, element))
  .join('\n\n')}

## Author

\`content/authors/ID.yaml\`. The ID is lower case without spaces; it stands in bylines and in the address \`/authors/ID/\`.

${table(authorSchema)}

## Topics

\`content/topics.yaml\`, if there is one: a map from the id of a topic, which stands in the address \`/topics/ID/\`, to

${table(topicsSchema)}

## Series

\`content/series.yaml\`, if there is one: a map from the id of a series, which stands in the address \`/series/ID/\`, to

${table(seriesSchema)}

## Picture

What may be said of a picture has the same names in \`lead\`, in \`pictures\` (by file name), in \`<Picture>\` and in a sidecar: a file
\`photo.jpg.yaml\` beside \`photo.jpg\`, for words that go wherever the picture goes. Each word is taken from the first that
has it: the picture in the text, the front matter, the sidecar, the file itself (IPTC), \`pictures\` in \`site.yaml\`. Pictures that
stories share lie in \`content/pictures/\` and are named \`picture:ID\`, the file's name without its ending, wherever a file
can be named. More in [photo-desk.md](photo-desk.md).

${table(sidecarSchema)}

## Page

\`content/pages/NAME.md\` or \`.mdx\`: about, contact and the like, at \`/NAME/\`. Its front matter:

${table(pageSchema)}
`;

const sitePage = (): string => `# Site

${generated}

\`content/site.yaml\` says what the newsroom is. A change of it needs no new templates. The smallest one:

\`\`\`yaml
name: The Example Post
url: https://post.example
sections:
  - { id: world, title: World }
\`\`\`

${table(siteSchema)}
`;

const frontsPage = (): string => `# Fronts

${generated}

The front page and the fronts of the sections fill themselves: a lead with a picture, the stories next to it, the most
recent, a block for each section. \`content/fronts/home.yaml\` and \`content/fronts/SECTION.yaml\` say what an editor
wants otherwise. Every key may be left out; what is left out is filled with the latest stories.

\`\`\`yaml
${frontExample}\`\`\`

${table(frontSchema)}

- A story is named as a link names it, by its \`id\` or its path under \`content/stories\`. A name that no story answers to is an error.
- A story that is not public yet is left out, with a warning, and comes in by itself at its time. So does a banner that leads to one.
- No story stands twice. Of two places it takes that of the banner, then the pinned one, then the first in \`stories\`.
- Without \`with\`, the stories that the lead names as \`related\` stand below it.
- \`until\` follows the time of the build (\`--now\`), and the report counts it in \`nextChange\`: build then, and the banner is gone.
- A story with a \`sponsor\` is labelled wherever it stands, and leads a front only when you name it.
`;

/** Valid by the schema: manual.test.ts reads it. */
export const frontExample = `layout: lead
stories:
  - story: 2025/02/harbour-reopens
    with: [2025/02/forecast, harbour-timetable]
  - 2025/02/council-votes
pinned: 2025/01/how-we-vote
banner:
  text: The harbour bridge is shut until Monday
  story: 2025/02/bridge-shut
  until: 2025-02-17 06:00
`;

/** Valid by the schema: manual.test.ts reads it as a story. */
export const example = `---
headline: Harbour reopens after storm
standfirst: Ferries sail again from Monday.
section: world
topics: [harbour, storms]
byline: [Staff reporter]
dateline: Galway
published: 2025-02-12T18:00
lead:
  src: ferry.jpg
  alt: A white ferry leaves the quay under low cloud
  caption: The first ferry leaves Galway on Monday
  credit: The Example Post
---

The first ferry **sailed** at seven.

![Two men tie a rope to a bollard](rope.jpg "Dockers make fast the second ferry of the day")

<ReadMore>
- [How the storm was forecast](story:2025/02/forecast)
- [Harbour timetable](https://harbour.example/times)
</ReadMore>`;

/** A table of the keys of a schema, those inside others after them. */
function table(schema: z.ZodType, first: 'Key' | 'Attribute' = 'Key'): string {
  const isWrittenAlone = first === 'Attribute';
  const rows = [
    [first, 'Holds', 'Means'],
    ...rowsOf(jsonSchema(schema, ''), '').map((row) =>
      row.map((text) => (text === trueOrFalse && isWrittenAlone ? 'nothing: it stands alone' : text)),
    ),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  // Columns of one width, as the formatter of the repository wants them.
  const [head, ...lines] = rows.map(
    (row) => `| ${row.map((text, column) => text.padEnd(widths[column]!)).join(' | ')} |`,
  );
  return [head, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...lines].join('\n');
}

function rowsOf(field: Field, prefix: string): string[][] {
  const object = objectIn(field);
  if (!object) return [];
  const { properties = {}, required = [] } = object;
  // The words under a name of the newsroom's own, such as those of a picture under its file.
  const others = typeof object.additionalProperties === 'object' ? objectIn(object.additionalProperties) : undefined;
  return [
    ...Object.entries(properties).flatMap(([key, inner]) => {
      const path = `${prefix}${key}`;
      const isNeeded = required.includes(key);
      const words = [isNeeded ? '**Needed.**' : '', inner.description ?? '', defaultWords(inner)].filter(Boolean);
      const row = [`\`${path}\``, cell(kindOf(inner)), cell(words.join(' '))];
      return [row, ...rowsOf(inner, `${path}${inner.type === 'array' ? '[]' : ''}.`)];
    }),
    ...(others ? rowsOf(others, `${prefix}${prefix ? 'FILE' : 'ID'}.`) : []),
  ];
}

/** The object that a field is, lists, or may be. */
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
  value === undefined || isEmpty(value) ? '' : `Default: \`${String(value)}\`.`;

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** Text that stands in a table. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const inside: Record<StoryElement['children'], string> = {
  none: 'Nothing stands inside.',
  text: 'Inside stand words, links and emphasis.',
  blocks: 'Inside stand paragraphs, lists and pictures.',
  list: 'Inside stands one list.',
  entries: 'Inside stands one list.',
  questions: 'Inside stand headings, paragraphs and lists.',
  pictures: 'Inside stand pictures and nothing else.',
  pair: 'Inside stand two pictures.',
  table: 'Inside stands a Markdown table, or nothing when it names a file.',
};

function component(name: string, { description, example: source, attributes, children }: StoryElement): string {
  const hasAttributes = Object.keys(attributes.shape).length > 0;
  return [
    `### ${name}`,
    `${description} ${inside[children]}`,
    `\`\`\`mdx\n${source}\n\`\`\``,
    hasAttributes ? table(attributes, 'Attribute') : 'It takes no attributes.',
  ].join('\n\n');
}
