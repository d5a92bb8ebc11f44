import { describe, expect, test } from 'vitest';
import type { ZodType } from 'zod';
import { elements } from '../../story/elements.ts';
import { elementOfComponent } from '../../story/theme-element.ts';
import { describeForms, formSchemas } from './describe.ts';
import type { Field, FormDescription, ValueKind } from './description.ts';
import { helps, labels, mainFields, mainOfPicture, textKinds, unionLabels } from './hints.ts';

const theme = elementOfComponent(
  "---\ninterface Props { title: string; side?: 'left' | 'right'; isOpen?: boolean }\n---\n<slot />",
);
const open = elementOfComponent('<p>Words</p>');
const { elements: elementForms, ...files } = describeForms({ ...elements, Sidebar: theme, Open: open });

interface Inner {
  shape?: Record<string, unknown>;
  _zod: { def: { innerType?: unknown; element?: unknown; valueType?: unknown; options?: unknown[]; in?: unknown } };
}

/** Every key of a schema, by its path. It reads the schema itself, and not what forms are made from. */
function keysOf(schema: unknown, path: string): string[] {
  const { shape, _zod } = schema as Inner;
  if (shape)
    return Object.entries(shape).flatMap(([key, inner]) => [`${path}.${key}`, ...keysOf(inner, `${path}.${key}`)]);
  const { innerType, element, valueType, options, in: input } = _zod.def;
  return [
    ...(innerType ? keysOf(innerType, path) : []),
    ...(element ? keysOf(element, path) : []),
    ...(valueType ? keysOf(valueType, `${path}.*`) : []),
    ...(input ? keysOf(input, path) : []),
    ...(options?.flatMap((option) => keysOf(option, path)) ?? []),
  ];
}

/** Every field of a form, by its path. */
function fieldsOf(value: ValueKind | { fields: Field[] }, path: string): string[] {
  if ('fields' in value)
    return value.fields.flatMap((field) => [`${path}.${field.key}`, ...fieldsOf(field.value, `${path}.${field.key}`)]);
  if (value.kind === 'list') return fieldsOf(value.entry, path);
  if (value.kind === 'map') return fieldsOf(value.entry, `${path}.*`);
  return value.kind === 'union' ? value.options.flatMap((option) => fieldsOf(option.value, path)) : [];
}

const kinds = (value: ValueKind): ValueKind[] => {
  const inner =
    value.kind === 'list' || value.kind === 'map'
      ? [value.entry]
      : value.kind === 'union'
        ? value.options.map((option) => option.value)
        : 'fields' in value
          ? value.fields.map((field) => field.value)
          : [];
  return [value, ...inner.flatMap(kinds)];
};

const forms: [string, FormDescription, ZodType][] = [
  ...Object.entries(formSchemas).map(([name, schema]): [string, FormDescription, ZodType] => [
    name,
    files[name as keyof typeof files],
    schema,
  ]),
  ...Object.entries(elements).map(([name, { attributes }]): [string, FormDescription, ZodType] => [
    name,
    elementForms[name]!,
    attributes,
  ]),
];
const allFields = (form: FormDescription): Field[] => {
  const inside = (value: ValueKind): Field[] => kinds(value).flatMap((one) => ('fields' in one ? one.fields : []));
  return [
    ...form.fields,
    ...form.fields.flatMap((field) => inside(field.value)),
    ...(form.entries ? inside(form.entries) : []),
  ];
};

describe('one source', () => {
  test.each(forms)('every key of the schema is a field of the form, and no other: %s', (name, form, schema) => {
    const found = [...fieldsOf({ fields: form.fields }, name), ...(form.entries ? fieldsOf(form.entries, name) : [])];
    expect(new Set(found)).toEqual(new Set(keysOf(schema, name)));
  });

  test('the schemas are read as a whole', () => {
    const keys = forms.flatMap(([name, , schema]) => keysOf(schema, name));
    for (const key of [
      'story.lead.alt',
      'story.pictures.*.caption',
      'story.byline.role',
      'site.redirects.from',
      'topic.*.title',
      'Table.src',
    ])
      expect(keys).toContain(key);
  });

  test('whatever hints.ts mentions is in a schema', () => {
    const all = forms.flatMap(([name, form, schema]) => [
      name,
      ...keysOf(schema, name),
      ...fieldsOf({ fields: form.fields }, name),
    ]);
    const known = new Set(
      all.flatMap((path) => {
        const parts = path.split('.');
        return [path, parts.at(-1)!, `${parts[0]}.${parts.at(-1)}`, `${path}.*`];
      }),
    );
    const main = Object.entries(mainFields).flatMap(([form, keys]) => keys.map((key) => `${form}.${key}`));
    const mentioned = [textKinds, labels, helps, unionLabels].flatMap((one) => Object.keys(one));
    expect([...mentioned, ...main, ...mainOfPicture].filter((name) => !known.has(name))).toEqual([]);
  });

  test('every union says what its kinds are', () =>
    expect(
      forms
        .flatMap(([, form]) => allFields(form))
        .flatMap((field) => kinds(field.value))
        .flatMap((value) => (value.kind === 'union' ? value.options.map(({ label }) => label) : []))
        .filter((label) => /^Form \d/.test(label)),
    ).toEqual([]));
});

