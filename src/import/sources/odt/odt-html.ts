import {
  byName,
  type ChildNode,
  child,
  childrenByName,
  type Element,
  element,
  isTag,
  isText,
  type ParentNode,
  text,
  wordsOf,
} from '../markup/tree.ts';
import type { Format, OdtStyles } from './odt-styles.ts';

const spacesMax = 100;
const repeatMax = 50;

/** The content of an OpenDocument text as HTML, in the form in which mammoth gives that of a Word document. */
export interface OdtHtml {
  blocks: ChildNode[];
  notes: string[];
}

export function odtToHtml(body: ParentNode, styles: OdtStyles): OdtHtml {
  const notes: string[] = [];
  const endnotes: Element[] = [];
  /** Text boxes, which follow the paragraph that they are anchored to. */
  let extras: ChildNode[] = [];

  const converted = blocksOf(body, undefined, 1);
  if (endnotes.length > 0) converted.push(element('ol', {}, endnotes));
  return { blocks: converted, notes };

  function blocksOf(parent: ParentNode, list: string | undefined, level: number): ChildNode[] {
    const out: ChildNode[] = [];
    for (const node of parent.children) {
      if (!isTag(node)) continue;
      out.push(...blockOf(node, list, level));
      if (extras.length > 0) {
        out.push(...extras);
        extras = [];
      }
    }
    return out;
  }

  function blockOf(node: Element, list: string | undefined, level: number): ChildNode[] {
    switch (node.name) {
      case 'text:p':
      case 'text:h':
        return paragraph(node);
      case 'text:list': {
        const style = node.attribs['text:style-name'] ?? list;
        const items = childrenByName(node, 'text:list-item', 'text:list-header').map((item) =>
          element('li', {}, blocksOf(item, style, level + 1)),
        );
        return items.length === 0 ? [] : [element(styles.isNumbered(style, level) ? 'ol' : 'ul', {}, items)];
      }
      case 'table:table':
        return [table(node)];
      case 'text:table-of-content':
      case 'text:illustration-index':
      case 'text:table-index':
      case 'text:alphabetical-index': {
        const words = wordsOf(child(node, 'text:index-body') ?? node);
        notes.push(`An index of the document was left out: “${words.slice(0, 300)}”`);
        return [];
      }
      case 'draw:frame':
        return frame(node);
      case 'text:sequence-decls':
      case 'text:variable-decls':
      case 'office:forms':
      case 'text:user-field-decls':
        return [];
      default:
        return blocksOf(node, list, level);
    }
  }

  function paragraph(node: Element): ChildNode[] {
    const id = node.attribs['text:style-name'];
    const role = styles.roleOf(id);
    const format = styles.formatOf(id);
    // A heading is bold by its style, and its words are not.
    const own: Format = role === undefined ? format : { isHidden: format.isHidden };
    const content = wrap(inlineOf(node, {}), own, node);
    if (role === 'contents') {
      notes.push(`A line of the table of contents was left out: “${wordsOf(node)}”`);
      return [];
    }
    const level = node.name === 'text:h' ? Number(node.attribs['text:outline-level'] ?? 1) : undefined;
    if (role === 'quote') return [element('blockquote', {}, [element('p', {}, content)])];
    if (role === 'pull') return [element('blockquote', { class: 'bs-pull' }, [element('p', {}, content)])];
    if (role === 'code') return [element('pre', {}, content)];
    if (typeof role === 'object' || level !== undefined) {
      const depth = Math.max(1, Math.min(6, level ?? (typeof role === 'object' ? role.heading : 2)));
      return [element(`h${depth}`, typeof role === 'string' ? { class: `bs-${role}` } : {}, content)];
    }
    return [element('p', role === undefined || role === 'list' ? {} : { class: `bs-${role}` }, content)];
  }

  function inlineOf(parent: ParentNode, outer: Format): ChildNode[] {
    return parent.children.flatMap((node): ChildNode[] => {
      if (isText(node)) return [text(node.data.replace(/\s+/g, ' '))];
      if (!isTag(node)) return [];
      switch (node.name) {
        case 'text:s':
          return [text(' '.repeat(Math.min(spacesMax, Number(node.attribs['text:c'] ?? 1) || 1)))];
        case 'text:tab':
          return [text(' ')];
        case 'text:line-break':
          return [element('br', {})];
        case 'text:page-number':
        case 'text:page-count':
        case 'text:bookmark-ref':
        case 'office:annotation-end':
          return node.name === 'text:bookmark-ref' ? inlineOf(node, outer) : [];
        case 'text:span': {
          const format = styles.formatOf(node.attribs['text:style-name']);
          return wrap(inlineOf(node, format), format, node);
        }
        case 'text:a': {
          const href = node.attribs['xlink:href'];
          const inner = inlineOf(node, outer);
          return href === undefined ? inner : [element('a', { href }, inner)];
        }
        case 'text:note':
          return [noteOf(node)];
        case 'text:ruby': {
          const base = child(node, 'text:ruby-base');
          const reading = child(node, 'text:ruby-text');
          return [...(base ? inlineOf(base, outer) : []), ...(reading ? [text(`(${wordsOf(reading)})`)] : [])];
        }
        case 'text:hidden-text':
        case 'text:hidden-paragraph':
          notes.push(`Hidden text was left out: “${wordsOf(node) || (node.attribs['text:string-value'] ?? '')}”`);
          return [];
        case 'draw:frame': {
          const made = frame(node);
          const images = made.filter((each) => isTag(each) && each.name === 'img');
          extras.push(...made.filter((each) => !images.includes(each)));
          return images;
        }
        case 'draw:a': {
          const href = node.attribs['xlink:href'];
          const inner = inlineOf(node, outer);
          return href === undefined ? inner : [element('a', { href }, inner)];
        }
        case 'draw:custom-shape':
        case 'draw:g': {
          const words = wordsOf(node);
          const frames = byName(node, 'draw:frame').flatMap(frame);
          const paragraphs = byName(node, 'text:p').map((each) => element('p', {}, inlineOf(each, {})));
          if (words !== '')
            notes.push(`A text box was put below the paragraph that it belongs to: “${words.slice(0, 200)}”`);
          extras.push(...(frames.length > 0 && words === '' ? [] : paragraphs));
          return frames.filter((each) => isTag(each) && each.name === 'img');
        }
        default:
          return inlineOf(node, outer);
      }
    });
  }

  function wrap(nodes: ChildNode[], format: Format, source: Element): ChildNode[] {
    if (format.isHidden) {
      const words = wordsOf(source);
      if (words !== '') notes.push(`Hidden text was left out: “${words}”`);
      return [];
    }
    if (
      nodes.length === 0 ||
      (nodes.length === 1 && isText(nodes[0] as ChildNode) && wordsOf(nodes[0] as ChildNode) === '')
    )
      return nodes;
    let wrapped = nodes;
    if (format.position) wrapped = [element(format.position, {}, wrapped)];
    if (format.isStruck) wrapped = [element('s', {}, wrapped)];
    if (format.isItalic) wrapped = [element('em', {}, wrapped)];
    if (format.isBold) wrapped = [element('strong', {}, wrapped)];
    return wrapped;
  }

  function noteOf(node: Element): ChildNode {
    const number = endnotes.length + 1;
    const body = child(node, 'text:note-body');
    const kept = extras;
    extras = [];
    const content = body === undefined ? [] : blocksOf(body, undefined, 1);
    extras = kept;
    const last = content.at(-1);
    const back = element('a', { href: `#footnote-ref-${number}` }, [text('↑')]);
    if (last !== undefined && isTag(last) && last.name === 'p') {
      last.children.push(text(' '), back);
    } else content.push(element('p', {}, [back]));
    endnotes.push(element('li', { id: `footnote-${number}` }, content));
    return element('sup', {}, [
      element('a', { href: `#footnote-${number}`, id: `footnote-ref-${number}` }, [text(`[${number}]`)]),
    ]);
  }

  /** A picture, or the paragraphs of a text box. LibreOffice puts a picture and its caption into one box. */
  function frame(node: Element): ChildNode[] {
    const box = child(node, 'draw:text-box');
    if (box !== undefined) {
      const content = blocksOf(box, undefined, 1);
      const images = byName(box, 'draw:image').length;
      if (images === 0 && wordsOf(box) !== '')
        notes.push(`A text box was put below the paragraph that it belongs to: “${wordsOf(box).slice(0, 200)}”`);
      if (images > 0)
        for (const paragraph of content)
          if (isTag(paragraph) && paragraph.name === 'p' && paragraph.attribs.class === undefined)
            paragraph.attribs.class = 'bs-caption';
      return content;
    }
    const image = childrenByName(node, 'draw:image').find(({ attribs }) => attribs['xlink:href']);
    if (image === undefined) {
      if (child(node, 'draw:object') !== undefined)
        notes.push('An embedded object, such as a formula or a chart, was left out.');
      return [];
    }
    const alt = [child(node, 'svg:desc'), child(node, 'svg:title')]
      .map((each) => (each ? wordsOf(each) : ''))
      .find(Boolean);
    return [element('img', { src: image.attribs['xlink:href'] ?? '', ...(alt === undefined ? {} : { alt }) })];
  }

  function table(node: Element): Element {
    const rows = (parent: ParentNode): Element[] =>
      parent.children.filter(isTag).flatMap((each) => {
        if (each.name === 'table:table-row') return [row(each)];
        return each.name === 'table:table-header-rows'
          ? []
          : each.name === 'table:table-rows' || each.name === 'table:table-row-group'
            ? rows(each)
            : [];
      });
    const head = childrenByName(node, 'table:table-header-rows').flatMap(rows);
    for (const each of head) for (const cell of childrenByName(each, 'td')) cell.name = 'th';
    const body = element('tbody', {}, rows(node));
    return element('table', {}, head.length > 0 ? [element('thead', {}, head), body] : [body]);
  }

  function row(node: Element): Element {
    return element(
      'tr',
      {},
      childrenByName(node, 'table:table-cell').flatMap((cell) => {
        const span = (name: string) => Math.min(1000, Number(cell.attribs[name] ?? 1) || 1);
        const attributes: Record<string, string> = {};
        if (span('table:number-columns-spanned') > 1) attributes.colspan = String(span('table:number-columns-spanned'));
        if (span('table:number-rows-spanned') > 1) attributes.rowspan = String(span('table:number-rows-spanned'));
        const times = Math.min(repeatMax, span('table:number-columns-repeated'));
        return Array.from({ length: times }, () => element('td', { ...attributes }, blocksOf(cell, undefined, 1)));
      }),
    );
  }
}
