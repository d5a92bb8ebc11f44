import type { IndexHandle } from '../index/handle.ts';

/* Files that did not change and have to be ingested again all the same, for `dev`. Paths are newsroom-relative. */

/** The files among `files` that the last scan found. @param max the maximum number of files */
export function knownFiles({ sql }: IndexHandle, files: readonly string[], max: number): string[] {
  const there = sql('SELECT 1 FROM file WHERE path = ?');
  return [...new Set(files)].filter((file) => there.get(file)).slice(0, max);
}

/** Stories that are published or withdrawn although no file changed. @param now in ms */
export const turningFiles = ({ sql }: IndexHandle, now: number): string[] =>
  (
    sql('SELECT file FROM story WHERE (isPublic = 0 AND due <= ?1) OR (isPublic = 1 AND due > ?1)').all(now) as {
      file: string;
    }[]
  ).map(({ file }) => file);

/** Files that link to stories: a link to a story that is now hidden gets a warning in its own file. @param max the maximum number of each */
export function linkingTo({ sql }: IndexHandle, stories: readonly string[], max: number): string[] {
  const links = sql(
    'SELECT DISTINCT link.file FROM story JOIN name USING (id) JOIN link USING (name) WHERE story.file = ? LIMIT ? + 0',
  );
  const found = stories.slice(0, max).flatMap((file) => links.all(file, max) as { file: string }[]);
  return [...new Set(found.map(({ file }) => file))].slice(0, max);
}
