import { escapeAttribute, escapeText } from '../site/markup.ts';
import { convertLead } from './convert-lead.ts';
import { relatedOf } from './convert-related.ts';
import type { ConvertedStory, ConvertTools } from './converted.ts';
import type { Cover } from './cover.ts';
import { decodeEntities } from './html.ts';
import { convertHtml, type HtmlBody } from './html-body/convert.ts';
import { HtmlLimitError } from './html-body/tree.ts';
import type { PlannedStory } from './plan.ts';
import type { ItemBody } from './source.ts';
import { loadFiles, openFiles, placeIn, type StoryFiles } from './story-files.ts';

/** Converts an item whose body is HTML. @returns the story, or why its HTML cannot be converted */
export async function convertHtmlItem(
  planned: PlannedStory,
  body: Extract<ItemBody, { kind: 'html' }>,
  tools: ConvertTools,
): Promise<ConvertedStory | { reason: string }> {
  const { file, fields } = planned;
  const ownCover = fields.cover && withStoredWords(fields.cover, body);
  // A standing page has no lead picture, so its picture is the first part of its text.
  const cover = planned.isPage ? undefined : ownCover;
  const text =
    planned.isPage && ownCover && !body.text.includes(ownCover.src) ? figureOf(ownCover) + body.text : body.text;
  // The pictures that the body probably needs are read first, so that it is converted only once.
  tools.shelf.expect([...(cover ? [cover.src] : []), ...picturesIn(text)], placeIn(planned));
  await tools.shelf.load();

  const convert = (): { html: HtmlBody; files: StoryFiles } => {
    const files = openFiles(planned, tools);
    const { pictures, link } = files;
    const lead = cover && pictures.answer(cover.src);
    const html = convertHtml(text, {
      ...body,
      headline: body.isOwn ? undefined : planned.headline,
      lead: lead?.kind === 'local' ? lead.name : (lead?.url ?? cover?.src),
      link,
      picture: pictures.answer,
    });
    return { html, files };
  };
  try {
    let { html, files } = convert();
    if (await loadFiles(tools)) ({ html, files } = convert());
    const { pictures, documents } = files;
    const changes = html.changes.map((change) => ({ file, line: 0, ...change }));
    const notes = [...(body.notes ?? []), ...pictures.problems];
    const story = {
      body: html.text,
      format: html.format,
      decorative: html.decorative,
      notes,
      pictures: pictures.names,
      documents,
      ...(body.shortcodes ? { shortcodes: body.shortcodes } : {}),
      related: relatedOf(fields, files.link),
    };
    if (!cover) return { ...story, changes };
    const words = { ...html.lead, ...withoutEmpty(cover) };
    const lead = convertLead({ ...words, src: cover.src }, pictures, html.alts, { file, line: 0 });
    return {
      ...story,
      lead: lead.lead,
      body: lead.above ? `${lead.above}\n\n${html.text}` : html.text,
      decorative: html.decorative.filter((name) => name !== lead.lead?.src || html.text.includes(name)),
      changes: [...lead.changes, ...changes],
    };
  } catch (error) {
    if (error instanceof HtmlLimitError) return { reason: error.message };
    throw error;
  }
}

/** The archive can store the texts of the lead picture apart from the story. */
function withStoredWords(cover: Cover, body: Extract<ItemBody, { kind: 'html' }>): Cover {
  return { ...body.pictureWords?.({ src: cover.src }), ...withoutEmpty(cover), src: cover.src };
}

const withoutEmpty = <T extends object>(words: T): T =>
  Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined && value !== '')) as T;

/** A picture with its texts as HTML. */
function figureOf({ src, alt, caption, credit }: Cover): string {
  const words = [caption, credit && `<cite>${escapeText(credit)}</cite>`].filter(Boolean).join(' ');
  return `<figure><img src="${escapeAttribute(src)}" alt="${escapeAttribute(alt ?? '')}">${words ? `<figcaption>${words}</figcaption>` : ''}</figure>\n\n`;
}

/** The addresses of pictures in HTML, without parsing it. It may miss some. */
function picturesIn(html: string): string[] {
  return [...html.matchAll(/<img\b[^>]{0,4000}?\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)].map(([, double, single]) =>
    decodeEntities(double ?? single ?? ''),
  );
}
