import { ninjsProfile } from '../../../newsroom/own-meta.ts';
import { isWebAddress } from '../../../site/link-address.ts';
import { storyTypes } from '../../../story/card.ts';
import { isAuthorId } from '../../../story/names.ts';
import type { StoryFields } from '../../fields.ts';
import { isRecord } from '../../front-matter.ts';
import type { Contributor } from '../../people.ts';

/** What `broadsheet export ninjs` says in roles and relations that no agency uses. */
export interface OwnNinjs {
  fields: Partial<StoryFields>;
  /** The address on the site of the newsroom. */
  path?: string;
}

const objects = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isRecord) : []);
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
const day = /^(\d{4}-\d{2}-\d{2}): ([\s\S]+)$/;

/** Reads an object that a newsroom exported, or undefined if it comes from somebody else. */
export function readOwnNinjs(value: Record<string, unknown>): OwnNinjs | undefined {
  if (value.profile !== ninjsProfile) return undefined;
  const by = (list: unknown, key: string, name: string): Record<string, unknown>[] =>
    objects(list).filter((entry) => entry[key] === name);
  const described = (role: string) => textOf(by(value.descriptions, 'role', role)[0]?.value);
  const ids = (role: string) => by(value.altIds, 'role', role).flatMap((entry) => textOf(entry.value) ?? []);
  const [series] = objects(value.subjects).filter(({ rel }) => /^series(?:: \d+)?$/.test(String(rel)));
  const part = Number(/\d+$/.exec(String(series?.rel))?.[0]);
  const title = textOf(series?.name);
  const source = objects(value.infoSources)[0];
  const [sponsor] = objects(value.organisations).filter(({ rel }) => rel === 'sponsor' || rel === 'partner');
  const corrections = ['correction', 'clarification', 'update', 'editors-note'].flatMap((type) =>
    by(value.descriptions, 'role', type).flatMap((entry) => {
      const [, date, text] = day.exec(textOf(entry.value) ?? '') ?? [];
      return date === undefined || text === undefined ? [] : [{ date, type, text }];
    }),
  );
  const expires = textOf(value.expires);
  const reason = described('withdrawal');
  const genre = textOf(objects(value.genres)[0]?.literal);
  const url = (from: Record<string, unknown> | undefined) => {
    const written = textOf(from?.uri);
    return written !== undefined && isWebAddress(written) ? { url: written } : {};
  };
  const translates = textOf(by(value.associations, 'rel', 'translationOf')[0]?.uri);
  const related = by(value.associations, 'rel', 'related').flatMap(
    (entry): (string | { title: string; url: string })[] => {
      const [uri, name] = [textOf(entry.uri), textOf(entry.name)];
      const story = uri === undefined ? undefined : idIn(uri);
      if (story !== undefined) return [`story:${story}`];
      return uri !== undefined && name !== undefined && isWebAddress(uri) ? [{ title: name, url: uri }] : [];
    },
  );
  const licence = textOf(value.usageTerms);
  return {
    path: ids('path')[0],
    fields: {
      ...defined({
        kicker: textOf(by(value.headlines, 'role', 'kicker')[0]?.value),
        place: ids('id')[0],
        summary: described('summary'),
        type: storyTypes.find((type) => type === genre),
        section: textOf(by(value.subjects, 'rel', 'section')[0]?.literal),
        translates: translates === undefined ? undefined : idIn(translates),
        source:
          textOf(source?.name) === undefined
            ? undefined
            : { name: String(source?.name), ...url(source), ...(licence !== undefined && { licence }) },
      }),
      topics: by(value.subjects, 'rel', 'topic').flatMap((topic) => textOf(topic.name) ?? textOf(topic.literal) ?? []),
      byline: objects(value.people).flatMap((person): Contributor[] => {
        const [, role] = /^author(?:: (.+))?$/.exec(String(person.rel)) ?? [];
        const name = textOf(person.name);
        if (name === undefined || !/^author\b/.test(String(person.rel))) return [];
        if (role !== undefined) return [{ name, role }];
        const author = textOf(person.literal);
        return [{ name, ...(author !== undefined && isAuthorId(author) && { id: author }) }];
      }),
      addresses: ids('alias'),
      own: defined({
        id: ids('name')[0],
        note: described('note'),
        warning: described('warning'),
        corrections: corrections.length > 0 ? corrections : undefined,
        related: related.length > 0 ? related : undefined,
        series: title === undefined ? undefined : { title, ...(Number.isInteger(part) && part > 0 && { part }) },
        sponsor:
          textOf(sponsor?.name) === undefined
            ? undefined
            : {
                ...{ name: String(sponsor?.name), ...url(sponsor) },
                ...(sponsor?.rel === 'partner' && { kind: 'partner' }),
              },
        withdrawn:
          value.pubStatus === 'canceled' && expires !== undefined && reason !== undefined
            ? { date: expires, reason }
            : undefined,
      }),
    },
  };
}

/** The id of a story in a tag URI. */
function idIn(uri: string): string | undefined {
  const found = /^tag:[^,:]+,\d{4}(?:-\d\d){0,2}:(.+)$/.exec(uri)?.[1];
  try {
    return found === undefined ? undefined : decodeURIComponent(found);
  } catch {
    return undefined;
  }
}

const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as T;
