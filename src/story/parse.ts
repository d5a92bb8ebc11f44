import type { Problem } from '../problems/problem.ts';
import { baseOf, type Site } from '../site/site.ts';
import { checkData, usableData } from '../yaml/check-data.ts';
import { readSource } from '../yaml/source.ts';
import type { Source } from '../yaml/source-type.ts';
import { type CompiledBody, compileBody } from './body/compile.ts';
import type { StoryElement } from './elements.ts';
import { lostInStory } from './lost/lost-in-story.ts';
import { tablesOf } from './needs.ts';
import { namedPicture, pictureFileOf } from './picture-file.ts';
import { type FrontMatter, frontMatterSchema } from './schema.ts';

/** A story as described by its own file alone. */
export interface ParsedStory {
  file: string;
  fileDigest: string;
  source: Source;
  frontMatter: FrontMatter;
  body: CompiledBody;
  /** The newsroom-relative paths of the pictures that it refers to. */
  pictures: string[];
  /** The newsroom-relative paths of the table files that it refers to. */
  tables: string[];
  /** Problems in the front matter itself. If there are any, the rest is read only to find more problems. */
  broken: Problem[];
  /** Words that readers would not get. Whether this refuses the story depends on whether it was published before. */
  lost: Problem[];
}

/** Reads and checks a story's file by itself. */
export async function parseStory(
  file: string,
  bytes: Uint8Array,
  fileDigest: string,
  site: Site,
  known?: Record<string, StoryElement>,
): Promise<{ parsed: ParsedStory } | { problems: Problem[] }> {
  const source = readSource(file, bytes);
  const format = /\.mdx$/i.test(file) ? 'mdx' : 'md';
  const base = baseOf(site);
  if ('problems' in source) {
    const { problems, body: text, bodyLine: firstLine } = source;
    if (text === undefined || firstLine === undefined) return { problems };
    return {
      problems: [
        ...problems,
        ...compileBody({ text, format, file, firstLine }, { language: site.language, base, known }).problems,
      ],
    };
  }
  const checked = await checkData(frontMatterSchema, source, file, 'a story');
  const broken = 'problems' in checked ? checked.problems : [];
  const frontMatter = 'data' in checked ? checked.data : usableData(frontMatterSchema, source.data, { headline: '?' });
  const language = frontMatter.language ?? site.language;
  const body = compileBody({ text: source.body, format, file, firstLine: source.bodyLine }, { language, base, known });
  const sources = body.pictures.map(({ src }) => src);
  if (frontMatter.lead) sources.unshift(namedPicture(frontMatter.lead).src);
  const pictures = [...new Set(sources.map((src) => pictureFileOf(file, src)).filter((path) => path !== undefined))];
  const { lost, warnings } = lostInStory({ file, format, source, body, language });
  body.problems.push(...source.warnings, ...warnings);
  return {
    parsed: { file, fileDigest, source, frontMatter, body, pictures, tables: tablesOf(file, body), broken, lost },
  };
}

/** Whether a story's file says that it is a draft, however broken the rest of it is. */
export const isDraftFile = ({ source }: Pick<ParsedStory, 'source'>): boolean =>
  (source.data as { draft?: unknown } | null)?.draft === true;
