import type { LinkAnswer, PictureEntry } from './body/context.ts';
import { type ConvertedBody, convertBody, type ParsedBody } from './body/convert.ts';
import { convertHtmlItem } from './convert-html.ts';
import { convertLead } from './convert-lead.ts';
import type { ConvertedStory, ConvertTools } from './converted.ts';
import { answerLink, type LinkPlace } from './links.ts';
import { extensionsToMarkdown } from './markdown-extensions.ts';
import { mdxToMarkdown } from './mdx.ts';
import type { PictureShelf } from './picture-shelf.ts';
import type { PlannedStory } from './plan.ts';
import type { Change } from './receipt.ts';
import { shortcodesToMarkdown } from './shortcodes.ts';
import type { ItemBody } from './source.ts';
import { lineCounter, type Spliced, unspliced } from './splice.ts';
import type { StoryFields } from './story-fields.ts';

/** Converts a Markdown or MDX file into a story. */
export async function convertMarkdown(
  planned: PlannedStory,
  read: Extract<ItemBody, { kind: 'markdown' }>,
  tools: ConvertTools,
): Promise<ConvertedStory | { reason: string }> {
  const { shelf, map } = tools;
  const { file, fields, headline } = planned;
  const lineOf = lineCounter(read.text);
  const place: LinkPlace = { file, address: planned.aliases[0] };
  const notes: string[] = [];
  const changes: Change[] = [];
  let source: Spliced = { ...unspliced(read.text.slice(read.bodyStart)), origin: (offset) => read.bodyStart + offset };

  if (read.isMdx) {
    const markdown = mdxToMarkdown(source, { file, lineOf });
    if (markdown === undefined) notes.push('not valid MDX; read as Markdown');
    else {
      source = markdown.spliced;
      changes.push(...markdown.changes);
    }
  }
  const isTemplate = /(?:^|\/)_(?:posts|drafts)\//.test(file) || (fields.address ?? '').includes('{{');
  const shortcodes = shortcodesToMarkdown(source, { file, headline, isTemplate, siteWords: read.siteWords, lineOf });
  source = shortcodes.spliced;
  changes.push(...shortcodes.changes);
  if (!read.isHtml) {
    const plain = extensionsToMarkdown(source, { file, lineOf });
    source = plain.spliced;
    changes.push(...plain.changes);
  }

  if (read.isHtml) {
    const story = await convertHtmlItem(planned, { key: read.key, kind: 'html', text: source.text }, tools);
    return 'reason' in story ? story : { ...story, changes: [...changes, ...story.changes] };
  }
  const parsed: ParsedBody = {};
  // A list of changes in software has thousands of links to the same few addresses, and each is asked several times.
  const answers = new Map<string, LinkAnswer>();
  const link = (url: string): LinkAnswer => {
    let answer = answers.get(url);
    if (answer === undefined) {
      answer = answerLink(url, place, map);
      answers.set(url, answer);
    }
    return answer;
  };
  const convert = (): { body: ConvertedBody; pictures: ReturnType<PictureShelf['story']> } => {
    const pictures = shelf.story(place);
    const body = convertBody(source, { file, headline, lineOf, link, picture: pictures.answer }, parsed);
    if (fields.cover) pictures.answer(fields.cover.src);
    return { body, pictures };
  };
  let { body, pictures } = convert();
  // The pictures are read only now, when it is known which are needed. Then the story is converted again.
  if (await shelf.load()) ({ body, pictures } = convert());

  let text = body.text;
  let lead: ConvertedStory['lead'];
  if (fields.cover) {
    const line = lineOf(Math.max(0, read.text.slice(0, read.bodyStart).indexOf(fields.cover.src)));
    const converted = convertLead(fields.cover, pictures, body.alts, { file, line });
    lead = converted.lead;
    if (converted.above) text = `${converted.above}\n\n${text.replace(/^(?:[ \t]*\n)+/, '')}`;
    changes.push(...converted.changes);
  }
  const entries = new Map(body.entries);
  for (const [src, words] of Object.entries((fields.own?.pictures ?? {}) as Record<string, PictureEntry>)) {
    const { name } = pictures.answer(src);
    if (name !== undefined) entries.set(name, { ...entries.get(name), ...words });
  }
  changes.push(...body.changes);
  changes.sort((a, b) => a.line - b.line);
  notes.push(...pictures.problems);
  return {
    body: text,
    format: 'md',
    lead,
    decorative: body.decorative,
    entries,
    related: relatedOf(fields, link),
    changes,
    notes,
    pictures: pictures.names,
  };
}

/** Related stories by the names that they have now, and pages elsewhere. */
function relatedOf({ own, link }: StoryFields, answer: (url: string) => LinkAnswer): ConvertedStory['related'] {
  const related = new Map<string, string | { title: string; url: string }>();
  for (const entry of (own?.related ?? []) as (string | { title: string; url: string })[]) {
    const found = answer(typeof entry === 'string' ? `story:${entry.replace(/^story:/, '')}` : entry.url);
    const story =
      found.kind === 'story' && found.url.startsWith('story:') ? found.url.slice('story:'.length) : undefined;
    if (story !== undefined) related.set(story, story);
    else if (typeof entry !== 'string' && /^https?:/i.test(entry.url)) related.set(entry.url, entry);
  }
  if (link !== undefined) related.set(link, { title: new URL(link).host.replace(/^www\./, ''), url: link });
  return related.size > 0 ? [...related.values()] : undefined;
}
