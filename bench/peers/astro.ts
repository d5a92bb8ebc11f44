import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Corpus, CorpusStory } from '../corpus.ts';
import { put } from '../newsroom.ts';
import { install, linkModules } from './install.ts';
import { bodyOf, copyTemplates, factsOf, frontMatterOf, type Peer, titles } from './site.ts';

const require = createRequire(import.meta.url);
const versionOf = (name: string): string => require(`${name}/package.json`).version;
let modules = '';

/**
 * Astro as its documentation recommends: a collection with `glob`, and static pages. The versions are those that
 * Broadsheet uses.
 */
const astro = (format: 'md' | 'mdx'): Peer => ({
  name: `astro-${format}`,
  title: format === 'md' ? 'Astro, Markdown' : 'Astro, MDX',
  out: 'dist',
  leavings: ['dist', '.astro', '.cache'],
  async prepare() {
    const names = ['astro', '@astrojs/mdx', '@astrojs/rss'];
    const installed = install('astro', Object.fromEntries(names.map((name) => [name, versionOf(name)])));
    if ('absent' in installed) return installed;
    modules = join(installed.folder, 'node_modules');
    return { version: versionOf('astro') };
  },
  writeSite(corpus, folder) {
    copyTemplates('astro', folder, 'public');
    put(folder, 'package.json', '{ "type": "module", "private": true }\n');
    for (const [name, json] of Object.entries(titles)) put(folder, `titles/${name}.json`, json);
    for (let number = 0; number < corpus.stories; number++) this.writeStory(corpus, number, folder);
    linkModules(modules, folder);
  },
  writeStory(corpus: Corpus, number: number, folder: string, word?: string) {
    const story = corpus.story(number);
    const file = `content/stories/${story.yyyy}/${story.mm}/${story.slug}.${format}`;
    put(folder, file, sourceOf(corpus, story, format, word));
  },
  command: (folder) => ({
    file: process.execPath,
    args: [join(modules, 'astro/bin/astro.mjs'), 'build'],
    cwd: folder,
    env: { ASTRO_TELEMETRY_DISABLED: '1' },
  }),
});

const plain = {
  pullQuote: (text: string, by: string) =>
    `<blockquote class="pull side"><p>${text}</p><footer>${by}</footer></blockquote>`,
  readMore: (links: string) => `<aside class="readmore"><p><b>Read more</b></p>\n\n${links}\n\n</aside>`,
};
const components = {
  pullQuote: (text: string, by: string) => `<PullQuote by="${by}">${text}</PullQuote>`,
  readMore: (links: string) => `<ReadMore>\n${links}\n</ReadMore>`,
};

const sourceOf = (corpus: Corpus, story: CorpusStory, format: 'md' | 'mdx', word?: string): string =>
  frontMatterOf({ ...factsOf(story), section: story.section, date: story.published, address: story.address }) +
  bodyOf(corpus, story, format === 'md' ? plain : components, word);

export const astroMd = astro('md');
export const astroMdx = astro('mdx');
