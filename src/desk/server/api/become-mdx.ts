import { renameSync } from 'node:fs';
import * as z from 'zod';
import { readDocument } from '../../document/read-document.ts';
import { toMdx } from '../../stories/to-mdx.ts';
import { ApiError, type Handler } from '../api.ts';
import { contentFile } from '../content-path.ts';
import { diskError, readText, writeText } from '../file-text.ts';
import { pathSchema } from '../shapes.ts';
import { keepFound, keepVersion, storing } from '../versions-kept.ts';
import { changedMeanwhile } from './file.ts';

const mdxSchema = z.strictObject({ path: pathSchema, base: z.string().max(100) });

/**
 * Turns a Markdown story into MDX, which can have components. Its name stays, and with it its address, the links to it,
 * and its versions.
 */
export const becomeMdx: Handler = async (context, request) => {
  const { path, base } = await request.json(mdxSchema);
  const at = contentFile(context.site, path);
  if (!/\.md$/.test(path)) throw new ApiError(422, `${path} is not a Markdown file.`);
  const found = readText(at);
  if (!found || found.digest !== base) throw changedMeanwhile(at, found);
  const { bodyStart } = readDocument(found.text, false);
  const body = toMdx(found.text.slice(bodyStart));
  if ('line' in body) {
    const line = found.text.slice(0, bodyStart).split('\n').length + body.line - 1;
    throw new ApiError(422, `Line ${line} of ${path} would mean something else in .mdx.`, {
      todo: 'Change the HTML in it in the source view, and try again.',
    });
  }
  const to = contentFile(context.site, `${path}x`);
  if (to.exists) throw new ApiError(422, `There is already a file ${to.path}.`);
  storing(() => keepFound(context, path, found));
  // The file is there under one of the two names at any time.
  try {
    renameSync(at.file, to.file);
  } catch (error) {
    throw diskError(error, path, 'write');
  }
  let saved: ReturnType<typeof writeText>;
  try {
    saved = writeText(to, found.text.slice(0, bodyStart) + body.text);
  } catch (error) {
    renameSync(to.file, at.file);
    throw error;
  }
  storing(() => {
    context.store.rename(path, to.path);
    keepVersion(context, to.path, saved, 'saved');
  });
  context.list.update(path);
  context.list.update(to.path);
  context.events.send({ kind: 'changed', path: to.path, digest: saved.digest });
  return { json: { path: to.path } };
};
