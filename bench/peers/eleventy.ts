import { join } from 'node:path';
import type { Corpus, CorpusStory } from '../corpus.ts';
import { put } from '../newsroom.ts';
import { install, linkModules } from './install.ts';
import { bodyOf, copyTemplates, factsOf, frontMatterOf, type Peer, titles } from './site.ts';

const version = '3.1.8';
let modules = '';

/** Eleventy with Nunjucks and markdown-it, as in its own starter. */
export const eleventy: Peer = {
  name: 'eleventy',
  title: 'Eleventy',
  out: '_site',
  leavings: ['_site'],
  async prepare() {
    const installed = install('eleventy', { '@11ty/eleventy': version, 'markdown-it': '14.1.0' });
    if ('absent' in installed) return installed;
    modules = join(installed.folder, 'node_modules');
    return { version };
  },
  writeSite(corpus, folder) {
    copyTemplates('eleventy', folder, 'static');
    put(folder, 'package.json', '{ "type": "module", "private": true }\n');
    put(folder, 'content/stories/stories.json', '{ "layout": "story.njk" }\n');
    for (const [name, json] of Object.entries(titles)) put(folder, `titles/${name}.json`, json);
    for (let number = 0; number < corpus.stories; number++) this.writeStory(corpus, number, folder);
    linkModules(modules, folder);
  },
  writeStory(corpus: Corpus, number: number, folder: string, word?: string) {
    const story = corpus.story(number);
    put(folder, `content/stories/${story.yyyy}/${story.mm}/${story.slug}.md`, sourceOf(corpus, story, word));
  },
  command: (folder) => ({ file: process.execPath, args: [join(modules, '@11ty/eleventy/cmd.cjs')], cwd: folder }),
};

const sourceOf = (corpus: Corpus, story: CorpusStory, word?: string): string =>
  frontMatterOf({ ...factsOf(story), section: story.section, date: story.published, permalink: story.address }) +
  bodyOf(
    corpus,
    story,
    {
      pullQuote: (text, by) => `{% pullquote "${by}" %}${text}{% endpullquote %}`,
      readMore: (links) => `{% readmore %}\n${links}\n{% endreadmore %}`,
    },
    word,
  );
