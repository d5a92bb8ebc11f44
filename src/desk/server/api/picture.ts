import { dirname, join } from 'node:path';
import { thumbnail } from '../../pictures/thumbnail.ts';
import { factsOf, nameInFolder, readUpload, uploadBytesMax } from '../../pictures/upload.ts';
import { isPicture } from '../../stories/kinds.ts';
import { ApiError, type Handler } from '../api.ts';
import { contentFile, placeIn } from '../content-path.ts';
import { writeBytes } from '../file-text.ts';

const widthMax = 1600;

/** A small copy of a picture, by its path relative to `content/`. */
export const getPicture: Handler = async ({ site, cache }, request) => {
  const path = request.query('path') ?? '';
  if (!isPicture(path)) throw new ApiError(404, 'There is no such picture.');
  const { file, exists } = placeIn(site, path);
  const bytes = exists
    ? await thumbnail(file, cache, Math.min(Number(request.query('width')) || 400, widthMax))
    : undefined;
  if (!bytes) throw new ApiError(404, 'There is no such picture, or it cannot be shown.');
  return { bytes, type: 'image/webp' };
};

/**
 * Adds a picture beside a story, or to the pictures that all stories share, and says what the file says about itself.
 * What a file is depends on its content, never on its name.
 */
export const postPicture: Handler = async (context, request) => {
  const bytes = await request.bytes(
    uploadBytesMax,
    `This file is larger than ${uploadBytesMax / 1_000_000} MB, which is the most that the desk takes.`,
  );
  const story = request.query('story');
  const folder = story === undefined ? 'pictures' : dirname(contentFile(context.site, story).path);
  const read = await readUpload(bytes);
  if ('refused' in read) throw new ApiError(422, read.refused, { todo: read.todo });
  const { facts, format } = read;
  const name = nameInFolder(join(context.site, 'content', folder), request.query('name') ?? 'picture', bytes, format);
  const path = folder === '.' ? name : `${folder}/${name}`;
  const { file, exists } = placeIn(context.site, path);
  if (!exists) writeBytes(file, path, bytes);
  context.list.update(path);
  return {
    json: {
      name: story === undefined ? `picture:${name.replace(/\.\w+$/, '')}` : name,
      path,
      width: facts.widthPx,
      height: facts.heightPx,
      isAnimated: facts.isAnimated,
      facts: factsOf(facts),
      ...(facts.focus && { focus: `${Math.round(facts.focus.xPercent)}% ${Math.round(facts.focus.yPercent)}%` }),
    },
  };
};
