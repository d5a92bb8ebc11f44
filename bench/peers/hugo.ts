import { spawnSync } from 'node:child_process';
import type { Corpus, CorpusStory } from '../corpus.ts';
import { put } from '../newsroom.ts';
import { bodyOf, copyTemplates, factsOf, frontMatterOf, type Peer, titles } from './site.ts';

/** Hugo, as installed on the machine. Stories are single files, which is its fastest layout without pictures. */
export const hugo: Peer = {
  name: 'hugo',
  title: 'Hugo',
  out: 'public',
  leavings: ['public', 'resources'],
  async prepare() {
    const { status, stdout } = spawnSync('hugo', ['version'], { encoding: 'utf8' });
    if (status !== 0) return { absent: 'hugo is not installed (Debian: apt-get install hugo)' };
    return { version: /v(\d[\d.]*)/.exec(stdout)?.[1] ?? stdout.trim() };
  },
  writeSite(corpus, folder) {
    copyTemplates('hugo', folder, 'static');
    for (const [name, json] of Object.entries(titles)) put(folder, `data/${name}.json`, json);
    put(folder, 'content/about.md', frontMatterOf({ title: 'About', layout: 'standing', type: 'page' }) + about);
    for (let number = 0; number < corpus.stories; number++) this.writeStory(corpus, number, folder);
  },
  writeStory(corpus: Corpus, number: number, folder: string, word?: string) {
    const story = corpus.story(number);
    put(folder, `content/${story.section}/${story.slug}.md`, sourceOf(corpus, story, word));
  },
  command: (folder) => ({ file: 'hugo', args: ['--quiet'], cwd: folder }),
};

const about = 'A paper that exists to be measured.\n';

const sourceOf = (corpus: Corpus, story: CorpusStory, word?: string): string =>
  frontMatterOf({ ...factsOf(story), slug: story.slug, date: story.published }) +
  bodyOf(
    corpus,
    story,
    {
      pullQuote: (text, by) => `{{< pullquote by="${by}" >}}${text}{{< /pullquote >}}`,
      readMore: (links) => `{{< readmore >}}\n${links}\n{{< /readmore >}}`,
    },
    word,
  );
