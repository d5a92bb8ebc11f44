import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { yamlScalar } from '../yaml/write/scalar.ts';
import { type Arguments, type CommandWords, type Io, readArguments, UsageError } from './command.ts';
import { renewSchemas, schemasRenewed } from './editor-schemas.ts';
import { mustBeNewsroom, siteFolder, siteOption } from './folders.ts';
import { authorText, pageText, storyText, withTopic } from './new-texts.ts';
import { type SiteFacts, siteFacts } from './site-facts.ts';

export const words: CommandWords = {
  usage: 'new story|author|page|topic "NAME" [options]',
  about: `Creates a draft of a story or page, an author, or a topic, with the keys that most of them need. Existing files are
never overwritten.`,
  wordsMax: 200, // a headline without its quotation marks
  options: {
    site: siteOption,
    section: { value: 'ID', words: 'for a story: its section (default: the first in site.yaml)' },
    date: { value: 'ISO', words: 'for a story: when it is published (default: now)' },
    slug: { value: 'NAME', words: 'the name of the file and the address (default: derived from NAME)' },
    mdx: { words: 'for a story or a page: as MDX, for fact boxes and pull quotes' },
  },
  examples: [
    [
      'broadsheet new story "Harbour reopens after storm" --section world',
      'content/stories/YYYY/MM/harbour-reopens-after-storm/index.md',
    ],
    [
      'broadsheet new story "Tide tables explained" --date 2026-03-01T06:00 --mdx',
      'published on 1 March, with components',
    ],
    ['broadsheet new author "Ann Example"', 'content/authors/ann-example.yaml'],
    ['broadsheet new page "How we work"', 'content/pages/how-we-work.md, at /how-we-work/'],
    ['broadsheet new topic "Ferries"', 'an entry in content/topics.yaml'],
  ],
};

type Paper = SiteFacts & { site: string };

const kinds: Record<string, (name: string, paper: Paper, args: Arguments) => Promise<string>> = {
  story: newStory,
  author: newAuthor,
  page: newPage,
  topic: newTopic,
};

/** `broadsheet new story|author|page|topic "NAME"` */
export async function run(argv: string[], io: Io): Promise<number> {
  const args = readArguments(words, argv);
  const [kind, ...rest] = args.words;
  const name = rest
    .join(' ')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const start = kind === undefined || !Object.hasOwn(kinds, kind) ? undefined : kinds[kind];
  if (!start) {
    const { meantBy } = await import('./command.ts');
    const meant = kind === undefined ? undefined : meantBy(kind, Object.keys(kinds));
    throw new UsageError(
      kind === undefined
        ? 'Name what to create: a story, an author, a page, or a topic.'
        : `This command cannot create "${kind}".`,
      meant
        ? `Did you mean  broadsheet new ${meant} ?`
        : 'Write, for example,  broadsheet new story "Harbour reopens after storm" .',
    );
  }
  if (!name)
    throw new UsageError(
      kind === 'story' ? 'A story needs a headline.' : `The new ${kind} needs a name.`,
      `Write  broadsheet new ${kind} "${kind === 'story' ? 'Harbour reopens after storm' : kind === 'author' ? 'Ann Example' : kind === 'page' ? 'How we work' : 'Ferries'}" .`,
    );
  const site = siteFolder(args, io);
  mustBeNewsroom(site);
  io.stdout.write(`${await start(name, { site, ...(await siteFacts(site)) }, args)}\n`);
  if (renewSchemas(site).length > 0) io.stdout.write(`${schemasRenewed}\n`);
  return 0;
}

/** @returns what to tell the editor, as for the other kinds */
async function newStory(headline: string, { site, timeZone, sections }: Paper, args: Arguments): Promise<string> {
  const { instantOf, localDay } = await import('../site/zone.ts');
  const section = args.value('section')?.normalize('NFC') ?? sections[0];
  if (section !== undefined && !sections.includes(section)) {
    const { nearest } = await import('../problems/nearest.ts');
    const meant = nearest(section, sections);
    throw new UsageError(
      `There is no section "${section}".`,
      meant ? `Did you mean  --section ${meant} ?` : `There are: ${sections.join(', ')}.`,
    );
  }
  const date = args.value('date');
  const instant = date === undefined ? Date.now() : instantOf(date, timeZone);
  if (instant === undefined)
    throw new UsageError(
      `--date ${date}: that day or time does not exist.`,
      'Write it as in  --date 2026-03-01T06:00 .',
    );
  const slug = await slugOf(headline, 'headline', args);
  const folder = `content/stories/${localDay(instant, timeZone).slice(0, 7).replace('-', '/')}/${slug}`;
  mustBeFree(
    site,
    ['/index.md', '/index.mdx', '.md', '.mdx'].map((end) => folder + end),
    'headline',
  );
  const file = `${folder}/index.md${args.has('mdx') ? 'x' : ''}`;
  // A day without a time is valid too. A time gets the offset, so that it means the same wherever it is read.
  const isDayAlone = date !== undefined && !/\d:\d/.test(date);
  const { momentWithOffset } = await import('./new-texts.ts');
  const published = isDayAlone ? date.trim() : momentWithOffset(instant, timeZone);
  write(site, file, storyText({ headline, section, published }));
  return `${file}\nIt is a draft. Delete  draft: true  when it is ready.`;
}

