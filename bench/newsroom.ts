import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Block, Corpus, CorpusStory, Outline } from './corpus.ts';
import { hangPicture, type Picture, pictureWords } from './pictures.ts';
import { authors, sections, topics } from './vocabulary.ts';

/**
 * Writes a newsroom for Broadsheet.
 *
 * @param pool pictures for every tenth story. If it is empty, there are no pictures
 */
export function writeNewsroom(corpus: Corpus, folder: string, pool: Picture[] = []): void {
  put(folder, 'content/site.yaml', siteYaml);
  put(folder, 'content/topics.yaml', topics.map(({ id, title }) => `${id}: { title: ${title} }\n`).join(''));
  put(folder, 'content/pages/about.mdx', '---\nheadline: About\n---\nA paper that exists to be measured.\n');
  for (const { id, name } of authors) put(folder, `content/authors/${id}.yaml`, `name: ${name}\nrole: Reporter\n`);
  for (let number = 0; number < corpus.stories; number++) writeStory(corpus, number, folder, { pool });
}

export interface Edit {
  headline?: string;
  /** A word added to the last paragraph. */
  word?: string;
  pool?: Picture[];
}

/**
 * Writes one story as an editor would save it.
 *
 * @returns its file, relative to the newsroom
 */
export function writeStory(corpus: Corpus, number: number, folder: string, edit: Edit = {}): string {
  const story = corpus.story(number);
  const picture = pictureOf(number, edit.pool);
  const file = storyFile(story);
  put(folder, file, storySource(corpus, story, edit, picture));
  if (picture) hangPicture(picture, join(folder, dirname(file)));
  return file;
}

/** The path of a story's file, relative to the newsroom. */
export function storyFile(story: Outline): string {
  const folder = `content/stories/${story.yyyy}/${story.mm}/${story.slug}`;
  return `${folder}/index.${isMdx(story.number) ? 'mdx' : 'md'}`;
}

/** A story needs `.mdx` exactly if it contains a component. */
const isMdx = (number: number): boolean => number % 5 === 1;

const pictureEvery = 10;
/**
 * Only stories that the benchmark neither edits nor removes have pictures, so that each case stays what its name says.
 */
const pictureOf = (number: number, pool: Picture[] = []): Picture | undefined =>
  number % pictureEvery === 5 && pool.length > 0 ? pool[Math.floor(number / pictureEvery) % pool.length] : undefined;

function storySource(corpus: Corpus, story: CorpusStory, edit: Edit, picture: Picture | undefined): string {
  const front = [
    `headline: ${JSON.stringify(edit.headline ?? story.headline)}`,
    `standfirst: ${JSON.stringify(story.standfirst)}`,
    `section: ${story.section}`,
    `topics: [${story.topics.join(', ')}]`,
    `byline: [${story.authors.join(', ')}]`,
    `dateline: ${story.dateline}`,
    `published: ${story.published}`,
  ];
  if (picture) front.push(`lead: ${JSON.stringify({ src: picture.name, ...pictureWords(picture) })}`);
  const name = (number: number) => {
    const { yyyy, mm, slug } = corpus.outline(number);
    return `story:${yyyy}/${mm}/${slug}`;
  };
  const body = markdownOf(story.body, { hrefOf: name, pullQuote, readMore });
  return `---\n${front.join('\n')}\n---\n${body}${edit.word ? ` ${edit.word}` : ''}\n`;
}

const pullQuote = (text: string, by: string): string => `<PullQuote by="${by}">${text}</PullQuote>`;
const readMore = (links: string): string => `<ReadMore>\n${links}\n</ReadMore>`;

export interface Dialect {
  hrefOf: (number: number) => string;
  pullQuote: (text: string, by: string) => string;
  /** @param links a Markdown list */
  readMore: (links: string) => string;
}

/** The body of a story in a generator's dialect of Markdown. It ends with the last paragraph, without a line ending. */
export function markdownOf(body: Block[], { hrefOf, pullQuote, readMore }: Dialect): string {
  const linked = (text: string) => text.replace(/\(story:(\d+)\)/g, (_, number) => `(${hrefOf(Number(number))})`);
  return body
    .map((block) => {
      if (block.kind === 'heading') return `## ${block.text}`;
      if (block.kind === 'quote') return `> ${block.text}\n>\n> — The harbour office`;
      if (block.kind === 'list') return block.items.map((item) => `- ${item}`).join('\n');
      if (block.kind === 'pullQuote') return pullQuote(block.text, block.by);
      if (block.kind === 'readMore')
        return readMore(
          block.links.map(({ title, to }) => `- [${title}](${typeof to === 'number' ? hrefOf(to) : to})`).join('\n'),
        );
      return linked(block.text);
    })
    .join('\n\n');
}

const siteYaml = `name: The Bench Post
url: https://bench.example
language: en-GB
timeZone: Europe/London
description: News that nobody needs to read.
search: false
sections:
${sections.map(({ id, title }, place) => `  - { id: ${id}, title: ${title}, order: ${place + 1} }\n`).join('')}navigation:
  - { title: About, url: /about/ }
`;

/** Writes a file and the folders above it. */
export function put(folder: string, file: string, text: string): void {
  const path = join(folder, file);
  try {
    writeFileSync(path, text);
  } catch {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
