import * as z from 'zod';
import { ApiError, type Handler } from '../api.ts';
import { contentFile } from '../content-path.ts';
import { noFile, readText, writeText } from '../file-text.ts';
import { keepFound, keepVersion, storing } from '../versions-kept.ts';
import { changedMeanwhile, changedText, fileAsked, keepUnsaved, oldAddressKept } from './file.ts';
import { isoOf } from './stories.ts';

/** The versions of a file, newest first, each with how many words it has. */
export const getVersions: Handler = async (context, request) => {
  const { path } = fileAsked(context, request);
  return {
    json: context.store
      .versions(path)
      .map(({ id, at, why, words, digest }) => ({ id, at: isoOf(at), why, words, digest })),
  };
};

/** The text of a version. */
export const getVersion: Handler = async ({ store }, request) => {
  const found = store.version(Number(request.query('id')) || 0);
  if (!found) throw notKept();
  const { id, path, at, why, words, text } = found;
  return { json: { id, path, at: isoOf(at), why, words, text } };
};

const restoreSchema = z.strictObject({ id: z.number().int(), base: z.string().max(100) });

/** Writes a version over the file. The text that it replaces is kept as a version, too. */
export const restoreVersion: Handler = async (context, request) => {
  const { id, base } = await request.json(restoreSchema);
  const version = context.store.version(id);
  if (!version) throw notKept();
  const at = contentFile(context.site, version.path);
  const found = readText(at);
  if ((found?.digest ?? noFile) !== base) throw changedMeanwhile(at, found);
  if (found) storing(() => keepFound(context, at.path, found));
  storing(() => keepUnsaved(context, at, found));
  const edits = found ? oldAddressKept(context, at, found.text, version.text) : [];
  const saved = writeText(at, edits.length > 0 ? changedText(at, version.text, { edits }) : version.text);
  keepVersion(context, at.path, saved, 'restored');
  context.store.deleteAutosave(at.path);
  context.list.update(at.path);
  context.events.send({ kind: 'changed', path: at.path, digest: saved.digest });
  return { json: saved };
};

const notKept = (): ApiError => new ApiError(404, 'This version is no longer kept.');
