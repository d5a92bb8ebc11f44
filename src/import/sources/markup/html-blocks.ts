import type { Block, BlockPicture, Role } from '../arrange/block.ts';
import {
  wordsOf as allWordsOf,
  byName,
  type ChildNode,
  classesOf,
  closest,
  type Element,
  element,
  elementsOf,
  firstByName,
  innerHtml,
  isTag,
  isText,
  outerHtml,
  type ParentNode,
  remove,
} from './tree.ts';

/** The words without the numbers of notes, which are only links. */
const wordsOf = (node: ParentNode): string =>
  byName(node, 'sup').some(isNote)
    ? allWordsOf(node, (each) => isTag(each) && each.name === 'sup' && isNote(each))
    : allWordsOf(node);

const isNote = (sup: Element): boolean =>
  byName(sup, 'a').some(({ attribs }) => /^#(?:footnote|endnote|ftnt|fn|cmnt)/.test(attribs.href ?? ''));

const containers = new Set(
  'html body main article section div header footer center font span aside nav form fieldset details'.split(' '),
);
const inline = new Set(
  'a abbr b bdi bdo big br cite code data del dfn em i ins kbd mark q s samp small strike strong sub sup time tt u var'.split(
    ' ',
  ),
);
const roles: ReadonlySet<string> = new Set([
  'title',
  'standfirst',
  'kicker',
  'byline',
  'dateline',
  'caption',
  'credit',
  'pull',
]);

/**
 * Cuts HTML into the blocks that `arrange` reads. The class `bs-caption` gives a paragraph the role of a caption, and so
 * on.
 */
export function htmlToBlocks(root: ParentNode): Block[] {
  const blocks: Block[] = [];
  let loose: ChildNode[] = [];
  const endLoose = () => {
    const nodes = loose;
    loose = [];
    if (nodes.some((node) => !isText(node) || node.data.trim() !== ''))
      blocks.push(...paragraphToBlocks(element('p', {}, nodes), undefined));
  };
  const stack: (ChildNode | 'end')[] = [...root.children].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node === 'end') endLoose();
    else if (isText(node)) loose.push(node);
    else if (!isTag(node)) continue;
    else if (inline.has(node.name) || (node.name === 'span' && !hasBlock(node)) || node.name === 'img')
      loose.push(node);
    else if (containers.has(node.name) || ((node.name === 'a' || node.name === 'table') && isWrapper(node))) {
      endLoose();
      stack.push('end');
      for (const child of [...unwrapped(node)].reverse()) stack.push(child);
    } else {
      endLoose();
      blocks.push(...elementToBlocks(node));
    }
  }
  endLoose();
  return blocks;
}

const hasBlock = (node: Element): boolean => byName(node, 'p', 'div', 'ul', 'ol', 'table', 'h1', 'h2', 'h3').length > 0;

/** A table with one cell is a box around text. */
const isWrapper = (node: Element): boolean =>
  node.name === 'a' ? hasBlock(node) : byName(node, 'td', 'th').length === 1;

const unwrapped = (node: Element): ChildNode[] =>
  node.name === 'table' ? (firstByName(node, 'td', 'th')?.children ?? []) : node.children;

function elementToBlocks(node: Element): Block[] {
  const { name } = node;
  if (name === 'script' || name === 'style' || name === 'head' || name === 'noscript' || name === 'template') return [];
  if (name === 'hr') return [{ kind: 'rule', text: '', html: '<hr>' }];
  if (name === 'p' || name === 'address') return paragraphToBlocks(node, roleOf(node));
  if (name === 'figure') return figureToBlocks(node);
  const text = wordsOf(node);
  if (/^h[1-6]$/.test(name)) {
    const pictures = takePictures(node);
    const said = wordsOf(node);
    if (said === '') return pictures;
    const role = roleOf(node);
    return [
      ...pictures,
      {
        kind: 'heading',
        text: said,
        html: `<${name}>${innerHtml(node)}</${name}>`,
        level: Number(name[1]),
        ...(role ? { role } : {}),
      },
    ];
  }
  if (text === '' && byName(node, 'img').length === 0) return [];
  // The notes at the end of a document are numbered by their place, so nothing may be removed from them.
  if (name === 'ol' && byName(node, 'li').some(({ attribs }) => /^(?:foot|end)note/.test(attribs.id ?? '')))
    return [{ kind: 'other', text, html: outerHtml(node) }];
  if (name === 'ul' || name === 'ol')
    return [{ kind: 'list', text, html: outerHtml(node), items: byName(node, 'li').map((item) => wordsOf(item)) }];
  if (name === 'blockquote')
    return [
      {
        kind: 'quote',
        text,
        html: classesOf(node).includes('bs-pull') ? innerHtml(node) : outerHtml(node),
        ...(classesOf(node).includes('bs-pull') ? { role: 'pull' as const } : {}),
      },
    ];
  if (name === 'table') return [{ kind: 'table', text, html: outerHtml(node) }];
  return [{ kind: 'other', text, html: outerHtml(node) }];
}

