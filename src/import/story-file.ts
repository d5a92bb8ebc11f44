import type { PlannedStory } from './plan.ts';
import type { SourceAuthor } from './source.ts';

export interface Lead {
  src: string;
  alt?: string;
  caption?: string;
  credit?: string;
  decorative?: true;
}

/**
 * The file of a story: front matter with only the documented keys, in the order of the documentation, an empty line,
 * and the body.
 */
export function printStory(
  planned: PlannedStory,
  extra: { body: string; lead?: Lead; decorative: readonly string[] },
): string {
  const { fields } = planned;
  const lines: string[] = [];
  const add = (key: string, value: string | undefined) => {
    if (value !== undefined) lines.push(`${key}: ${value}`);
  };
  const text = (value: string | undefined) => (value === undefined ? undefined : scalar(value));
  add('headline', scalar(planned.headline));
  add('standfirst', text(fields.standfirst));
  add('kicker', text(fields.kicker));
  add('section', text(fields.section));
  if (fields.topics.length > 0) add('topics', `[${fields.topics.map(scalar).join(', ')}]`);
  if (fields.byline.length > 0)
    lines.push(
      'byline:',
      ...fields.byline.map((entry) => `  - ${entry.id === undefined ? mapping(entry) : scalar(entry.id)}`),
    );
  add('dateline', text(fields.dateline));
  add('published', fields.published?.text);
  add('updated', fields.updated?.text);
  add('embargo', fields.embargo?.text);
  add('type', fields.type);
  if (extra.lead) add('lead', mapping(extra.lead));
  if (extra.decorative.length > 0)
    lines.push('pictures:', ...extra.decorative.map((name) => `  ${scalar(name)}: { decorative: true }`));
  add('summary', text(fields.summary));
  add('series', text(fields.series));
  if (fields.source) add('source', mapping(fields.source));
  add('language', text(fields.language));
  if (planned.aliases.length > 0) lines.push('aliases:', ...planned.aliases.map((alias) => `  - ${scalar(alias)}`));
  if (planned.draft !== undefined) add('draft', 'true');
  const body = extra.body.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
  return `---\n${lines.join('\n')}\n---\n${body === '' ? '' : `\n${body}\n`}`;
}

const mapping = (entries: object): string =>
  `{ ${Object.entries(entries)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}: ${typeof value === 'boolean' ? value : scalar(String(value))}`)
    .join(', ')} }`;

/**
 * The file of a standing page, which has fewer keys.
 */
export function printPage(planned: PlannedStory, extra: { body: string; decorative: readonly string[] }): string {
  const { fields } = planned;
  const lines = [`headline: ${scalar(planned.headline)}`];
  if (fields.standfirst !== undefined) lines.push(`standfirst: ${scalar(fields.standfirst)}`);
  if (fields.language !== undefined) lines.push(`language: ${scalar(fields.language)}`);
  if (planned.draft !== undefined) lines.push('draft: true');
  if (planned.aliases.length > 0) lines.push('aliases:', ...planned.aliases.map((alias) => `  - ${scalar(alias)}`));
  if (extra.decorative.length > 0)
    lines.push('pictures:', ...extra.decorative.map((name) => `  ${scalar(name)}: { decorative: true }`));
  const body = extra.body.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
  return `---\n${lines.join('\n')}\n---\n${body === '' ? '' : `\n${body}\n`}`;
}

/** The file of an author. */
export function printAuthor({ name, role, bio, links }: SourceAuthor): string {
  const lines = [`name: ${scalar(name)}`];
  if (role !== undefined) lines.push(`role: ${scalar(role)}`);
  if (bio !== undefined) lines.push(`bio: ${scalar(bio)}`);
  if (links !== undefined && links.length > 0) lines.push('links:', ...links.map((link) => `  - ${mapping(link)}`));
  return `${lines.join('\n')}\n`;
}

/** Without quotation marks if no YAML reader could read it as something else, otherwise in double quotation marks. */
function scalar(value: string): string {
  const isPlain =
    /^[\p{L}][\p{L}\p{M}\p{N} ./()+-]*$/u.test(value) &&
    !value.endsWith(' ') &&
    !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(value);
  return isPlain
    ? value
    : JSON.stringify(value.toWellFormed()).replace(
        /[\u007f-\u009f\u2028\u2029\ufeff]/g,
        (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
}
