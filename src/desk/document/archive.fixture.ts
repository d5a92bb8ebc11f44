import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readDocument } from './read-document.ts';

/* Real texts: the demo newsroom, and an archive of other posts if this machine has one. */

const demo = join(import.meta.dirname, '../../../content');
const archive = join(import.meta.dirname, '../../../../shared/data/posts');

/** A text with its front matter. */
export interface RealText {
  file: string;
  text: string;
  body: string;
  eol: string;
}

/**
 * The texts, and what they are as one line for the title of a test.
 *
 * @param every reads one of so many posts
 */
export function storiesAndPosts(every = 1): { texts: RealText[]; says: string } {
  const stories = textsIn(demo);
  const posts = existsSync(archive) ? textsIn(archive, every) : [];
  const says = `${stories.length} stories and pages of the demo, ${posts.length === 0 ? 'no other posts, because ../shared/data/posts is not there' : `${posts.length} other posts`}`;
  return { texts: [...stories, ...posts], says };
}

const textsIn = (folder: string, every = 1): RealText[] =>
  globSync('**/*.{md,mdx}', { cwd: folder })
    .sort()
    .filter((_, at) => at % every === 0)
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      const { bodyStart, eol } = readDocument(text);
      return { file: relative(demo, join(folder, name)), text, body: text.slice(bodyStart), eol };
    });
