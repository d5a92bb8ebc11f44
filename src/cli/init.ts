import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { type CommandWords, type Io, readArguments, UsageError } from './command.ts';

export const words: CommandWords = {
  usage: 'init [DIR] [options]',
  about: 'Starts a newsroom: site.yaml, a first story with a picture, a page about the paper. Nothing is overwritten.',
  wordsMax: 1,
  options: { name: { value: 'NAME', words: "the name of the paper (default: made of the folder's name)" } },
  examples: [
    ['broadsheet init harbour-post', 'a newsroom in a new folder'],
    ['broadsheet init . --name "The Harbour Post"', 'in this one'],
  ],
};

/** `broadsheet init [DIR]` */
export async function run(argv: string[], io: Io): Promise<number> {
  const args = readArguments(words, argv);
  const site = resolve(io.cwd, args.words[0] ?? '.');
  if (existsSync(join(site, 'content')))
    throw new UsageError(
      `${join(site, 'content')} is there already, so nothing was written.`,
      'Name a new folder:  broadsheet init my-paper .',
    );
  const name = args.value('name') ?? nameOf(basename(site));
  const files = newsroomFiles(name, Intl.DateTimeFormat().resolvedOptions().timeZone, new Date());
  const taken = Object.keys(files).filter((file) => !isExtra(file) && existsSync(join(site, file)));
  if (taken.length)
    throw new UsageError(
      `${taken.join(', ')} is there already, so nothing was written.`,
      'Name a new folder:  broadsheet init my-paper .',
    );
  const isEmpty = !existsSync(site) || readdirSync(site).length === 0;
  const picture = await drawPicture();
  const write = (file: string, data: string | Uint8Array) => {
    mkdirSync(dirname(join(site, file)), { recursive: true });
    writeFileSync(join(site, file), data, { flag: 'wx' });
    io.stdout.write(`  ${file}\n`);
  };
  io.stdout.write(`A newsroom for ${name}:\n`);
  for (const [file, text] of Object.entries(files))
    if (isEmpty || !isExtra(file) || !existsSync(join(site, file))) write(file, text);
  write(`${dirname(storyFileIn(files))}/horizon.jpg`, picture);
  const place = relative(io.cwd, site);
  const named = place === '' ? '' : ` --site ${/\s/.test(place) ? JSON.stringify(place) : place}`;
  io.stdout.write(
    `\nNext:\n  broadsheet dev${named}\n      see it while you write\n  broadsheet new story "A headline"${named}\n      the next story\nThe address of the paper is still an example: write yours into content/site.yaml.\n`,
  );
  return 0;
}

/** Files that a folder may have already, and then keeps. */
const isExtra = (file: string): boolean => file === '.gitignore' || file === 'README.md';

const storyFileIn = (files: Record<string, string>): string =>
  Object.keys(files).find((file) => file.endsWith('/index.md')) ?? '';

/** "harbour-post" is called "Harbour Post". */
function nameOf(folder: string): string {
  const name = folder
    .replace(/[-_.]+/g, ' ')
    .trim()
    .replace(/(?<=^|\s)\p{Ll}/gu, (letter) => letter.toUpperCase());
  return name || 'My Paper';
}

function newsroomFiles(name: string, timeZone: string, today: Date): Record<string, string> {
  const day = today.toISOString().slice(0, 10);
  const [year, month] = day.split('-');
  const quoted = JSON.stringify(name);
  return {
    'content/site.yaml': `name: ${quoted}
url: https://example.org # where the site will stand; it may have a path
language: en
timeZone: ${timeZone}
sections:
  - { id: news, title: News }
  - { id: opinion, title: Opinion }
navigation:
  - { title: About, url: /about/ }
`,
    [`content/stories/${year}/${month}/first-edition/index.md`]: `---
headline: ${JSON.stringify(`${name} goes to press`)}
standfirst: The first story of a new paper, and where to change it.
section: news
byline: [Staff reporter]
published: ${day}
topics: [newsroom]
lead:
  src: horizon.jpg
  alt: A pale band of light lies between a grey sky and a dark, even sea
  caption: A horizon, drawn to hold the place of the first photograph
  credit: Drawn by Broadsheet
---

This story is the file \`content/stories/${year}/${month}/first-edition/index.md\`. Change its headline, and the page,
the front and the feeds follow.

## What a story needs

A headline, and a day on which it comes out. Everything else is a choice: a standfirst, a section, topics, a
byline, a picture. Words for a picture stand beside it, so that nobody prints one without saying who made it.

## What comes next

Start the second story with \`broadsheet new story "A headline"\`, and remove this one when it has done its work.
`,
    'content/pages/about.mdx': `---
headline: ${JSON.stringify(`About ${name}`)}
standfirst: Who makes this paper, and how to reach us.
---

Say here who you are, who pays for your work, and how readers reach you when something is wrong.
`,
    '.gitignore': 'dist/\n.broadsheet/\n',
    'README.md': `# ${name}

    broadsheet dev      see the site while you write
    broadsheet check    what a build would refuse
    broadsheet build    write the site into dist/

Stories are in \`content/stories/\`, the name and the sections of the paper in \`content/site.yaml\`.
`,
  };
}

/** A sky and a sea, 1,600 by 900 pixels: the picture says nothing that is not true. */
async function drawPicture(): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="900">
    <defs>
      <linearGradient id="sky" x2="0" y2="1"><stop stop-color="#5d7285"/><stop offset=".8" stop-color="#b9c4c9"/><stop offset="1" stop-color="#f1e6cf"/></linearGradient>
      <linearGradient id="sea" x2="0" y2="1"><stop stop-color="#7f939b"/><stop offset=".15" stop-color="#3d5563"/><stop offset="1" stop-color="#16252f"/></linearGradient>
    </defs>
    <rect width="1600" height="560" fill="url(#sky)"/><rect y="560" width="1600" height="340" fill="url(#sea)"/>
  </svg>`;
  return await sharp(Buffer.from(drawing)).jpeg({ quality: 88 }).toBuffer();
}
