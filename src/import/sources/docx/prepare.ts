import {
  byName,
  type ChildNode,
  child,
  childrenByName,
  closest,
  type Element,
  element,
  elementsOf,
  firstByName,
  insertAfter,
  isTag,
  type ParentNode,
  parseXml,
  remove,
  replace,
  text,
  unwrap,
  wordsOf,
  xmlText,
} from '../markup/tree.ts';

/** What a part of a Word document has that its text alone does not say. */
export interface Prepared {
  xml: string;
  insertions: number;
  deletions: number;
  /** Who made the changes. */
  reviewers: Set<string>;
  notes: string[];
}

export type ChangesRule = 'accept' | 'reject';

const boxWords = 'A text box was put below the paragraph that it belongs to: ';

/**
 * Changes the XML of a part so that mammoth, which converts it, loses nothing: the words of text boxes, fields, ruby, and
 * equations, and pictures in groups. Mammoth accepts tracked changes without a word, so they are counted, and rejected
 * here if that is wanted. Hidden text is left out, because readers of the document do not see it either.
 */
export function prepare(xml: string, changes: ChangesRule): Prepared {
  const root = parseXml(xml);
  const prepared: Prepared = { xml, insertions: 0, deletions: 0, reviewers: new Set(), notes: [] };
  trackChanges(root, changes, prepared);
  for (const run of byName(root, 'w:r')) {
    const vanish = child(child(run, 'w:rPr'), 'w:vanish');
    if (vanish === undefined || /^(?:0|false|off)$/.test(vanish.attribs['w:val'] ?? '')) continue;
    const words = wordsOf(run);
    if (words !== '') prepared.notes.push(`Hidden text was left out: “${words}”`);
    remove(run);
  }
  for (const control of byName(root, 'w:sdt')) {
    // Of fields that are nested without end, only the innermost ones are whole.
    if (child(control, 'w:sdtContent') === undefined) unwrap(control);
    if (child(child(control, 'w:sdtPr'), 'w:showingPlcHdr') === undefined) continue;
    prepared.notes.push(`The prompt of a form field was left out: “${wordsOf(control)}”`);
    remove(control);
  }
  for (const content of byName(root, 'w:sdtContent'))
    if (content.parent !== null && !(isTag(content.parent) && content.parent.name === 'w:sdt')) unwrap(content);
  for (const field of byName(root, 'w:fldSimple')) {
    if (/^\s*(?:PAGE|NUMPAGES)\b/i.test(field.attribs['w:instr'] ?? '')) remove(field);
    else unwrap(field);
  }
  for (const wrapper of byName(root, 'w:dir', 'w:bdo', 'w:ruby', 'w:rubyBase')) {
    for (const reading of childrenByName(wrapper, 'w:rt')) bracket(reading);
    unwrap(wrapper);
  }
  for (const formula of byName(root, 'm:oMath')) {
    const words = byName(formula, 'm:t')
      .map((part) => wordsOf(part))
      .join('');
    prepared.notes.push(`A formula became plain text: “${words}”`);
    replace(formula, [runOf(words)]);
  }
  for (const wrapper of byName(root, 'm:oMathPara')) unwrap(wrapper);
  for (const drawing of drawingsOf(root)) liftDrawing(drawing, prepared);
  // `withExternalPictures` has made a part of each picture that is only linked to.
  for (const { attribs } of byName(root, 'a:blip'))
    if (!attribs['r:embed'] && attribs['r:link']) attribs['r:embed'] = attribs['r:link'];
  prepared.xml = xmlText(root);
  return prepared;
}

function trackChanges(root: ParentNode, rule: ChangesRule, prepared: Prepared): void {
  for (const change of byName(root, 'w:ins', 'w:del', 'w:moveFrom', 'w:moveTo')) {
    const isInsertion = change.name === 'w:ins' || change.name === 'w:moveTo';
    if (isInsertion) prepared.insertions++;
    else prepared.deletions++;
    const author = change.attribs['w:author'];
    if (author) prepared.reviewers.add(author);
    if (rule === 'accept') continue;
    const owner = change.parent;
    if (owner !== null && isTag(owner) && owner.name === 'w:trPr') {
      if (isInsertion && owner.parent) remove(owner.parent as Element);
      else remove(change);
    } else if (owner !== null && isTag(owner) && owner.name === 'w:rPr') {
      // The mark at the end of a paragraph. Without it, the paragraph goes on in the next one.
      if (isInsertion) joinWithNext(closest(change, 'w:p'));
      remove(change);
    } else if (isInsertion) remove(change);
    else {
      for (const deleted of byName(change, 'w:delText')) deleted.name = 'w:t';
      for (const deleted of byName(change, 'w:delInstrText')) deleted.name = 'w:instrText';
      unwrap(change);
    }
  }
}