test.each(forms)('every field has a label and a sentence that people can read: %s', (_, form) => {
  for (const { label, help, key } of allFields(form)) {
    expect(label, key).toMatch(/^\p{Lu}[^_]*$/u);
    expect(help, key).not.toMatch(/`|\]\(/);
  }
});

describe('how values are entered', () => {
  const field = (name: keyof typeof files, key: string) => files[name].fields.find((one) => one.key === key)!;

  test.each<[keyof typeof files, string, unknown]>([
    ['story', 'headline', { kind: 'text' }],
    ['story', 'standfirst', { kind: 'longText' }],
    ['story', 'published', { kind: 'date' }],
    ['story', 'draft', { kind: 'yesNo' }],
    ['story', 'section', { kind: 'section' }],
    ['story', 'topics', { kind: 'list', entryLabel: 'topic', entry: { kind: 'topic' } }],
    ['site', 'timeZone', { kind: 'timeZone' }],
    ['front', 'pinned', { kind: 'story' }],
    ['picture', 'date', { kind: 'day' }],
    ['picture', 'focus', { kind: 'focus' }],
  ])('%s: %s', (form, key, value) => expect(field(form, key).value).toEqual(value));

  test('a byline is a list of people from the list, and of others with their role', () =>
    expect(field('story', 'byline').value).toMatchObject({
      kind: 'list',
      entry: {
        kind: 'union',
        options: [
          { value: { kind: 'person' } },
          { value: { kind: 'group', fields: [{ key: 'name', isRequired: true }, { key: 'role' }, {}] } },
        ],
      },
    }));

  test('pictures are a map by file', () =>
    expect(field('story', 'pictures').value).toMatchObject({
      kind: 'map',
      keys: 'pictureFile',
      entry: { kind: 'picture' },
    }));

  test('what is shown at once comes first, in its order', () => {
    const { fields } = files.story;
    expect(fields.slice(0, 5).map(({ key }) => key)).toEqual(['headline', 'standfirst', 'section', 'topics', 'byline']);
    expect(fields.findIndex(({ group }) => group === 'more')).toBe(
      fields.filter(({ group }) => group === 'main').length,
    );
    expect(fields.filter(({ isRequired }) => isRequired).map(({ key }) => key)).toEqual(['headline']);
  });

  test('topics and series are entries of a file', () => {
    expect(files.topic.fields).toEqual([]);
    expect(files.topic.entries).toMatchObject({ kind: 'map', keys: 'text', entry: { kind: 'group' } });
  });
});

test('components, of the theme too', () => {
  expect(elementForms.RichLink!.fields[0]).toMatchObject({ key: 'to', value: { kind: 'story', isLink: true } });
  expect(elementForms.Table).toMatchObject({
    content: 'table',
    mayBeEmpty: true,
    help: expect.stringMatching(/^A table/),
  });
  expect(elementForms.Table!.fields[0]!.value).toEqual({ kind: 'tableFile' });
  expect(elementForms.Profile!.fields.find(({ key }) => key === 'author')!.value).toEqual({ kind: 'person' });
  expect(elementForms.Sidebar).toMatchObject({
    content: 'blocks',
    fields: [
      { key: 'title', isRequired: true, value: { kind: 'text' } },
      {
        key: 'side',
        isRequired: false,
        value: { kind: 'choice', choices: [{ value: 'left', label: 'Left' }, { value: 'right' }] },
      },
      { key: 'isOpen', value: { kind: 'yesNo' } },
    ],
  });
  expect(elementForms.Open).toMatchObject({ fields: [], hasOtherFields: true, content: 'none' });
});
