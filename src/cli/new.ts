import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type CommandWords, type Io, readArguments, UsageError } from './command.ts';
import { mustBeNewsroom, siteFolder, siteOption } from './folders.ts';

export const words: CommandWords = {
  usage: 'new story "HEADLINE" [options]',
  about: 'Starts a story: a draft with everything that a story can say. Nothing that is there is overwritten.',
  wordsMax: 2,
  options: {
    site: siteOption,
    section: { value: 'ID', words: 'the section (default: the first of site.yaml)' },
    date: { value: 'ISO', words: 'when it comes out (default: now)' },
    mdx: { words: 'as MDX, for fact boxes and pull quotes' },
  },
  examples: [
    [
      'broadsheet new story "Harbour reopens after storm" --section world',
      'content/stories/YYYY/MM/harbour-reopens-after-storm/index.md',
    ],
    [
      'broadsheet new story "Tide tables explained" --date 2026-03-01T06:00 --mdx',
      'for the first of March, with components',
    ],
  ],
};

/** `broadsheet new story "HEADLINE"` */
export async function run(argv: string[], io: Io): Promise<number> {
  const args = readArguments(words, argv);
  const [kind, headline = ''] = args.words;
  const example = 'Write  broadsheet new story "Harbour reopens after storm" .';
  if (kind !== 'story')
    throw new UsageError(
      kind === undefined ? 'Say what to start.' : `Only a story can be started, not "${kind}".`,
      example,
    );
  if (!headline.trim()) throw new UsageError('A story needs a headline.', example);
  const site = siteFolder(args, io);
  mustBeNewsroom(site);
  const [{ cleanSlug }, { instantOf, localDay }, { parse }] = await Promise.all([
    import('../site/slug.ts'),
    import('../site/zone.ts'),
    import('yaml'),
  ]);
  const { timeZone = 'UTC', sections = [] } = parse(readFileSync(join(site, 'content/site.yaml'), 'utf8')) as {
    timeZone?: string;
    sections?: { id: string }[];
  };
  const ids = sections.map(({ id }) => id);
  const section = args.value('section') ?? ids[0];
  if (section !== undefined && !ids.includes(section)) {
    const { nearest } = await import('../problems/nearest.ts');
    const meant = nearest(section, ids);
    throw new UsageError(
      `There is no section "${section}".`,
      meant ? `Did you mean  --section ${meant} ?` : `There are: ${ids.join(', ')}.`,
    );
  }
  const date = args.value('date');
  const instant = date === undefined ? Date.now() : instantOf(date, timeZone);
  if (instant === undefined)
    throw new UsageError(
      `--date ${date}: this is no date, or no such day or time exists.`,
      'Write it like  --date 2026-03-01T06:00 .',
    );
  const slug = cleanSlug(headline.toLowerCase());
  if (!slug)
    throw new UsageError(
      `No address can be made of the headline "${headline}".`,
      'Give it a headline with letters or digits.',
    );
  const day = localDay(instant, timeZone);
  const [year, month] = day.split('-');
  const folder = `content/stories/${year}/${month}/${slug}`;
  const taken = ['/index.md', '/index.mdx', '.md', '.mdx']
    .map((end) => `${folder}${end}`)
    .find((file) => existsSync(join(site, file)));
  if (taken)
    throw new UsageError(
      `${taken} is there already; it was not changed.`,
      'Give the story another headline; its address is made of it.',
    );
  const file = `${folder}/index.md${args.has('mdx') ? 'x' : ''}`;
  mkdirSync(dirname(join(site, file)), { recursive: true });
  writeFileSync(join(site, file), storyText({ headline: headline.trim(), section, published: date ?? day }), {
    flag: 'wx',
  });
  io.stdout.write(`${file}\nIt is a draft: take out  draft: true  when it is ready.\n`);
  return 0;
}

/** A story to be filled in. Hints are comments, so the draft is valid as it stands. */
function storyText({
  headline,
  section,
  published,
}: {
  headline: string;
  section: string | undefined;
  published: string;
}): string {
  return `---
draft: true                  # take this line out to publish
headline: ${JSON.stringify(headline)}
# standfirst: One or two sentences under the headline.
${section === undefined ? '# section: the id of a section of content/site.yaml' : `section: ${section}`}
published: ${published}
# byline: [first-last]       # a file of content/authors/, or a name as printed
# dateline: Galway
# topics: [harbour, storms]
# lead:                      # the picture at the top; put the file beside this one
#   src: picture.jpg
#   alt: What is seen, for those who do not see it
#   caption: What the picture means
#   credit: Who made it
---

Write the story here. A picture in the text is
\`![What is seen](file.jpg "What it means")\`, and a link to another story is
\`[words](story:2025/02/its-slug)\`.
`;
}
