import { describe, expect, test } from 'vitest';
import { picture } from '../../small-archive.fixture.ts';
import { importFiles } from '../files/import-files.fixture.ts';
import { zipOf } from '../zip/zip.fixture.ts';
import { odtOf, p } from './odt.fixture.ts';

const prose =
  'The harbour of Galway reopened on Tuesday after the longest closure in its history, the port authority said.';
const importOdt = (bytes: Uint8Array, options: Parameters<typeof importFiles>[2] = {}) =>
  importFiles('odt', { 'harbour.odt': bytes }, options);

test('styles, emphasis, lists, links, notes, and spaces', async () => {
  const { text, body, errors } = await importOdt(
    odtOf(
      [
        p('Harbour reopens', 'P1'),
        p('3 March 2026'),
        p(
          `${prose}<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>${p('Minutes of the council.')}</text:note-body></text:note>`,
        ),
        '<text:h text:style-name="Heading_20_2" text:outline-level="2">What next?</text:h>',
        p(
          'Two<text:s text:c="3"/>of <text:span text:style-name="T1">three</text:span> <text:span text:style-name="T2">berths</text:span>, see <text:a xlink:href="https://harbour.example/">the times</text:a>.<text:span text:style-name="T3">Unseen.</text:span>',
        ),
        `<text:list text:style-name="L1"><text:list-item>${p('Ferries')}<text:list><text:list-item>${p('Large')}</text:list-item></text:list></text:list-item><text:list-item>${p('Boats')}</text:list-item></text:list>`,
        p('We were lucky.', 'Quotations'),
      ].join(''),
    ),
  );
  expect(errors).toEqual([]);
  expect(text).toContain('headline: Harbour reopens');
  expect(text).toContain('published: 2026-03-03');
  expect(body).toBe(
    `${prose}[^1]\n\n## What next?\n\nTwo of **three** *berths*, see [the times](https://harbour.example/).\n\n- Ferries\n  1. Large\n- Boats\n\n> We were lucky.\n\n[^1]: Minutes of the council.\n`,
  );
});

test('pictures have alt texts, and captions inside of their boxes', async () => {
  const { body, stories, errors } = await importOdt(
    odtOf(
      p(prose) +
        p(
          '<draw:frame><draw:text-box><text:p text:style-name="Illustration"><draw:frame><draw:image xlink:href="Pictures/a.jpg"/><svg:desc>A quay wall</svg:desc></draw:frame>The quay on Tuesday. Photo: Ann Example</text:p></draw:text-box></draw:frame>',
        ) +
        p('<draw:frame><draw:text-box><text:p>Ferries in figures</text:p></draw:text-box></draw:frame>After the box.'),
      { pictures: { 'a.jpg': await picture() } },
    ),
  );
  expect(errors).toEqual([]);
  expect(stories[0]?.files).toEqual(['a.jpg', 'index.mdx']);
  expect(body).toContain(
    '<Picture src="a.jpg" alt="A quay wall" caption="The quay on Tuesday." credit="Ann Example" />',
  );
  expect(body).toContain('After the box.\n\nFerries in figures');
});

test('tables have their header row and merged cells', async () => {
  const cell = (words: string, more = '') => `<table:table-cell${more}>${p(words)}</table:table-cell>`;
  const { body, errors } = await importOdt(
    odtOf(
      `${p(prose)}<table:table><table:table-header-rows><table:table-row>${cell('Port')}${cell('Ferries')}</table:table-row></table:table-header-rows><table:table-row>${cell('Galway')}${cell('12')}</table:table-row><table:table-row>${cell('All', ' table:number-columns-spanned="2"')}<table:covered-table-cell/></table:table-row></table:table>`,
    ),
  );
  expect(errors).toEqual([]);
  expect(body).toMatch(/Port[\s\S]*Ferries[\s\S]*Galway[\s\S]*12[\s\S]*All/);
});

