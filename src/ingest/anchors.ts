import { readContent } from '../index/content-files.ts';
import type { IndexHandle } from '../index/handle.ts';
import { knownElements } from '../index/theme-elements.ts';
import { unescapeHtml } from '../site/markup.ts';
import { baseOf, type Site } from '../site/site.ts';
import type { Body } from '../story/body/body.ts';
import { compileBody } from '../story/body/compile.ts';
import { readSource } from '../yaml/source.ts';

/** Ids that our templates add to every page, or every story. */
const ofTemplates = ['', 'top', 'main', 'support', 'newsletter', 'tips'];

/**
 * The ids in the text of a story or page that a link can lead to. The text is compiled for this, because few links name
 * a heading of another text, and storing all headings would slow down every build.
 *
 * @param owner story/ID or page/ID
 * @returns undefined if it cannot be determined
 */
export function anchorsOf(index: IndexHandle, owner: string, site: Site): Set<string> | undefined {
  const { sql } = index;
  const row = (
    owner.startsWith('story/')
      ? sql("SELECT file, card ->> 'language' AS language FROM story WHERE id = ?").get(owner.slice('story/'.length))
      : sql("SELECT file, record ->> 'language' AS language FROM record WHERE key = ?").get(owner)
  ) as { file: string; language: string | null } | undefined;
  if (!row) return undefined;
  let bytes: Buffer;
  try {
    bytes = readContent(index, row.file);
  } catch {
    return undefined; // deleted meanwhile: the next publish reports it
  }
  const source = readSource(row.file, bytes);
  if ('problems' in source) return undefined;
  const format = /\.mdx$/i.test(row.file) ? 'mdx' : 'md';
  const { body } = compileBody(
    { text: source.body, format, file: row.file, firstLine: source.bodyLine },
    { language: row.language ?? site.language, base: baseOf(site), known: knownElements(index).known },
  );
  return new Set([...ofTemplates, ...idsIn(body)]);
}

const idsIn = (body: Body): string[] =>
  body.flatMap((part) => {
    if (part.kind === 'html')
      return [...part.html.matchAll(/<[a-z][^<>]*? id="([^"]*)"/g)].map(([, id = '']) => unescapeHtml(id));
    return 'children' in part ? idsIn(part.children) : [];
  });
