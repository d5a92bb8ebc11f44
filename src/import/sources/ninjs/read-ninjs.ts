import { isRecord } from '../../front-matter.ts';
import { htmlLine } from '../../html-body/convert.ts';
import type { WireItem, WirePicture } from '../wire/wire-item.ts';
import { readOwnNinjs } from './own-ninjs.ts';

/**
 * Reads a ninjs object of any version from 1.3 to 3.1. 1.x has `headline`, `body_html`, and `renditions` by name, and
 * from 2.0 on these are lists of objects with a role.
 */
export function readNinjs(value: Record<string, unknown>): WireItem {
  const get = keysOf(value);
  const bodies = texts(value, 'body', 'bodies');
  const own = readOwnNinjs(value);
  const descriptions = texts(value, 'description', 'descriptions').filter(({ role }) =>
    own ? role === 'lead' : role !== 'caption',
  );
  const used = new Set([
    ...known,
    ...(own ? ownKnown : []),
    ...Object.keys(value).filter((key) => /^(?:body|description|headline)_/.test(key)),
  ]);
  return {
    uri: String(value.uri),
    version: Number.parseInt(get('version') ?? '0', 10) || 0,
    type: get('type'),
    headline: headlineOf(value) ?? get('title'),
    standfirst: plainOf(descriptions.find(({ role }) => /lead|main|summary|standfirst/.test(role)) ?? descriptions[0]),
    byline: get('by') ?? get('byline'),
    dateline: get('located'),
    language: get('language'),
    created: get('firstcreated') ?? get('contentcreated'),
    changed: get('versioncreated'),
    embargo: get('embargoeduntil') ?? get('embargoed'),
    status: get('pubstatus'),
    subjects: objects(value.subjects ?? value.subject)
      .map(({ name }) => name)
      .filter((name): name is string => typeof name === 'string' && name.trim() !== ''),
    holder: get('copyrightholder') ?? sourceOf(value),
    copyright: get('copyrightnotice'),
    usageTerms: get('usageterms'),
    rights: value.rightsInfo ?? value.rightsinfo,
    editorNote: get('ednote'),
    body: bodyOf(bodies),
    pictures: associations(value).flatMap(({ name, object }) => pictureOf(name, object) ?? []),
    related: associations(value).flatMap(({ object }) =>
      (object.type ?? 'text') === 'text' ? (headlineOf(object) ?? keysOf(object)('title') ?? []) : [],
    ),
    own,
    dropped: new Map(Object.entries(value).filter(([key]) => !used.has(key.toLowerCase()))),
  };
}

/** Keys with a place in `WireItem`, or that identify the item. */
const known = [
  ...['uri', 'version', 'type', 'headline', 'headlines', 'title', 'by', 'byline', 'located', 'language'],
  ...[
    'firstcreated',
    'contentcreated',
    'versioncreated',
    'embargoed',
    'embargoeduntil',
    'rightsinfo',
    'pubstatus',
    'subject',
    'subjects',
  ],
  ...['copyrightholder', 'copyrightnotice', 'usageterms', 'ednote', 'bodies', 'descriptions', 'associations'],
  ...['infosource', 'infosources', 'standard', '$standard'],
];

/** What our own export has besides, all of which is used or follows from the rest. */
const ownKnown = 'profile representationtype slugline expires people organisations genres altids renditions'.split(' ');

/** Reads text by its key in lower case: 1.x writes `versioncreated`, and 2.0 and later write `versionCreated`. */
function keysOf(value: Record<string, unknown>): (key: string) => string | undefined {
  const byKey = new Map(Object.entries(value).map(([key, inner]) => [key.toLowerCase(), inner]));
  return (key) => {
    const inner = byKey.get(key);
    return typeof inner === 'string' ? inner : typeof inner === 'number' ? String(inner) : undefined;
  };
}

const objects = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isRecord) : []);

interface RoleText {
  role: string;
  isHtml: boolean;
  value: string;
}

