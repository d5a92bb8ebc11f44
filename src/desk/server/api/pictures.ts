import type { Handler } from '../api.ts';

/** What a picture and its sidecar say, which applies to every story that does not say it itself. */
export const getPictureTexts: Handler = async ({ list }, request) => ({
  json: list.rows.pictures.texts(request.query('path') ?? '') ?? {},
});

const limitMax = 200;
const wordsMax = 10;

/**
 * The pictures of the newsroom by their words, with the stories that show them: first those that stories share, then the
 * newest.
 */
export const getPictures: Handler = async ({ list }, request) => {
  const words = (request.query('query') ?? '').split(/\s+/).filter(Boolean).slice(0, wordsMax);
  const number = (name: string, usual: number) => {
    const value = Number(request.query(name) ?? usual);
    return Number.isInteger(value) && value >= 0 ? value : usual;
  };
  const { total, pictures } = list.rows.pictures.list(
    words,
    number('offset', 0),
    Math.min(number('limit', 60), limitMax),
  );
  return {
    json: {
      total,
      pictures: pictures.map(({ path, width, height, alt, caption, credit, usedBy }) => ({
        path,
        width,
        height,
        ...(alt !== null && { alt }),
        ...(caption !== null && { caption }),
        ...(credit !== null && { credit }),
        usedBy: JSON.parse(usedBy) as string[],
      })),
    },
  };
};
