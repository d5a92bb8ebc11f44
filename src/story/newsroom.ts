import type { PictureFacts, ShownPicture } from '../pictures/picture.ts';
import type { Problem } from '../problems/problem.ts';
import type { Site } from '../site/site.ts';
import type { TableFile } from './table-file.ts';

/** What a story is derived from besides its own file. */
export interface Newsroom {
  site: Site;
  /** Ids of `content/authors/`, with the printed name and the portrait. */
  author(id: string): { name: string; picture?: ShownPicture } | undefined;
  authorIds(): string[];
  /** The id that a spelling of a topic stands for. */
  topicId(spelling: string): string;
  /** @param path newsroom-relative */
  picture(path: string): PictureFacts | { rule: string; reason: string; hint?: string } | undefined;
  /** What a table file holds, or what is wrong with it; undefined when there is none. @param path newsroom-relative */
  table?(path: string): { digest: string; table: TableFile } | { problems: Problem[] } | undefined;
  /**
   * A document of a folder that may be published, as the disk spells it; undefined when there is none.
   *
   * @param path newsroom-relative, as named
   * @param folder it must lie in, when every link on the way is followed
   */
  document?(path: string, folder: string): { path: string; bytes: number } | undefined;
  /** Names of the files in the folder of a file, for suggestions. */
  beside?(file: string): string[];
}
