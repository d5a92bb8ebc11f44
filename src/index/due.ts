import { desk } from './desk.ts';
import { enlist, seenStory, unlist } from './story-rows.ts';
import type { Taking } from './taking.ts';

/**
 * Brings out the stories that are due by now, though no file changed, and takes back those that are not: the time that
 * a publish is given may be an earlier one. Likewise for banners.
 */
export function turnByClock({ now, taken }: Taking): void {
  const { sql } = desk();
  for (const { id } of sql(
    'SELECT id FROM story WHERE (isPublic = 0 AND due <= ?1) OR (isPublic = 1 AND due > ?1)',
  ).all(now) as { id: string }[]) {
    const old = seenStory(id)!;
    unlist(old);
    sql('UPDATE story SET isPublic = 1 - isPublic WHERE id = ?').run(id);
    const turned = seenStory(id)!;
    enlist(turned);
    taken.stories.push({ before: old, after: turned });
  }
  for (const { front } of sql('SELECT front FROM banner WHERE isOver <> (until <= ?)').all(now) as {
    front: string;
  }[]) {
    sql('UPDATE banner SET isOver = 1 - isOver WHERE front = ?').run(front);
    taken.subjects.add(`front:${front}`);
  }
}
