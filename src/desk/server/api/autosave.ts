import * as z from 'zod';
import type { Handler } from '../api.ts';
import { contentFile } from '../content-path.ts';
import { readText } from '../file-text.ts';
import { changeSchema, pathSchema } from '../shapes.ts';
import { keepFound, storing } from '../versions-kept.ts';
import { fileAsked, keepUnsaved } from './file.ts';
import { isoOf } from './stories.ts';

const autosaveSchema = z.strictObject({
  path: pathSchema,
  base: z.string().max(100),
  change: changeSchema,
  isUndecided: z.boolean().optional(),
});

/** Keeps what somebody is writing. The file itself stays as it is. */
export const putAutosave: Handler = async (context, request) => {
  const { path, base, change, isUndecided = false } = await request.json(autosaveSchema);
  const at = contentFile(context.site, path);
  // Later than the one before, even if the computer's clock was set back, so that the newest text is always known.
  const now = Math.max(context.now(), (context.store.autosaveTime(path) ?? 0) + 1);
  storing(() => {
    // With the text that it changes, the autosave can be read even after another program has changed the file.
    const found = context.store.hasVersion(path, base) ? undefined : readText(at);
    if (found?.digest === base) keepFound(context, path, found);
    if (isUndecided) keepUnsaved(context, at, readText(at));
    context.store.putAutosave({ path, base, change, at: now });
  });
  return { json: { at: isoOf(now) } };
};

export const deleteAutosave: Handler = async (context, request) => {
  context.store.deleteAutosave(fileAsked(context, request).path);
  return { json: {} };
};
