import { zoneOffsetMs } from '../site/zone.ts';
import { doubleQuoted, editFrontMatter, editYaml, type YamlValue, yamlScalar } from '../yaml/write/front-matter.ts';

/* The files that `new` writes. Hints are comments, so each file is valid as it is. */

/** A story to fill in. @param published as written in the file */
export function storyText({
  headline,
  section,
  published,
}: {
  headline: string;
  section: string | undefined;
  published: string;
}): string {
  const template = `---
draft: true                  # remove this line to publish
headline: ""
# standfirst: One or two sentences under the headline.
${section === undefined ? '# section: the id of a section in content/site.yaml' : 'section:'}
published: # stories of a day are sorted by their times
# byline: [first-last]       # a file in content/authors/, or a name as printed
# dateline: Galway
# topics: [harbour, storms]
# lead:                      # the picture at the top; put the file beside this one
#   src: picture.jpg
#   alt: What the picture shows, for readers who do not see it
#   caption: What the picture means
#   credit: Who made it
---

Write the story here. A picture in the text is
\`![What it shows](file.jpg "What it means")\`, and a link to another story is
\`[words](story:2025/02/its-slug)\`.
`;
  return filled(editFrontMatter, template, { headline, section, published });
}

/** An author to fill in. */
export const authorText = (name: string, id: string): string =>
  filled(
    editYaml,
    `name: ""
# role: Environment correspondent
# bio: One or two sentences, as plain text.
# picture: { src: ${yamlScalar(`${id}.jpg`, true)}, alt: What the picture shows } # put the file beside this one
# links:
#   - { title: Mastodon, url: ${doubleQuoted(`https://example.org/@${id}`)} }
`,
    { name },
  );

/** A standing page to fill in. */
export const pageText = (headline: string): string =>
  filled(
    editFrontMatter,
    `---
draft: true # remove this line to publish
headline: ""
# standfirst: One or two sentences under the headline.
---

Write the page here.
`,
    { headline },
  );

/** A template with its empty keys filled in. Its comments stay. */
export function filled(
  edit: typeof editYaml | typeof editFrontMatter,
  template: string,
  fields: Record<string, YamlValue | undefined>,
): string {
  const edited = edit(
    template,
    Object.entries(fields).map(([key, value]) => ({ path: [key], value })),
  );
  if ('refused' in edited) throw new Error(edited.refused);
  return edited.text;
}

/**
 * Adds a topic to topics.yaml. Existing text stays as written, with its comments.
 *
 * @param idOf the id for a title
 * @returns the new text, the topic that already exists, or why the file cannot be read
 */
export async function withTopic(
  before: string,
  id: string,
  title: string,
  idOf: (title: string) => string,
): Promise<{ text: string } | { taken: string } | { broken: string }> {
  const { parseDocument } = await import('yaml');
  const document = parseDocument(before);
  const [error] = document.errors;
  if (error) return { broken: error.message.split('\n')[0] ?? '' };
  const topics = (document.toJS() ?? {}) as Record<string, { title?: unknown; aliases?: unknown } | null>;
  if (typeof topics !== 'object' || Array.isArray(topics))
    return { broken: 'it must contain topics with their titles.' };
  for (const [known, said] of Object.entries(topics)) {
    const spellings = [known, said?.title, ...(Array.isArray(said?.aliases) ? said.aliases : [])];
    if (known === id || spellings.some((spelling) => typeof spelling === 'string' && idOf(spelling) === id))
      return { taken: known };
  }
  const hints = ['description: A sentence shown on the topic page.', 'aliases: [other spellings]'];
  const edited = editYaml(before, [{ path: [id], value: { title }, hints }]);
  return 'refused' in edited ? { broken: edited.refused } : edited;
}

/** "2026-03-01T06:00+01:00" */
export function momentWithOffset(instant: number, timeZone: string): string {
  const offsetMs = zoneOffsetMs(instant, timeZone);
  const local = new Date(instant + offsetMs).toISOString().slice(0, 16);
  const minutes = Math.abs(offsetMs) / 60_000;
  // Before standard time, offsets had seconds, which a date in a story cannot express.
  if (!Number.isInteger(minutes)) return local;
  const two = (count: number) => String(count).padStart(2, '0');
  return `${local}${offsetMs < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