async function newAuthor(name: string, { site }: Paper, args: Arguments): Promise<string> {
  const id = (await slugOf(name, 'name', args)).toLowerCase();
  const { isAuthorId } = await import('../story/names.ts');
  if (!isAuthorId(id))
    throw new UsageError(
      `"${id}" cannot be the name of an author file.`,
      'Choose a name in lower case, with  --slug ann-example .',
    );
  const file = `content/authors/${id}.yaml`;
  mustBeFree(site, [file, `content/authors/${id}.yml`], 'name');
  write(site, file, authorText(name, id));
  return `${file}\nIn a story, write  byline: [${id}] .`;
}

async function newPage(headline: string, { site, sections }: Paper, args: Arguments): Promise<string> {
  const slug = await slugOf(headline, 'headline', args);
  const { pageAddress, reservedSegments } = await import('../site/address.ts');
  if (reservedSegments.includes(slug.toLowerCase()) || sections.includes(slug) || /^\d{4}$/.test(slug))
    throw new UsageError(
      `The address ${pageAddress(slug)} is ${sections.includes(slug) ? 'already used by a section' : 'reserved for the site itself'}.`,
      `Choose another address, with  --slug ${slug}-page .`,
    );
  const file = `content/pages/${slug}.md${args.has('mdx') ? 'x' : ''}`;
  mustBeFree(site, [`content/pages/${slug}.md`, `content/pages/${slug}.mdx`], 'headline');
  write(site, file, pageText(headline));
  return `${file}\nIt is a draft. When it is ready, delete  draft: true  and link to it in site.yaml:\n  navigation:\n    - { title: ${yamlScalar(headline, true)}, url: ${pageAddress(slug)} }`;
}

async function newTopic(title: string, { site, language }: Paper, args: Arguments): Promise<string> {
  const { idOfTitle } = await import('../site/slug.ts');
  const id = args.value('slug') === undefined ? idOfTitle(title, language) : await slugOf(title, 'title', args);
  if (!id)
    throw new UsageError(
      `No address can be derived from the title "${title}".`,
      'Give it a title with letters or digits.',
    );
  const file = 'content/topics.yaml';
  const before = existsSync(join(site, file)) ? readFileSync(join(site, file), 'utf8') : '';
  const result = await withTopic(before, id, title, (spelling) => idOfTitle(spelling, language));
  if ('taken' in result)
    throw new UsageError(
      `${file} already has the topic "${result.taken}", so nothing was written.`,
      `In a story, write  topics: [${result.taken}] .`,
    );
  if ('broken' in result)
    throw new UsageError(
      `${file} cannot be read, so nothing was written: ${result.broken}`,
      'Correct the file first.  broadsheet check  names the line.',
    );
  mkdirSync(dirname(join(site, file)), { recursive: true });
  writeFileSync(join(site, file), result.text);
  return `${file}\nIn a story, write  topics: [${yamlScalar(title, true)}] . The topic gets a page as soon as a public story uses it.`;
}

/** The name of a file, short enough for every file system. @throws UsageError if nothing is left of the name */
async function slugOf(name: string, what: string, args: Arguments): Promise<string> {
  const [{ cleanSlug, shortSlug }, { canWindowsHold }] = await Promise.all([
    import('../site/slug.ts'),
    import('../site/address-limits.ts'),
  ]);
  const slug = shortSlug(cleanSlug((args.value('slug') ?? name).toLowerCase()));
  if (!slug)
    throw new UsageError(
      `No address can be derived from the ${what} "${name}".`,
      `Give it a ${what} with letters or digits, or name the file with  --slug a-name .`,
    );
  // CON and similar names, because colleagues on Windows could not open the folder.
  return canWindowsHold(slug) ? slug : `${slug}-${what}`;
}

/** @throws UsageError if one of the files exists */
function mustBeFree(site: string, files: string[], what: string): void {
  const taken = files.find((file) => existsSync(join(site, file)));
  if (taken)
    throw new UsageError(
      `${taken} already exists and was not changed.`,
      `Use another ${what}, or name the file with  --slug another-name .`,
    );
}

function write(site: string, file: string, text: string): void {
  mkdirSync(dirname(join(site, file)), { recursive: true });
  writeFileSync(join(site, file), text, { flag: 'wx' });
}