function roleOf(node: Element): Role | undefined {
  const found = classesOf(node)
    .map((name) => name.replace(/^bs-/, ''))
    .find((name) => roles.has(name) && classesOf(node).includes(`bs-${name}`));
  return found as Role | undefined;
}

function paragraphToBlocks(node: Element, role: Role | undefined): Block[] {
  const isLast = endsWithPicture(node);
  const pictures = takePictures(node);
  const text = wordsOf(node);
  if (text === '') return pictures;
  const content = innerHtml(node).replace(/^(?:\s|<br>)+|(?:\s|<br>)+$/g, '');
  const strong = byName(node, 'strong', 'b').filter((each) => closest(each, 'strong', node) === undefined);
  const isStrong = strong.map((each) => wordsOf(each)).join(' ').length >= text.length - 1;
  return [
    ...(isLast ? [] : pictures),
    {
      kind: 'paragraph',
      text,
      html: `<p>${content}</p>`,
      ...(role ? { role } : {}),
      ...(isStrong ? { isStrong } : {}),
    },
    ...(isLast ? pictures : []),
  ];
}

/** Whether all the words of a paragraph come before its pictures. */
function endsWithPicture(node: Element): boolean {
  const leaves = elementsOf(node).filter(({ name }) => name === 'img');
  const [first] = leaves;
  if (first === undefined) return false;
  const order: ChildNode[] = [];
  const stack: ChildNode[] = [...node.children].reverse();
  for (let each = stack.pop(); each !== undefined; each = stack.pop()) {
    order.push(each);
    if ('children' in each) stack.push(...[...each.children].reverse());
  }
  return order.slice(order.indexOf(first)).every((each) => !isText(each) || each.data.trim() === '');
}

/** Pictures become blocks of their own, beside the paragraph that they were in. */
function takePictures(node: Element): Block[] {
  return byName(node, 'img').map((image) => {
    const picture = pictureOf(image);
    const around = closest(image, 'a', node);
    const href = around !== undefined && wordsOf(around) === '' ? around.attribs.href : undefined;
    remove(around !== undefined && href !== undefined && byName(around, 'img').length <= 1 ? around : image);
    return { kind: 'picture', text: '', html: '', picture: { ...picture, ...(href === undefined ? {} : { href }) } };
  });
}

function pictureOf(image: Element): BlockPicture {
  const { src, alt, title } = image.attribs;
  return {
    ...(src === undefined ? {} : { src }),
    ...(alt?.trim() ? { alt: alt.trim() } : {}),
    ...(title?.trim() && title.trim() !== alt?.trim() ? { caption: title.trim() } : {}),
  };
}

/** "Photo: ", and "Credit" where the page put a line break that a copy does not have. */
const creditLabel = /^(?:(?:photo|foto|credit|bild|image)\s*:\s*|Credit\s*(?:\.\.\.|…)?\s*(?=\p{Lu}))+/iu;

function figureToBlocks(figure: Element): Block[] {
  const caption = firstByName(figure, 'figcaption');
  const image = firstByName(figure, 'img');
  // A figure can also hold a table, a video, or several pictures.
  if (image === undefined || byName(figure, 'img').length > 1 || byName(figure, 'table', 'iframe', 'video').length > 0)
    return [{ kind: 'other', text: wordsOf(figure), html: outerHtml(figure) }];
  const credit =
    caption &&
    byName(caption, 'cite', 'small', 'span').find((each) =>
      /credit|copyright|source|agency/i.test(each.attribs.class ?? ''),
    );
  const creditWords = credit ? wordsOf(credit) : undefined;
  if (credit) remove(credit);
  const words = caption ? wordsOf(caption) : undefined;
  const around = closest(image, 'a', figure);
  return [
    {
      kind: 'picture',
      text: '',
      html: '',
      picture: {
        ...pictureOf(image),
        ...(around?.attribs.href === undefined ? {} : { href: around.attribs.href }),
        ...(words && caption ? { caption: words, captionHtml: innerHtml(caption).trim() } : {}),
        ...(creditWords ? { credit: creditWords.replace(creditLabel, '') } : {}),
      },
    },
  ];
}