function joinWithNext(paragraph: Element | undefined): void {
  let next = paragraph?.next ?? null;
  while (next !== null && !isTag(next)) next = next.next;
  if (paragraph === undefined || next === null || !isTag(next) || next.name !== 'w:p') return;
  const own = paragraph.children.filter((node) => !(isTag(node) && node.name === 'w:pPr'));
  const properties = child(next, 'w:pPr');
  if (properties) insertAfter(properties, own);
  else if (next.children[0]) replace(next.children[0], [...own, next.children[0]]);
  else for (const node of own) next.children.push(node);
  remove(paragraph);
}

function bracket(reading: Element): void {
  const first = firstByName(reading, 'w:t');
  if (first) replace(first, [element('w:t', {}, [text(`(${wordsOf(reading)})`)])]);
  unwrap(reading);
}

const runOf = (words: string): Element =>
  element('w:r', {}, [element('w:t', { 'xml:space': 'preserve' }, [text(words)])]);

/** Drawings that are not inside another one: shapes, groups, text boxes, and their older forms. */
const drawingsOf = (root: ParentNode): Element[] =>
  byName(root, 'mc:AlternateContent', 'w:drawing', 'w:pict').filter(
    (node) => !['mc:AlternateContent', 'w:drawing', 'w:pict'].some((name) => closest(node, name) !== undefined),
  );

/** Leaves pictures where they are, and puts the words of text boxes below the paragraph. */
function liftDrawing(drawing: Element, prepared: Prepared): void {
  // Word writes the same content twice: for itself, and for older programs.
  const choice = drawing.name === 'mc:AlternateContent' ? child(drawing, 'mc:Choice') : undefined;
  const content =
    drawing.name !== 'mc:AlternateContent'
      ? drawing
      : choice !== undefined && byName(choice, 'pic:pic', 'w:txbxContent', 'v:imagedata').length > 0
        ? choice
        : (child(drawing, 'mc:Fallback') ?? choice);
  if (content === undefined) return;
  const boxes = byName(content, 'w:txbxContent').filter((box) => closest(box, 'w:txbxContent', content) === undefined);
  const pictures = byName(content, 'pic:pic').filter(
    (picture) => closest(picture, 'w:txbxContent', content) === undefined,
  );
  const isPlain =
    boxes.length === 0 &&
    pictures.every(
      (picture) =>
        closest(picture, 'a:graphicData')?.parent === closest(picture, 'a:graphic') &&
        picture.parent === closest(picture, 'a:graphicData'),
    );
  if (boxes.length === 0 && pictures.length === 0 && byName(content, 'v:imagedata').length === 0) {
    const kind = elementsOf(content).find(({ name }) => /^(?:c:chart|dgm:relIds|wpc:wpc)$/.test(name));
    if (kind !== undefined)
      prepared.notes.push(
        `A ${kind.name === 'c:chart' ? 'chart' : 'diagram'} was left out. Save it as a picture if the story needs it.`,
      );
  }
  const words: ChildNode[] = [];
  for (const box of boxes) {
    const said = wordsOf(box);
    if (said !== '') prepared.notes.push(`${boxWords}“${said.slice(0, 200)}”`);
    words.push(...box.children.filter((node) => isTag(node)));
  }
  const paragraph = outermost(drawing, 'w:p');
  if (words.length > 0 && paragraph !== undefined) insertAfter(paragraph, words);
  if (content !== drawing || !isPlain) {
    const kept = isPlain
      ? content.children
      : [
          ...pictures.map(inlinePicture),
          ...byName(content, 'v:imagedata')
            .filter((picture) => closest(picture, 'w:txbxContent', content) === undefined)
            .map((picture) => element('w:pict', {}, [element('v:shape', {}, [picture])])),
        ];
    replace(drawing, kept);
  }
}

function inlinePicture(picture: Element): Element {
  const own = firstByName(picture, 'pic:cNvPr')?.attribs ?? {};
  const outer = closest(picture, 'wp:anchor') ?? closest(picture, 'wp:inline');
  const around = outer && byName(outer, 'pic:pic').length === 1 ? (child(outer, 'wp:docPr')?.attribs ?? {}) : {};
  const descr = own.descr ?? own.title ?? around.descr ?? around.title ?? '';
  const graphic = element('a:graphic', {}, [element('a:graphicData', {}, [picture])]);
  return element('w:drawing', {}, [
    element('wp:inline', {}, [element('wp:docPr', descr === '' ? {} : { descr }), graphic]),
  ]);
}

function outermost(node: ChildNode, name: string): Element | undefined {
  let found: Element | undefined;
  for (let parent = node.parent; parent !== null; parent = parent.parent)
    if (isTag(parent) && parent.name === name) found = parent;
  return found;
}
