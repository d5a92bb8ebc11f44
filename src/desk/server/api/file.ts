import * as z from 'zod';
import { applyChange, Unfaithful } from '../../document/apply-change.ts';
import type { Change } from '../../document/edits.ts';
import { readDocument } from '../../document/read-document.ts';
import { ApiError, type ApiRequest, type Handler } from '../api.ts';
import { type ContentFile, contentFile } from '../content-path.ts';
import type { DeskContext } from '../context.ts';
import { type FileText, noFile, readText, writeText } from '../file-text.ts';
import { schemaOf } from '../schema-of.ts';
import { changeSchema, pathSchema } from '../shapes.ts';

/** A file with its text, what it contains, and what was written and not saved. */
export const getFile: Handler = async (context, request) => {
  const at = fileAsked(context, request);
  const found = readText(at);
  const autosave = context.store.autosave(at.path);
  if (!found && !autosave) throw new ApiError(404, `${at.path} does not exist, or was deleted.`);
  const { text, digest } = found ?? { text: '', digest: noFile };
  return {
    json: {
      path: at.path,
      kind: at.kind,
      digest,
      text,
      ...readDocument(text, at.isYaml),
      problems: [],
      ...(autosave && { autosave: { at: autosave.at, change: autosave.change, base: autosave.base } }),
    },
  };
};

const saveSchema = z.strictObject({ path: pathSchema, base: z.string(), change: changeSchema });

/** Saves a change, unless the file is no longer the one that it changes. */
export const putFile: Handler = async (context, request) => {
  const { path, base, change } = await request.json(saveSchema);
  const at = contentFile(context.site, path);
  const found = readText(at);
  if ((found?.digest ?? noFile) !== base) throw changedMeanwhile(at, found);
  const text = changedText(at, found?.text ?? '', change);
  const words = (of: string) => of.split(/\s+/).filter(Boolean).length;
  const now = context.now();
  if (found)
    context.store.addVersion({ path, digest: base, at: now, why: 'found', words: words(found.text) }, found.text);
  const saved = writeText(at, text);
  context.store.addVersion({ path, digest: saved.digest, at: now, why: 'saved', words: words(text) }, text);
  context.store.deleteAutosave(path);
  context.events.send({ kind: 'changed', path, digest: saved.digest });
  return { json: { digest: saved.digest, text, problems: [] } };
};

/** The file that the query names. @throws ApiError */
export function fileAsked({ site }: DeskContext, request: ApiRequest): ContentFile {
  const path = request.query('path');
  if (path === undefined) throw new ApiError(400, 'This request does not name a file.');
  return contentFile(site, path);
}

/** A text after a change. @throws ApiError if the change cannot be made */
export function changedText(at: ContentFile, text: string, change: Change): string {
  try {
    return applyChange(text, change, { isYaml: at.isYaml, schema: schemaOf(at.kind) });
  } catch (error) {
    if (error instanceof Unfaithful) throw new ApiError(422, error.message);
    throw error;
  }
}

const changedMeanwhile = (at: ContentFile, found: FileText | undefined): ApiError =>
  new ApiError(
    409,
    found
      ? `${at.path} was changed by another program since you opened it. Nothing was overwritten.`
      : `${at.path} was deleted by another program. Nothing was written.`,
    { digest: found?.digest ?? noFile, text: found?.text ?? '' },
  );
