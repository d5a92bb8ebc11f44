import type { FieldContext, StoryFields } from '../../fields.ts';
import { htmlWords } from '../../html-body/convert.ts';
import { readMoment } from '../../read-moment.ts';
import type { PostRow } from './posts-csv.ts';

/** Who can read a post, if it is not everybody. */
const audiences: Readonly<Record<string, string>> = {
  only_paid: 'only for paying subscribers',
  only_free: 'only for subscribers who do not pay',
  founding: 'only for founding members',
  '': 'posts.csv does not say who can read it',
};

/** Types of posts that readers of the site see. */
const publicTypes = new Set(['newsletter', 'podcast', 'thread', 'video', 'page', 'restack', 'post', '']);

/** The name of a post in its address: `posts.csv` has `123.the-name` as its id. */
export const slugOf = (id: string): string => /^\d+\.(.+)$/.exec(id)?.[1] ?? '';

/** What a post of Substack becomes, without its body. @param row undefined if `posts.csv` does not list it */
export function fieldsOf(
  id: string,
  row: PostRow | undefined,
  { site, log }: FieldContext,
): { fields: StoryFields; notes: string[]; isPage: boolean } {
  const fields: StoryFields = { topics: [], byline: [], addresses: [] };
  const notes: string[] = [];
  const get = (name: string): string => row?.get(name) ?? '';
  const mapped = (from: string, to: string, value: string): void => log.add('mapped', from, to, value);
  const draft = (from: string, value: string, reason: string): void => {
    fields.draft ??= reason;
    mapped(from, 'draft', value);
  };

  fields.headline = htmlWords(get('title')) || undefined;
  if (fields.headline !== undefined) mapped('title', 'headline', fields.headline);
  fields.standfirst = htmlWords(get('subtitle')) || undefined;
  if (fields.standfirst !== undefined) mapped('subtitle', 'standfirst', fields.standfirst);
  fields.slug = slugOf(id) || undefined;
  if (fields.slug !== undefined) mapped('post_id', 'the address', fields.slug);
  const date = get('post_date');
  fields.published = readMoment(date, site.timeZone);
  if (fields.published !== undefined) mapped('post_date', 'published', fields.published.text);
  else if (date !== '') {
    log.add('dropped', 'post_date', '', date, 'not a date that exists');
    notes.push(`${date} is not a date that exists`);
  }

  if (row === undefined) {
    fields.draft = 'posts.csv does not list it, so it may never have been published';
    log.add('defaulted', '', 'draft', 'true', 'posts.csv does not list it');
  } else {
    const published = get('is_published').toLowerCase();
    if (/^(?:true|1|yes)$/.test(published))
      log.add('dropped', 'is_published', '', published, 'says that the story is public');
    else draft('is_published', published, 'not published');
    const audience = get('audience').toLowerCase();
    if (audience === 'everyone') log.add('dropped', 'audience', '', audience, 'says that the story is public');
    else draft('audience', audience, audiences[audience] ?? `only for some readers (audience: ${audience})`);
  }
  const type = get('type').toLowerCase();
  if (type === 'adhoc_email') draft('type', type, 'sent by e-mail only');
  else if (!publicTypes.has(type)) draft('type', type, `its type in Substack is ${type}, which is not known`);
  else if (type !== '') {
    log.add('dropped', 'type', '', type, 'a story has no such field');
    if (type !== 'newsletter' && type !== 'page' && type !== 'post') notes.push(`its type in Substack is ${type}`);
  }
  if (/^https?:\/\//i.test(get('podcast_url'))) mapped('podcast_url', 'a card in the text', get('podcast_url'));
  for (const [name, value] of row ?? [])
    if (value !== '' && !known.has(name))
      log.add(
        'dropped',
        name,
        '',
        value,
        /_sent_at$/.test(name) ? 'when it was sent by e-mail' : 'a story has no such field',
      );
  return { fields, notes, isPage: type === 'page' };
}

const known = new Set('post_id post_date is_published type audience title subtitle podcast_url'.split(' '));
