import * as z from 'zod';
import type { Change } from '../../document/edits.ts';
import { placedProblems } from '../../preview/desk-problems.ts';
import { ApiError, type Handler } from '../api.ts';
import { type ContentFile, contentFile } from '../content-path.ts';
import type { DeskContext } from '../context.ts';
import { noFile, readText } from '../file-text.ts';
import { previewPrefix } from '../guard.ts';
import { changeSchema, pathSchema } from '../shapes.ts';
import { changedText } from './file.ts';

const shape = z.strictObject({
  path: pathSchema,
  base: z.string(),
  change: changeSchema,
  /** The topic or series to show. */
  entry: z.string().max(200).optional(),
});

/** The page of an unsaved text, and what is wrong with the text. Nothing is saved. */
export const previewFile: Handler = async (context, request) => {
  const began = performance.now();
  const { path, base, change, entry } = await request.json(shape);
  const at = contentFile(context.site, path);
  const text = unsavedText(at, base, change);
  const file = `content/${path}`;
  const { shown, problems, edits, isOldTheme } = await context.preview.show({ file, text, entry });
  return {
    json: {
      ...(shown && { address: shown.address, frame: frameOf(context, shown.number) }),
      ...(isOldTheme && { isOldTheme }),
      problems: await placedProblems({ file, text, isYaml: at.isYaml, problems, edits }),
      ms: Math.round(performance.now() - began),
    },
  };
};

/**
 * The text that a change makes of the file as it was opened.
 *
 * @param base the digest of the file as it was opened
 * @throws ApiError if the file is another one now, so that nobody knows what the change would make of it
 */
export function unsavedText(at: ContentFile, base: string, change: Change): string {
  if (change.text !== undefined) return change.text;
  const found = readText(at);
  if ((found?.digest ?? noFile) !== base)
    throw new ApiError(409, `${at.path} was changed by another program since you opened it.`, {
      digest: found?.digest ?? noFile,
      text: found?.text ?? '',
    });
  return changedText(at, found?.text ?? '', change);
}

/** The address of a frame. `?scheme=dark`, `?scheme=light`, and `?media=print` choose how the page looks. */
const frameOf = ({ previewKey }: DeskContext, number: number): string => `${previewPrefix}${previewKey}/page/${number}`;
