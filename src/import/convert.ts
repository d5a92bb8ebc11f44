import { convertHtmlItem } from './convert-html.ts';
import { convertLead } from './convert-lead.ts';
import { convertMarkdown } from './convert-markdown.ts';
import type { ConvertedStory, ConvertTools } from './converted.ts';
import type { PlannedStory } from './plan.ts';
import type { ItemBody } from './source.ts';
import { loadFiles, openFiles } from './story-files.ts';

/** Converts the body of an item, in whatever form it is. @returns the story, or why there is none */
export async function convertBodyOf(
  planned: PlannedStory,
  body: Exclude<ItemBody, { kind: 'broken' }>,
  tools: ConvertTools,
): Promise<ConvertedStory | { reason: string }> {
  switch (body.kind) {
    case 'markdown':
      return convertMarkdown(planned, body, tools);
    case 'html':
      return convertHtmlItem(planned, body, tools);
    case 'story':
      return convertStoryText(planned, body, tools);
  }
}

/** A body that its source has already written as that of a story. Only its lead picture is looked up. */
async function convertStoryText(
  planned: PlannedStory,
  { text, format, notes = [] }: Extract<ItemBody, { kind: 'story' }>,
  tools: ConvertTools,
): Promise<ConvertedStory> {
  const { file, fields } = planned;
  let files = openFiles(planned, tools);
  const convert = () => fields.cover && convertLead(fields.cover, files.pictures, new Map(), { file, line: 0 });
  let lead = convert();
  if (await loadFiles(tools)) {
    files = openFiles(planned, tools);
    lead = convert();
  }
  const { pictures, documents } = files;
  return {
    body: lead?.above ? `${lead.above}\n\n${text}` : text,
    format,
    lead: lead?.lead,
    decorative: [],
    changes: lead?.changes ?? [],
    notes: [...notes, ...pictures.problems],
    pictures: pictures.names,
    documents,
  };
}
