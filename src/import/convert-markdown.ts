import { refuse } from '../story/body/compile.ts';
import type { PictureEntry } from './body/context.ts';
import { type ConvertedBody, convertBody, type ParsedBody } from './body/convert.ts';
import { convertHtmlItem } from './convert-html.ts';
import { convertLead } from './convert-lead.ts';
import { relatedOf } from './convert-related.ts';
import type { ConvertedStory, ConvertTools, Lead } from './converted.ts';
import { withoutDeepBrackets } from './deep-brackets.ts';
import { withoutDeepLines } from './deep-lines.ts';
import { extensionsToMarkdown } from './markdown-extensions.ts';
import { escapeMarkdown, formatTitle, formatUrl } from './markdown-words.ts';
import { mdxToMarkdown } from './mdx.ts';
import type { PlannedStory } from './plan.ts';
import type { Change } from './receipt.ts';
import { htmlOfMarkdown, refusalOf } from './refused.ts';
import type { ShortcodeUse } from './shortcode-log.ts';
import { shortcodesToMarkdown } from './shortcodes.ts';
import type { ItemBody } from './source.ts';
import { lineCounter, type Spliced, unspliced } from './splice.ts';
import { loadFiles, openFiles, type StoryFiles } from './story-files.ts';

/** Converts a Markdown or MDX file into a story. */
export async function convertMarkdown(
  planned: PlannedStory,
  read: Extract<ItemBody, { kind: 'markdown' }>,
  tools: ConvertTools,
): Promise<ConvertedStory | { reason: string }> {
  const { file, fields, headline } = planned;
  const lineOf = lineCounter(read.text);
  const notes: string[] = [];
  const changes: Change[] = [];
  const shortcodes: ShortcodeUse[] = [];
  let source: Spliced = { ...unspliced(read.text.slice(read.bodyStart)), origin: (offset) => read.bodyStart + offset };

  if (!read.isHtml) {
    const shallow = withoutDeepBrackets(source, { file, lineOf });
    source = shallow.spliced;
    changes.push(...shallow.changes);
  }
  if (read.isMdx) {
    const markdown = mdxToMarkdown(source, { file, lineOf });
    if (markdown === undefined) notes.push('not valid MDX; read as Markdown');
    else {
      source = markdown.spliced;
      changes.push(...markdown.changes);
      shortcodes.push(...markdown.components);
    }
  }
  if (!read.isHtml) {
    const shallow = withoutDeepLines(source, { file, lineOf });
    source = shallow.spliced;
    changes.push(...shallow.changes);
    const refused = refuse(source.text);
    if (refused) return { reason: `a build would refuse the text: ${refused.message}` };
  }
  const isTemplate = /(?:^|\/)_(?:posts|drafts)\//.test(file) || (fields.address ?? '').includes('{{');
  const tags = shortcodesToMarkdown(source, {
    file,
    headline,
    isTemplate,
    siteWords: read.siteWords,
    included: read.included,
    lineOf,
  });
  source = tags.spliced;
  changes.push(...tags.changes);
  shortcodes.push(...tags.shortcodes);
  if (!read.isHtml) {
    const plain = extensionsToMarkdown(source, { file, lineOf });
    source = plain.spliced;
    changes.push(...plain.changes);
  }

  if (read.isHtml) {
    const story = await convertHtmlItem(planned, { key: read.key, kind: 'html', text: source.text }, tools);
    return 'reason' in story ? story : { ...story, changes: [...changes, ...story.changes], shortcodes };
  }
  const parsed: ParsedBody = {};
  const convert = (): { body: ConvertedBody; files: StoryFiles } => {
    const files = openFiles(planned, tools);
    const { pictures, link } = files;
    const body = convertBody(source, { file, headline, lineOf, link, picture: pictures.answer }, parsed);
    if (fields.cover) pictures.answer(fields.cover.src);
    return { body, files };
  };
  let { body, files } = convert();
  // The files are read only now, when it is known which are needed. Then the story is converted again.
  if (await loadFiles(tools)) ({ body, files } = convert());
  const { pictures, documents, link } = files;

  let text = body.text;
  const entries = new Map(body.entries);
  let lead: ConvertedStory['lead'];
  if (fields.cover) {
    const line = lineOf(Math.max(0, read.text.slice(0, read.bodyStart).indexOf(fields.cover.src)));
    const converted = convertLead(fields.cover, pictures, body.alts, { file, line });
    lead = converted.lead;
    const inText = planned.isPage ? pictureOf(lead, pictures.answer(fields.cover.src).name) : undefined;
    const above = converted.above ?? inText?.text;
    if (above !== undefined) text = `${above}\n\n${text.replace(/^(?:[ \t]*\n)+/, '')}`;
    if (inText) entries.set(inText.name, { ...entries.get(inText.name), ...inText.entry });
    changes.push(...converted.changes);
  }
  for (const [src, words] of Object.entries((fields.own?.pictures ?? {}) as Record<string, PictureEntry>)) {
    const { name } = pictures.answer(src);
    if (name !== undefined) entries.set(name, { ...entries.get(name), ...words });
  }
  // Only raw HTML can make a build refuse a text, and to compile every text would take too long.
  const refusal = parsed.parts && parsed.parts.tags.length > 0 ? refusalOf(text, 'md') : undefined;
  if (refusal) {
    const html = { key: read.key, kind: 'html' as const, text: htmlOfMarkdown(source.text) };
    const story = await convertHtmlItem(planned, html, tools);
    const left = 'reason' in story ? refusal : refusalOf(story.body, story.format);
    if (!('reason' in story) && (left === undefined || (left.isLoss && !refusal.isLoss))) {
      notes.push(`the text was converted from HTML, because a build would refuse it as it is: ${refusal.message}`);
      return {
        ...story,
        related: relatedOf(fields, link),
        changes: [...changes, ...story.changes],
        notes: [...notes, ...story.notes],
        shortcodes,
      };
    }
    if (!refusal.isLoss) return { reason: `a build would refuse the text: ${left?.message ?? refusal.message}` };
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
    documents,
    shortcodes,
  };
}

/** A standing page has no lead picture, so its picture is the first part of its text. */
function pictureOf(
  lead: Lead | undefined,
  name: string | undefined,
): { name: string; text: string; entry: PictureEntry } | undefined {
  if (!lead || name === undefined) return undefined;
  const { alt = '', caption, credit, wanted, decorative } = lead;
  return {
    name,
    text: `![${escapeMarkdown(alt)}](${formatUrl(name)}${formatTitle(caption)})`,
    entry: { ...(wanted && { wanted }), ...(credit && { credit }), ...(decorative && { decorative }) },
  };
}