/** The texts of one kind: `body_html: …` in 1.x, `bodies: [{ role, contentType, value }]` since. */
function texts(value: Record<string, unknown>, one: string, many: string): RoleText[] {
  const old = Object.entries(value).flatMap(([key, inner]): RoleText[] => {
    const role = key.startsWith(`${one}_`) ? key.slice(one.length + 1) : undefined;
    return role !== undefined && typeof inner === 'string' ? [{ role, isHtml: /html/i.test(role), value: inner }] : [];
  });
  const now = objects(value[many]).flatMap((entry): RoleText[] => {
    const role = typeof entry.role === 'string' ? entry.role.toLowerCase() : '';
    const type = String(entry.contentType ?? entry.contenttype ?? '');
    return typeof entry.value === 'string'
      ? [{ role, isHtml: /html/i.test(type) || /html/.test(role), value: entry.value }]
      : [];
  });
  return [...old, ...now].filter((text) => text.value.trim() !== '');
}

function headlineOf(value: Record<string, unknown>): string | undefined {
  const list = texts(value, 'headline', 'headlines');
  const main = (list.find(({ role }) => role === 'main' || role === '') ?? list[0])?.value;
  return typeof value.headline === 'string' && value.headline.trim() !== '' ? value.headline : main;
}

/** HTML if there is any, because plain text has lost its subheads, links, and pictures. */
function bodyOf(bodies: readonly RoleText[]): WireItem['body'] {
  const html = bodies.find(({ isHtml }) => isHtml);
  if (html) return { html: html.value };
  const text = bodies.find(({ role }) => role === 'text' || role === 'main') ?? bodies[0];
  return text && { text: text.value };
}

const plainOf = (text: RoleText | undefined): string | undefined =>
  text?.isHtml ? text.value.replace(/<[^<>]*>/g, ' ') : text?.value;

const sourceOf = (value: Record<string, unknown>): string | undefined => {
  const name = objects(value.infoSources ?? value.infosources ?? value.infosource)[0]?.name;
  return typeof name === 'string' ? name : undefined;
};

/** Items that belong to this one: by name in 1.x, as a list since. */
function associations(value: Record<string, unknown>): { name: string; object: Record<string, unknown> }[] {
  if (isRecord(value.associations))
    return Object.entries(value.associations).flatMap(([name, object]) =>
      // Superdesk lists the items of a package below one name.
      (Array.isArray(object) ? object : [object]).filter(isRecord).map((inner) => ({ name, object: inner })),
    );
  return objects(value.associations).map((object) => ({ name: String(object.name ?? ''), object }));
}

function pictureOf(name: string, object: Record<string, unknown>): WirePicture | undefined {
  const get = keysOf(object);
  if (!['picture', 'graphic', 'image', 'photo'].includes(get('type') ?? '')) return undefined;
  const versions = (
    isRecord(object.renditions) ? Object.values(object.renditions).filter(isRecord) : objects(object.renditions)
  ).flatMap((rendition) => {
    const mime = String(rendition.contentType ?? rendition.mimetype ?? '');
    return typeof rendition.href === 'string' && (mime === '' || mime.startsWith('image/'))
      ? [{ href: rendition.href, width: Number(rendition.width ?? 0) || 0 }]
      : [];
  });
  // The sort is stable: of two equally wide versions, the one that the agency names first.
  versions.sort((a, b) => b.width - a.width);
  const src = versions[0]?.href ?? get('uri');
  if (src === undefined) return undefined;
  const descriptions = texts(object, 'description', 'descriptions');
  const caption =
    descriptions.find(({ role }) => role === 'caption') ?? descriptions.find(({ role }) => !/^(?:alt|long)/.test(role));
  return {
    src,
    others: [get('uri'), ...versions.slice(1).map(({ href }) => href)].filter((href) => href !== undefined),
    alt: get('alttext') ?? descriptions.find(({ role }) => /alt/.test(role))?.value,
    // A caption can have links and emphasis, as in a story.
    caption: caption?.isHtml ? htmlLine(caption.value) : caption?.value,
    credit: get('by') ?? get('byline') ?? get('creditline') ?? get('copyrightholder') ?? sourceOf(object),
    usageTerms: get('usageterms'),
    isLead: /^(?:feature|main|lead|hero|primary|top)/i.test(name),
  };
}
