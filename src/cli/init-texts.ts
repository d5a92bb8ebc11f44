import { formatVersion } from '../yaml/renamed-keys.ts';
import { editFrontMatter, editYaml } from '../yaml/write/front-matter.ts';
import { exampleUrl } from './init-facts.ts';
import { filled, momentWithOffset } from './new-texts.ts';
import type { PaperFacts } from './paper-facts.ts';

/* The files that `init` writes. */

/** The folder in the newsroom for copies of the schemas. */
export const schemaFolder = '.vscode/broadsheet';

const pictures = ['jpg', 'jpeg', 'png', 'webp', 'avif', 'gif', 'tif', 'tiff', 'svg'];

/**
 * For Visual Studio Code with its YAML extension: completion, descriptions, and checks in the files of the newsroom.
 */
export const editorSettings = `${JSON.stringify(
  {
    'yaml.schemas': Object.fromEntries(
      Object.entries({
        site: 'content/site.yaml',
        deploy: 'content/deploy.yaml',
        topics: 'content/topics.yaml',
        series: 'content/series.yaml',
        front: 'content/fronts/*.yaml',
        author: 'content/authors/*.yaml',
        picture: pictures.map((ending) => `content/**/*.${ending}.yaml`),
      }).map(([name, files]) => [`./${schemaFolder}/${name}.schema.json`, files]),
    ),
    'files.exclude': { '.broadsheet': true },
  },
  null,
  2,
)}\n`;

/**
 * The files of a new newsroom, by path.
 *
 * @param command the command that starts Broadsheet from the newsroom
 */
export function newsroomFiles(
  { name, language, timeZone, url }: PaperFacts,
  today: Date,
  command: string,
): Record<string, string> {
  const published = momentWithOffset(today.getTime(), timeZone);
  const [year, month] = published.split('-');
  const isExample = url === exampleUrl;
  const feedIdentity = `${new URL(url).hostname},${year}`;
  const identity = isExample
    ? `# feedIdentity: "post.example,${year}" # set it together with the url, and then never change it\n`
    : '# identifies the stories in feeds; never change it, not even with the url\nfeedIdentity:\n';
  // This first text is in English, whatever the language of the paper is.
  const inEnglish = /^en\b/i.test(language) ? '' : 'language: en\n';
  return {
    'content/site.yaml': filled(
      editYaml,
      `broadsheet: # the format of these files; see  broadsheet upgrade --help
name: ""
url: # the address of the site; it can have a path
${identity}language:
timeZone:
sections:
  - { id: news, title: News }
  - { id: opinion, title: Opinion }
navigation:
  - { title: About, url: /about/ }
`,
      { broadsheet: formatVersion, name, url, ...(isExample ? {} : { feedIdentity }), language, timeZone },
    ),
    [`content/stories/${year}/${month}/first-edition/index.md`]: filled(
      editFrontMatter,
      `---
headline: ""
standfirst: The first story of a new paper, and where to change it.
section: news
byline: [Staff reporter]
published:
${inEnglish}topics: [newsroom]
lead:
  src: horizon.jpg
  alt: A pale band of light between a grey sky and a dark, calm sea
  caption: A drawing of a horizon, in place of your first photograph
  credit: Drawn by Broadsheet
---

This story is the file \`content/stories/${year}/${month}/first-edition/index.md\`. When you change its headline,
the page, the front, and the feeds change too.

## What a story needs

A story needs a headline and the time at which it is published. Everything else is optional: a standfirst, a section,
topics, a byline, a picture. The caption and credit of a picture are written beside it, so that none is printed without a credit.

## What comes next

Start the second story with \`${command} new story "A headline"\`, and delete this one when you no longer need it.
`,
      { headline: `${name} goes to press`, published },
    ),
    'content/pages/about.mdx': filled(
      editFrontMatter,
      `---
headline: ""
standfirst: Who makes this paper, and how to reach us.
${inEnglish}---

Say who you are, who pays for your work, and how readers can reach you if something is wrong.
`,
      { headline: `About ${name}` },
    ),
    '.gitignore': 'node_modules/\ndist/\n.broadsheet/\n.broadsheet-desk/\n',
    'README.md': `# ${name}

    ${command} dev      see the site while you write
    ${command} check    list what a build would refuse
    ${command} build    write the site to dist/

Stories are in \`content/stories/\`. The name and the sections of the paper are in \`content/site.yaml\`.
`,
  };
}

/** A sky and a sea, 1,600 by 900 pixels. The picture does not claim to show anything real. */
export async function drawPicture(): Promise<Uint8Array> {
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
