import * as z from 'zod';
import { storyTypes } from '../../../story/card.ts';
import { applyChange } from '../../document/apply-change.ts';
import { readDocument } from '../../document/read-document.ts';
import { type Begun, idOfNew, newAuthor, newFront, newPage, newStory } from '../../stories/new-file.ts';
import { readSite } from '../../stories/newsroom-lists.ts';
import { ApiError, type Handler } from '../api.ts';
import { contentFile } from '../content-path.ts';
import type { DeskContext } from '../context.ts';
import { readText, writeText } from '../file-text.ts';
import { schemaOf } from '../schema-of.ts';
import { keepVersion, tryStoring } from '../versions-kept.ts';

const nameSchema = z
  .string()
  .max(1000)
  .transform((text) => text.replace(/[\s\p{Cc}]+/gu, ' ').trim())
  .pipe(z.string().min(1, 'a name is needed'));

const newSchema = z.union([
  z.strictObject({
    kind: z.literal('story'),
    headline: nameSchema,
    type: z.enum(storyTypes).optional(),
    section: z.string().optional(),
  }),
  z.strictObject({ kind: z.enum(['page', 'author', 'topic', 'series', 'front']), name: nameSchema }),
  z.strictObject({ kind: z.enum(['page', 'author', 'topic', 'series']), headline: nameSchema }),
]);

/** Begins a file. Nothing that exists is overwritten. */
export const postFile: Handler = async (context, request) => {
  const asked = await request.json(newSchema);
  const site = readSite(context.site);
  if (asked.kind === 'story') {
    if (asked.section && !site.sections.some(({ id }) => id === asked.section))
      throw new ApiError(422, `There is no section "${asked.section}".`);
    return { json: { path: begin(context, newStory(context.site, site, asked, context.now())) } };
  }
  const name = 'name' in asked ? asked.name : asked.headline;
  switch (asked.kind) {
    case 'page':
      return { json: { path: begin(context, newPage(context.site, site, name)) } };
    case 'author':
      return { json: { path: begin(context, newAuthor(context.site, name)) } };
    case 'front':
      return { json: { path: begin(context, newFront(context.site, site, name)) } };
    default:
      return { json: addTitled(context, asked.kind, name, idOfNew(name, site)) };
  }
};

function begin(context: DeskContext, begun: Begun): string {
  if ('refused' in begun) throw new ApiError(422, begun.refused);
  const at = contentFile(context.site, begun.path);
  if (at.exists) return begun.path;
  const saved = writeText(at, begun.text);
  tryStoring(() => keepVersion(context, at.path, saved, 'saved'));
  context.list.update(at.path);
  context.events.send({ kind: 'changed', path: at.path, digest: saved.digest });
  return at.path;
}

/** Adds a topic or a series to the file that describes them all. */
function addTitled(context: DeskContext, kind: 'topic' | 'series', title: string, id: string) {
  if (!id) throw new ApiError(422, `No address can be made from "${title}". Write a title with letters or digits.`);
  const at = contentFile(context.site, kind === 'topic' ? 'topics.yaml' : 'series.yaml');
  const before = readText(at)?.text ?? '';
  const { values, fault } = readDocument(before, true);
  if (fault) throw new ApiError(422, `${at.path} cannot be read: ${fault.says} Correct line ${fault.line} first.`);
  if (Object.hasOwn(values, id)) throw new ApiError(422, `${at.path} already has "${id}".`);
  const edits = [{ path: [id, 'title'], value: title }];
  const saved = writeText(at, applyChange(before, { edits }, { isYaml: true, schema: schemaOf(at.kind) }));
  context.list.update(at.path);
  context.events.send({ kind: 'changed', path: at.path, digest: saved.digest });
  return { path: at.path, id };
}