test('comments, footers, and the properties of the file', async () => {
  const { text, notes } = await importOdt(
    odtOf(
      p(`${prose}<office:annotation><dc:creator>Bob</dc:creator><text:p>Is this true?</text:p></office:annotation>`),
      {
        meta: '<dc:title>Harbour reopens</dc:title><meta:initial-creator>Ann Example</meta:initial-creator><meta:creation-date>2026-03-03T10:00:00</meta:creation-date>',
      },
    ),
  );
  expect(text).toContain('headline: Harbour reopens');
  expect(text).toContain('- { name: Ann Example }');
  expect(text).not.toContain('Is this true');
  expect(notes).toContain('A comment by Bob was left out: “Is this true?”');
  expect(notes).toContain('The footer of the pages was left out: “Page 1 of the draft”');
});

describe('tracked changes', () => {
  const body = `<text:tracked-changes><text:changed-region xml:id="c1"><text:insertion><office:change-info><dc:creator>Bob</dc:creator></office:change-info></text:insertion></text:changed-region><text:changed-region xml:id="c2"><text:deletion><office:change-info><dc:creator>Bob</dc:creator></office:change-info>${p('Monday')}</text:deletion></text:changed-region></text:tracked-changes>${p(prose)}${p('The vote is on <text:change-start text:change-id="c1"/>Tuesday<text:change-end text:change-id="c1"/><text:change text:change-id="c2"/>.')}`;
  test('are accepted by default, and the story is a draft', async () => {
    const { body: said, receipt } = await importOdt(odtOf(body));
    expect(said).toContain('The vote is on Tuesday.');
    expect(receipt.drafts[0]?.reason).toBe('the document has tracked changes, which were accepted');
  });
  test('are rejected if that is wanted', async () => {
    const { body: said } = await importOdt(odtOf(body), { trackedChanges: 'reject' });
    expect(said).toContain('The vote is on Monday.');
  });
});

describe('bad input stops no other file', () => {
  const good = odtOf(p(prose));
  const entity = zipOf([
    { name: 'mimetype', data: 'application/vnd.oasis.opendocument.text', isStored: true },
    {
      name: 'content.xml',
      data: `<!DOCTYPE a [<!ENTITY b "bbb">]><office:document-content><office:body><office:text>${p('&b;')}</office:text></office:body></office:document-content>`,
    },
  ]);
  test.each<[string, Uint8Array, RegExp]>([
    ['empty', Buffer.alloc(0), /empty/],
    ['truncated', good.subarray(0, good.length - 100), /truncated/],
    [
      'with a password',
      odtOf(p(prose), { entries: [{ name: 'META-INF/manifest.xml', data: '<manifest:encryption-data/>' }] }),
      /password/,
    ],
    ['entities', entity, /entities/],
    [
      'no text',
      zipOf([{ name: 'mimetype', data: 'application/vnd.oasis.opendocument.text', isStored: true }]),
      /no part content\.xml/,
    ],
    ['a text file', Buffer.from('Not a zip at all, but a text.'), /not those of a document/],
  ])('%s', async (_, bytes, reason) => {
    const { receipt, stories, errors } = await importFiles('odt', { 'bad.odt': bytes, 'good.odt': good });
    expect(receipt.skipped.map(({ file }) => file)).toEqual(['bad.odt']);
    expect(receipt.skipped[0]?.reason).toMatch(reason);
    expect(stories).toHaveLength(1);
    expect(errors).toEqual([]);
  });

  test('nesting 5,000 deep, and a million repeated cells', async () => {
    const deep = odtOf(`${'<text:section>'.repeat(5000)}${p(prose)}${'</text:section>'.repeat(5000)}`);
    const wide = odtOf(
      `${p(prose)}<table:table><table:table-row><table:table-cell table:number-columns-repeated="1000000">${p('x')}</table:table-cell></table:table-row></table:table>`,
    );
    const { receipt, errors } = await importFiles('odt', { 'deep.odt': deep, 'wide.odt': wide });
    expect(receipt.files.stories + receipt.files.drafts + receipt.files.skipped).toBe(2);
    expect(errors).toEqual([]);
  });
});
