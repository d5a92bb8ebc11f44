import { expect } from 'vitest';
import {
  bomb,
  bombs,
  bytes,
  cut,
  cutXml,
  deep,
  divs,
  entities,
  file,
  hasNot,
  huge,
  item,
  nameless,
  newer,
  noDay,
  noEntities,
  none,
  noZip,
  oneByFile,
  open,
  other,
  type Row,
  skippedFor,
  tags,
  traversal,
  twice,
  zipBomb,
  zipped,
} from './bad-input-cells.fixture.ts';
import { encodings } from './bad-input-encodings.fixture.ts';
import { run } from './sources/docx/docx.fixture.ts';

/** What each source does with each defect. `others` are all sources without a cell of their own. */
export const defects: Record<string, Row> = {
  truncated: {
    cells: {
      wordpress: cutXml(0.85),
      blogger: cutXml(0.85),
      ghost: {
        archive: bytes((_, text) => text.slice(0, text.lastIndexOf('slug'))),
        outcome: 'skipped',
        so: skippedFor(/ends in the middle of it/),
      },
      newsml: cutXml(0.8),
      ninjs: { ...cut, outcome: 'skipped', so: skippedFor(/not valid JSON/) },
      docx: { ...cut, outcome: 'skipped', so: skippedFor(/truncated|damaged/) },
      odt: { ...cut, outcome: 'skipped', so: skippedFor(/truncated|damaged/) },
      others: cut,
    },
  },
  huge: { cells: { others: huge } },
  'of the wrong kind': { cells: { wordpress: none, ghost: none, blogger: none, docx: other, others: other } },
  'an entity bomb': {
    cells: {
      wordpress: entities(bomb, 'story'),
      blogger: entities(bomb, 'story'),
      newsml: entities(bomb, 'either'),
      docx: entities(bomb, 'skipped'),
      odt: entities(bomb, 'skipped'),
      markdown: {
        archive: bytes((_, text) =>
          text.replace(
            'id:',
            `a0: &a0 [lolo, lolo]\n${Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n},`.repeat(10)}]\n`).join('')}tags: *a9\nid:`,
          ),
        ),
        outcome: 'story',
        so: hasNot(/(?:lolo.{0,8}){9}/),
      },
      others: noEntities,
    },
  },
  'an external entity': {
    cells: {
      wordpress: entities(file, 'story'),
      blogger: entities(file, 'story'),
      newsml: entities(file, 'either'),
      docx: entities(file, 'skipped'),
      odt: entities(file, 'skipped'),
      others: noEntities,
    },
  },
  'names that lead outside': {
    cells: {
      docx: 'pictures are parts of the zip, whose names are the defect “a zip bomb”; links to pictures elsewhere stay addresses',
      odt: {
        archive: item({
          text: '<text:p><draw:frame><draw:image xlink:href="../secret.jpg"/></draw:frame>After it.</text:p>',
        }),
        outcome: 'story',
        so: ({ pictures }) => expect(pictures).toEqual([]),
      },
      text: 'a plain text has no addresses of pictures',
      others: traversal,
    },
  },
  'a zip bomb': {
    cells: {
      wordpress: zipped(bombs),
      ghost: zipped(bombs),
      substack: zipped(bombs),
      medium: zipped(bombs),
      blogger: zipped(bombs),
      docx: { ...zipBomb('word/document.xml', 300_000_000), so: skippedFor(/zip bomb|would unpack to|not a Word/) },
      odt: { ...zipBomb('content.xml', 300_000_000), so: skippedFor(/zip bomb|would unpack to/) },
      gdoc: 'a zip is recognised by its page, and zip-reader.test.ts has its bombs',
      others: noZip,
    },
  },
  'a cycle': {
    cells: {
      wordpress: {
        archive: (make) => {
          const made = make({});
          const xml = String(made.files[made.bad]).replaceAll('<wp:post_parent>0<', '<wp:post_parent>2<');
          const terms = ['a', 'b'].map(
            (name, at) =>
              `<wp:category><wp:category_nicename>${name}</wp:category_nicename><wp:category_parent>${at === 0 ? 'b' : 'a'}</wp:category_parent><wp:cat_name>${name}</wp:cat_name></wp:category>`,
          );
          const cycle = xml
            .replace('<item>', `${terms.join('')}<item>`)
            .replaceAll('</item>', '<category domain="category" nicename="a"><![CDATA[a]]></category></item>');
          return { ...made, files: { [made.bad]: cycle } };
        },
        outcome: 'story',
      },
      ghost: {
        archive: (make) => {
          const made = make({});
          return {
            ...made,
            files: { ...made.files, 'redirects.json': '[{"from":"/a/","to":"/b/"},{"from":"/b/","to":"/a/"}]' },
          };
        },
        outcome: 'story',
      },
      markdown: {
        archive: (make) => {
          const made = make({ text: '{% include a.md %}' });
          const more = {
            '_includes/a.md': 'Aa {% include b.md %}',
            '_includes/b.md': 'Bb {% include a.md %}',
            _redirects: '/a /b\n/b /a\n',
            '_config.yml': 'title: Old\n',
          };
          return { ...made, files: { ...made.files, ...more } };
        },
        outcome: 'story',
      },
      odt: {
        archive: item({
          text: '<text:section><text:p text:style-name="C">Text.</text:p></text:section><office:automatic-styles><style:style style:name="C" style:family="paragraph" style:parent-style-name="D"/><style:style style:name="D" style:family="paragraph" style:parent-style-name="C"/></office:automatic-styles>',
        }),
        outcome: 'story',
      },
      ninjs: {
        archive: bytes((_, text) =>
          text.replace(
            '"versioncreated"',
            '"associations":[{"name":"self","uri":"urn:x:2","type":"text","headlines":[{"value":"The storm"}]}],"versioncreated"',
          ),
        ),
        outcome: 'story',
      },
      newsml: {
        archive: bytes((_, text) =>
          text.replace('</itemMeta>', '<link rel="irel:seeAlso" residref="urn:x:2"/></itemMeta>'),
        ),
        outcome: 'story',
      },
      docx: 'docx.test.ts has styles that are based on each other; nothing else in a document refers back',
      blogger: 'entries do not refer to each other, except comments, which are only counted',
      others: 'nothing in it refers to another item by more than a link',
    },
  },
  'the same id twice': {
    cells: {
      wordpress: twice(/the item with the id 1 twice/),
      ghost: twice(/the post with the id 1 twice/),
      blogger: twice(/twice/),
      ninjs: newer,
      newsml: newer,
      medium: twice(/it is the same post as/),
      substack: {
        archive: (make) => {
          const made = make({});
          return {
            ...made,
            files: { ...made.files, 'posts.csv': String(made.files['posts.csv']).replace('2.storm', '1.calm') },
          };
        },
        outcome: 'skipped',
        so: skippedFor(/posts.csv contains the post 1.calm twice/),
      },
      markdown: {
        archive: item({ id: '1' }),
        outcome: 'story',
        so: ({ written }) => expect(written.match(/^id: x1$/gm)).toHaveLength(1),
      },
      others: oneByFile,
    },
  },
  'no author': { cells: { substack: 'an export of Substack never names authors', others: nameless } },
  'a date that does not exist': {
    cells: {
      ninjs: { ...noDay, outcome: 'skipped', so: skippedFor(/not valid ninjs 2.1: versioncreated must match/) },
      others: noDay,
    },
  },
  ...encodings,
  'shortcodes that do not close': { cells: { docx: { ...open, archive: item({ text: tags }) }, others: open } },
  'nested 5,000 deep': {
    cells: {
      text: 'a plain text has no nesting',
      docx: deep(
        `${'<w:sdt><w:sdtContent>'.repeat(5000)}<w:p>${run('Deep words')}</w:p>${'</w:sdtContent></w:sdt>'.repeat(5000)}`,
        'either',
      ),
      odt: deep(
        `${'<text:section>'.repeat(5000)}<text:p>Deep words</text:p>${'</text:section>'.repeat(5000)}`,
        'either',
      ),
      markdown: deep(
        `${'>'.repeat(5000)} Deep words\n\n${'['.repeat(500)}x${'](y)'.repeat(500)}\n\n${'- '.repeat(5000)}z\n\n${divs}`,
        'either',
      ),
      others: { ...deep(divs, 'either') },
    },
  },
};
