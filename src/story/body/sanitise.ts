import type { Nodes } from 'hast';
import { type Schema, sanitize } from 'hast-util-sanitize';

/** The tag of a story component in a tree. No HTML parser can create it, because parsers write tags in lower case. */
export const componentTag = 'COMPONENT';

/**
 * Removes everything from a tree that does not belong in a story, whether hostile or merely out of place.
 *
 * This is the first of two gates. The second is the printer: it knows only the elements and attributes in the lists
 * below, and would print nothing else even if this gate let it through.
 */
export const sanitise = (tree: Nodes): Nodes => sanitize(tree, schema);

/** Running text and what it contains. */
export const phrasing = new Set(
  'a abbr b bdi bdo br cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup time u var wbr input'.split(
    ' ',
  ),
);

/** Elements that contain only running text. A block inside one splits it. */
export const holdsPhrasing = new Set(
  'p h1 h2 h3 h4 h5 h6 pre summary abbr b bdi bdo cite code dfn em i kbd mark q rp rt ruby s samp small span strong sub sup time u var'.split(
    ' ',
  ),
);

const blocks =
  'p h1 h2 h3 h4 h5 h6 blockquote pre ul ol li dl dt dd figure figcaption table caption colgroup col thead tbody tfoot tr th td details summary div hr section'.split(
    ' ',
  );

export const printedTags: ReadonlySet<string> = new Set([...phrasing, ...blocks]);

/** Becomes something else, such as a picture or a link. */
export const turned: ReadonlySet<string> = new Set(['img', 'iframe', 'video', 'audio', 'source']);

/** Is removed with all its content. */
export const stripped: readonly string[] =
  'script style template noscript object embed applet svg math select textarea title head base link meta canvas map frameset noembed noframes xmp plaintext dialog'.split(
    ' ',
  );

/** By element: hast property → attribute. */
export const printedAttributes: Record<string, Record<string, string>> = {
  '*': { id: 'id', lang: 'lang', dir: 'dir' },
  a: {
    href: 'href',
    title: 'title',
    hrefLang: 'hreflang',
    ariaDescribedBy: 'aria-describedby',
    ariaLabel: 'aria-label',
    className: 'class',
  },
  abbr: { title: 'title' },
  dfn: { title: 'title' },
  time: { dateTime: 'datetime' },
  ins: { dateTime: 'datetime' },
  del: { dateTime: 'datetime' },
  ol: { start: 'start', reversed: 'reversed', type: 'type' },
  ul: { className: 'class' },
  li: { value: 'value', className: 'class' },
  code: { className: 'class' },
  td: { colSpan: 'colspan', rowSpan: 'rowspan', className: 'class' },
  th: { colSpan: 'colspan', rowSpan: 'rowspan', scope: 'scope', className: 'class' },
  col: { span: 'span' },
  colgroup: { span: 'span' },
  details: { open: 'open' },
  section: { className: 'class' },
  input: { type: 'type', checked: 'checked', disabled: 'disabled' },
};

const schema: Schema = {
  tagNames: [...printedTags, ...turned, componentTag],
  attributes: {
    ...Object.fromEntries(
      Object.entries(printedAttributes).map(([tag, names]) => [
        tag,
        Object.keys(names).filter((name) => name !== 'className'),
      ]),
    ),
    a: [
      'href',
      'title',
      'hrefLang',
      'ariaDescribedBy',
      'ariaLabel',
      'name',
      'dataFootnoteRef',
      'dataFootnoteBackref',
      ['className', 'data-footnote-backref'],
    ],
    ul: [['className', 'contains-task-list']],
    li: ['value', ['className', 'task-list-item']],
    code: [['className', /^language-[\w+#.-]{1,40}$/]],
    td: ['colSpan', 'rowSpan', 'style', 'align'],
    th: ['colSpan', 'rowSpan', 'scope', 'style', 'align'],
    section: ['dataFootnotes', ['className', 'footnotes']],
    img: ['src', 'alt', 'title'],
    iframe: ['src', 'title'],
    video: ['src', 'title'],
    audio: ['src', 'title'],
    source: ['src'],
    input: [['type', 'checkbox'], ['disabled', true], 'checked'],
    [componentTag]: ['index'],
  },
  required: { input: { type: 'checkbox', disabled: true } },
  protocols: { href: ['http', 'https', 'mailto', 'tel', 'sms', 'story'] },
  ancestors: {
    li: ['ol', 'ul'],
    dt: ['dl'],
    dd: ['dl'],
    figcaption: ['figure'],
    summary: ['details'],
    ...Object.fromEntries('caption colgroup col thead tbody tfoot tr th td'.split(' ').map((tag) => [tag, ['table']])),
  },
  clobber: [],
  clobberPrefix: '',
  strip: [...stripped],
  allowComments: false,
  allowDoctypes: false,
};
