import { type MarkSpec, type Node, type NodeSpec, Schema } from '@milkdown/kit/prose/model';

/*
 * What the editor can hold. Whatever it cannot hold is a `source` block, which shows its Markdown and keeps its bytes.
 * Attributes are plain data, because a change in a form is an ordinary change of the document that can be undone.
 */

/** An attribute of a component: text, true without a value, or code in braces, which is kept as it is. */
export interface ComponentAttribute {
  name: string;
  value: string | true;
  /** The attribute as written, if it is code. */
  code?: string;
}

const nodes: Record<string, NodeSpec> = {
  doc: { content: 'block+' },
  paragraph: { content: 'inline*', group: 'block', parseDOM: [{ tag: 'p' }], toDOM: () => ['p', 0] },
  heading: {
    // A heading is one line.
    content: '(text | image | footnote_reference | code_piece)*',
    group: 'block',
    defining: true,
    attrs: { level: { default: 2 } },
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level } })),
    toDOM: (node) => [`h${node.attrs.level}`, 0],
  },
  blockquote: {
    content: 'block+',
    group: 'block',
    defining: true,
    parseDOM: [{ tag: 'blockquote' }],
    toDOM: () => ['blockquote', 0],
  },
  bullet_list: {
    content: 'list_item+',
    group: 'block list',
    attrs: { tight: { default: true } },
    parseDOM: [{ tag: 'ul' }],
    toDOM: () => ['ul', 0],
  },
  ordered_list: {
    content: 'list_item+',
    group: 'block list',
    attrs: { tight: { default: true }, start: { default: 1 } },
    parseDOM: [{ tag: 'ol' }],
    toDOM: (node) => ['ol', node.attrs.start === 1 ? {} : { start: String(node.attrs.start) }, 0],
  },
  list_item: {
    content: 'block+',
    defining: true,
    attrs: { checked: { default: null } },
    parseDOM: [{ tag: 'li' }],
    toDOM: (node) =>
      node.attrs.checked === null ? ['li', 0] : ['li', { 'data-checked': String(node.attrs.checked) }, 0],
  },
  code_block: {
    content: 'text*',
    marks: '',
    group: 'block',
    code: true,
    defining: true,
    attrs: { lang: { default: '' }, meta: { default: '' } },
    parseDOM: [{ tag: 'pre', preserveWhitespace: 'full' }],
    toDOM: (node) => ['pre', node.attrs.lang ? { 'data-language': node.attrs.lang } : {}, ['code', 0]],
  },
  rule: { group: 'block', parseDOM: [{ tag: 'hr' }], toDOM: () => ['hr'] },
  table: {
    content: 'table_row+',
    tableRole: 'table',
    isolating: true,
    group: 'block',
    attrs: { align: { default: [] } },
    parseDOM: [{ tag: 'table' }],
    toDOM: () => ['table', ['tbody', 0]],
  },
  table_row: {
    content: '(table_cell | table_header)*',
    tableRole: 'row',
    parseDOM: [{ tag: 'tr' }],
    toDOM: () => ['tr', 0],
  },
  table_header: { ...cell('header_cell'), parseDOM: [{ tag: 'th' }], toDOM: () => ['th', { scope: 'col' }, 0] },
  table_cell: { ...cell('cell'), parseDOM: [{ tag: 'td' }], toDOM: () => ['td', 0] },
  footnote: {
    content: 'block+',
    group: 'block',
    isolating: true,
    defining: true,
    attrs: { label: {} },
    toDOM: (node) => ['div', { class: 'footnote', 'data-label': node.attrs.label }, 0],
  },
  picture: {
    group: 'block',
    attrs: { src: {}, alt: { default: '' }, title: { default: null }, ref: { default: null } },
    draggable: true,
    toDOM: (node) => ['figure', { class: 'picture', 'data-src': node.attrs.src }],
  },
  component: {
    content: 'block*',
    group: 'block',
    isolating: true,
    defining: true,
    draggable: true,
    attrs: { name: {}, attributes: { default: [] }, isInline: { default: false } },
    toDOM: (node) => ['section', { 'data-component': node.attrs.name }, 0],
  },
  component_leaf: {
    group: 'block',
    draggable: true,
    attrs: { name: {}, attributes: { default: [] } },
    toDOM: (node) => ['section', { 'data-component': node.attrs.name }],
  },
  note: { group: 'block', attrs: { text: {} }, toDOM: () => ['aside', { class: 'note' }] },
  source: { group: 'block', attrs: { text: {} }, toDOM: (node) => ['pre', { class: 'source' }, node.attrs.text] },
  text: { group: 'inline' },
  hard_break: {
    inline: true,
    group: 'inline',
    selectable: false,
    linebreakReplacement: true,
    parseDOM: [{ tag: 'br' }],
    toDOM: () => ['br'],
  },
  image: {
    inline: true,
    group: 'inline',
    attrs: { src: {}, alt: { default: '' }, title: { default: null }, ref: { default: null } },
    toDOM: (node) => ['span', { class: 'image', role: 'img', 'aria-label': node.attrs.alt }, node.attrs.src],
  },
  footnote_reference: {
    inline: true,
    group: 'inline',
    attrs: { label: {} },
    toDOM: (node) => ['sup', { class: 'footnote-reference' }, node.attrs.label],
  },
  code_piece: {
    inline: true,
    group: 'inline',
    attrs: { text: {} },
    toDOM: (node) => ['code', { class: 'code-piece' }, node.attrs.text],
  },
};

function cell(tableRole: string): NodeSpec {
  return {
    content: 'paragraph',
    tableRole,
    isolating: true,
    attrs: { colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null } },
  };
}

/** Tags that look in the editor as they do on the page. Others are shown as a tag with a name. */
const shownTags = new Set('abbr b bdi cite del dfn em i ins kbd mark q s samp small strong sub sup u var'.split(' '));

const marks: Record<string, MarkSpec> = {
  link: {
    attrs: { href: {}, title: { default: null }, form: { default: 'inline' }, ref: { default: null } },
    inclusive: false,
    parseDOM: [{ tag: 'a[href]', getAttrs: (dom) => ({ href: dom.getAttribute('href') ?? '' }) }],
    // The address is not a real link, so that a click places the caret and nothing leaves the desk.
    toDOM: (mark) => ['a', { 'data-href': mark.attrs.href, title: mark.attrs.href }, 0],
  },
  // `excludes` is empty, so that tags can be nested.
  tag: {
    attrs: { open: {}, close: {}, name: {} },
    excludes: '',
    toDOM: (mark) => [shownTags.has(mark.attrs.name) ? mark.attrs.name : 'span', { 'data-tag': mark.attrs.open }, 0],
  },
  strong: { parseDOM: [{ tag: 'strong' }, { tag: 'b' }], toDOM: () => ['strong', 0] },
  em: { parseDOM: [{ tag: 'em' }, { tag: 'i' }], toDOM: () => ['em', 0] },
  strike: { parseDOM: [{ tag: 'del' }, { tag: 's' }], toDOM: () => ['del', 0] },
  code: { code: true, parseDOM: [{ tag: 'code' }], toDOM: () => ['code', 0] },
};

export const schema = new Schema({ nodes, marks });

/** An empty paragraph, which Markdown cannot hold. */
export const isEmptyParagraph = (node: Node): boolean => node.type.name === 'paragraph' && node.content.size === 0;
