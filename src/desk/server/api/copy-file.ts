import { copyFileSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { isHidden } from '../../../ingest/folder.ts';
import { localDay } from '../../../site/zone.ts';
import { applyChange, Unfaithful } from '../../document/apply-change.ts';
import { freePath } from '../../stories/new-file.ts';
import { readSite } from '../../stories/newsroom-lists.ts';
import { ApiError, type Handler } from '../api.ts';
import { contentFile } from '../content-path.ts';
import { diskError, readText, writeText } from '../file-text.ts';
import { schemaOf } from '../schema-of.ts';
import { pathSchema } from '../shapes.ts';
import { keepFound, keepVersion, storing, tryStoring } from '../versions-kept.ts';
import { fileAsked } from './file.ts';

const copySchema = z.strictObject({ path: pathSchema });

/** What a copy does not take over, because it says when and where the first story was published. */
const ownKeys = [
  'id',
  'slug',
  'aliases',
  'published',
  'updated',
  'embargo',
  'withdrawn',
  'corrections',
  'translationOf',
];

/** Copies a story as a draft of this month, with its pictures. */
export const duplicate: Handler = async (context, request) => {
  const from = contentFile(context.site, (await request.json(copySchema)).path);
  if (from.kind !== 'story' && from.kind !== 'page')
    throw new ApiError(422, 'Only stories and pages can be duplicated.');
  const found = readText(from);
  if (!found) throw new ApiError(404, `${from.path} does not exist, or was deleted.`);
  const isFolder = /\/index\.mdx?$/i.test(from.path);
  const end = /\.mdx?$/i.exec(from.path)![0];
  const base = (isFolder ? from.path.replace(/\/index\.mdx?$/i, '') : from.path.slice(0, -end.length)).replace(
    /^.*\//,
    '',
  );
  const name = `${base.replace(/-copy(?:-\d+)?$/, '')}-copy`;
  const month = localDay(context.now(), readSite(context.site).timeZone).slice(0, 7).replace('-', '/');
  // A story that is a single file shares its pictures with its neighbours, so its copy must stay beside it.
  const folder = isFolder ? `stories/${month}` : dirname(from.path);
  const path = freePath(
    context.site,
    (one) =>
      isFolder
        ? [`${folder}/${one}/index${end}`, `${folder}/${one}`, `${folder}/${one}.md`, `${folder}/${one}.mdx`]
        : [`${folder}/${one}${end}`, `${folder}/${one}`],
    name,
  );
  const edits = [...ownKeys.map((key) => ({ path: [key] })), { path: ['draft'], value: true }];
  let text = found.text;
  try {
    text = applyChange(found.text, { edits }, { schema: schemaOf(from.kind) });
  } catch (error) {
    if (error instanceof Unfaithful)
      throw new ApiError(422, `${from.path} cannot be duplicated before it is corrected. ${error.message}`);
    throw error;
  }
  const to = contentFile(context.site, path);
  const saved = writeText(to, text);
  if (isFolder) copyBeside(dirname(from.file), dirname(to.file), path);
  tryStoring(() => keepVersion(context, path, saved, 'saved'));
  context.list.update(path);
  context.events.send({ kind: 'changed', path, digest: saved.digest });
  return { json: { path } };
};

/** Copies what is beside a story: its pictures, their texts, tables, and documents. A copy without them is deleted. */
function copyBeside(from: string, to: string, path: string): void {
  try {
    for (const entry of readdirSync(from, { withFileTypes: true }))
      if (entry.isFile() && !isHidden(entry.name) && !/\.mdx?$/i.test(entry.name))
        copyFileSync(join(from, entry.name), join(to, entry.name));
  } catch (error) {
    rmSync(to, { recursive: true, force: true });
    throw diskError(error, path, 'write');
  }
}

/**
 * Deletes a file that readers have never seen. A published story is withdrawn, so that its address says why. Its text
 * stays as a version.
 */
export const deleteFile: Handler = async (context, request) => {
  const at = fileAsked(context, request);
  const found = readText(at);
  if (!found) throw new ApiError(404, `${at.path} does not exist, or was deleted.`);
  if (!['story', 'page', 'author', 'front'].includes(at.kind))
    throw new ApiError(422, `The desk does not delete ${at.path}.`);
  if (at.kind === 'story') {
    context.list.update(at.path);
    const [story] = context.list.rows.list({
      now: context.now(),
      paths: [at.path],
      sort: 'changed',
      isDescending: true,
      offset: 0,
      limit: 1,
    }).stories;
    if (story && !['draft', 'waiting', 'broken', 'ready'].includes(story.state))
      throw new ApiError(422, 'Readers have seen this story, so it cannot be deleted.', {
        todo: 'Withdraw it. Its address then says when and why.',
      });
  }
  storing(() => {
    keepFound(context, at.path, found);
    keepVersion(context, at.path, found, 'deleted');
  });
  try {
    rmSync(at.file);
  } catch (error) {
    throw diskError(error, at.path, 'write');
  }
  removeEmpty(dirname(at.file));
  context.store.deleteAutosave(at.path);
  context.list.update(at.path);
  context.events.send({ kind: 'changed', path: at.path });
  return { json: {} };
};

/** A story's own folder, if nothing is left in it. Pictures stay, because the story can be restored. */
function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder); // refused if there is still something in it
  } catch {
    // The story is deleted. That its folder stays does no harm.
  }
}
