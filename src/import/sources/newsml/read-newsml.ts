import { type Element, isTag, isText } from 'domhandler';
import { parseDocument } from 'htmlparser2';
import type { WireItem, WirePicture } from '../wire/wire-item.ts';
import { bodyHtml } from './inline-xml.ts';
import { all, attribute, dropPrefixes, first, textOf } from './tree.ts';

/**
 * Reads the items of a NewsML-G2 document: a `newsItem`, or a `newsMessage` with several. It is read leniently, because
 * no two agencies use the same parts of the standard.
 *
 * @returns each item, or a sentence about what is wrong
 */
export function readNewsml(text: string): (WireItem | string)[] {
  const document = parseDocument(text, { xmlMode: true, decodeEntities: true });
  const root = document.children.find(isTag);
  if (root === undefined) return ['not XML'];
  // The parser is silent about a file that was cut off.
  if (
    !new RegExp(`</${root.name.replace(/[^\w:.-]/g, '')}\\s*>\\s*$|/>\\s*$`).test(
      text.replace(/<!--[\s\S]*?-->\s*$/, ''),
    )
  )
    return ['the file ends in the middle of an item'];
  dropPrefixes(root);
  if (!['newsItem', 'newsMessage', 'packageItem'].includes(root.name))
    return [`not NewsML-G2: its first element is <${root.name}>`];
  const elements = root.name === 'newsMessage' ? all(root, 'newsItem') : root.name === 'newsItem' ? [root] : [];
  if (elements.length === 0) return ['it has no newsItem, only references to others'];
  const items = elements.map((element) => ({ element, item: itemOf(element) }));
  const pictures = new Map(
    items.flatMap(({ element, item }) => pictureOf(element, item)).map((each) => [each.uri, each]),
  );
  const isText = ({ item }: (typeof items)[number]): boolean => item.type === 'text' || item.type === 'composite';
  const texts = items.filter(isText);
  for (const { element, item } of texts) {
    const linked = all(element, 'link').flatMap((link) => pictures.get(attribute(link, 'residref') ?? '') ?? []);
    // In a message with a single text, the pictures can only belong to it.
    const chosen = linked.length > 0 || texts.length > 1 ? linked : [...pictures.values()];
    for (const { picture } of chosen) if (!item.pictures.includes(picture)) item.pictures.push(picture);
  }
  const used = new Set(texts.flatMap(({ item }) => item.pictures));
  return items
    .filter(({ item }) => {
      const picture = pictures.get(item.uri)?.picture;
      return picture === undefined || !used.has(picture);
    })
    .map(({ item }) => item);
}

function itemOf(element: Element): WireItem {
  const meta = first(element, 'itemMeta');
  const content = first(element, 'contentMeta');
  const rights = first(element, 'rightsInfo');
  const type = attribute(first(meta, 'itemClass'), 'qcode')?.replace(/^.*:/, '');
  const embargo = first(meta, 'embargoed');
  const descriptions = all(content, 'description');
  const isCaption = (each: Element): boolean => /caption/.test(attribute(each, 'role') ?? '');
  const headlines = all(content, 'headline');
  return {
    uri: attribute(element, 'guid') ?? '',
    version: Number.parseInt(attribute(element, 'version') ?? '0', 10) || 0,
    type: type ?? 'text',
    headline:
      textOf(headlines.find((each) => /main/.test(attribute(each, 'role') ?? ''))) ??
      textOf(headlines[0]) ??
      textOf(first(meta, 'title')),
    standfirst: textOf(descriptions.find((each) => !isCaption(each))),
    byline: textOf(first(content, 'by')) ?? namesOf(content, 'creator'),
    dateline: textOf(first(content, 'dateline')) ?? nameOf(first(content, 'located')),
    language: attribute(first(content, 'language'), 'tag') ?? attribute(element, 'xml:lang'),
    created: textOf(first(meta, 'firstCreated')) ?? textOf(first(content, 'contentCreated')),
    changed: textOf(first(meta, 'versionCreated')),
    // An empty element means that the end of the embargo is not known yet.
    embargo: embargo === undefined ? undefined : (textOf(embargo) ?? ''),
    status: statusOf(meta),
    subjects: all(content, 'subject').flatMap((subject) => nameOf(subject) ?? []),
    holder: nameOf(first(rights, 'copyrightHolder')) ?? nameOf(first(meta, 'provider')),
    copyright: textOf(first(rights, 'copyrightNotice')),
    usageTerms: textOf(first(rights, 'usageTerms')),
    editorNote: textOf(first(meta, 'edNote')),
    body: bodyHtml(first(element, 'contentSet')),
    pictures: [],
    related: all(meta, 'link').flatMap((link) => textOf(first(link, 'title')) ?? textOf(first(link, 'headline')) ?? []),
    dropped: new Map(
      ['slugline', 'urgency', 'genre', 'keyword'].flatMap((name): [string, unknown][] => {
        const value = textOf(first(content, name)) ?? attribute(first(content, name), 'qcode');
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  };
}

/** `stat:usable`, and `usable` if the element is missing, as the standard says. */
function statusOf(meta: Element | undefined): string | undefined {
  const status = first(meta, 'pubStatus');
  return (
    status && (attribute(status, 'qcode') ?? attribute(status, 'uri') ?? textOf(status) ?? '').replace(/^.*[:/]/, '')
  );
}

function pictureOf(element: Element, item: WireItem): { uri: string; picture: WirePicture }[] {
  if (item.type !== 'picture' && item.type !== 'graphic') return [];
  const versions = all(first(element, 'contentSet'), 'remoteContent')
    .map((content) => ({
      href: attribute(content, 'href') ?? attribute(content, 'residref') ?? '',
      width: Number(attribute(content, 'width') ?? 0) || 0,
      type: attribute(content, 'contenttype') ?? '',
    }))
    .filter(({ href, type }) => href !== '' && (type === '' || type.startsWith('image/')));
  versions.sort((a, b) => b.width - a.width);
  const src = versions[0]?.href;
  if (src === undefined) return [];
  const content = first(element, 'contentMeta');
  const descriptions = all(content, 'description');
  const caption = descriptions.find((each) => /caption/.test(attribute(each, 'role') ?? '')) ?? descriptions[0];
  const picture: WirePicture = {
    src,
    others: versions.slice(1).map(({ href }) => href),
    alt: textOf(descriptions.find((each) => /alt/i.test(attribute(each, 'role') ?? ''))),
    caption: textOf(caption),
    credit: textOf(first(content, 'creditline')) ?? item.byline ?? item.holder,
    usageTerms: item.usageTerms,
    isLead: false,
  };
  return [{ uri: item.uri, picture }];
}

const nameOf = (element: Element | undefined): string | undefined =>
  element && (textOf(first(element, 'name')) ?? attribute(element, 'literal') ?? ownText(element));

const namesOf = (parent: Element | undefined, name: string): string | undefined => {
  const names = all(parent, name).flatMap((each) => nameOf(each) ?? []);
  return names.length > 0 ? names.join('; ') : undefined;
};

const ownText = (element: Element): string | undefined => {
  const text = element.children
    .filter(isText)
    .map(({ data }) => data)
    .join('')
    .trim();
  return text === '' ? undefined : text;
};
