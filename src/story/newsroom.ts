import type { PictureFacts, ShownPicture } from '../pictures/picture.ts';
import type { Problem } from '../problems/problem.ts';
import type { Rule } from '../problems/rules.ts';
import type { Site } from '../site/site.ts';
import type { TableFile } from './table-file.ts';

/** What a story is derived from besides its own file. */
export interface Newsroom {
  site: Site;
  /** The ids in `content/authors/`, with the printed name and the portrait. */
  author(id: string): { name: string; picture?: ShownPicture } | undefined;
  authorIds(): string[];
  /** The id of a topic for one of its spellings. */
  topicId(spelling: string): string;
  /** @param path newsroom-relative */
  picture(path: string): PictureFacts | { rule: Rule; reason: string; hint?: string } | undefined;
  /**
   * The contents of a table file, or what is wrong with it, or undefined if there is none.
   *
   * @param path newsroom-relative
   */
  table?(path: string): { digest: string; table: TableFile } | { problems: Problem[] } | undefined;
  /**
   * A publishable document in a folder, with the spelling on disk, or undefined if there is none.
   *
   * @param path newsroom-relative, as named
   * @param folder the folder that must contain it after every symbolic link along the path is followed
   */
  document?(path: string, folder: string): { path: string; bytes: number } | undefined;
  /** The names of the files in the folder of a file, for suggestions. */
  beside?(file: string): string[];
}
