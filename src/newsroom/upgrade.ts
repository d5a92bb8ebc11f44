import { siteSchema } from '../site/site.ts';
import { formatVersion, type KindOfFile, withNewKeys } from '../yaml/renamed-keys.ts';
import { readSource, readYamlFile } from '../yaml/source.ts';
import { type Change, editFrontMatter, editYaml } from '../yaml/write/front-matter.ts';

/**
 * A file of a newsroom with its keys renamed for this version. Only the keys change: comments, order, quotation marks,
 * and line endings stay as the editor wrote them.
 *
 * @param file relative to the newsroom
 * @param text of the file
 * @returns the same text if there is nothing to do, or if the YAML cannot be read, which a build reports
 */
export function upgradedFile(file: string, text: string): string {
  const kind = kindOf(file);
  if (kind === undefined) return text;
  const [read, edit] = /\.mdx?$/.test(file) ? [readSource, editFrontMatter] : [readYamlFile, editYaml];
  const source = read(file, new TextEncoder().encode(text));
  if ('problems' in source) return text;
  const schema = kind === 'site.yaml' ? siteSchema : undefined;
  // A key that cannot be changed keeps its old name, which a build warns about.
  return changesOf(source.data, kind).reduce((before, change) => {
    const edited = edit(before, [change], schema);
    return 'refused' in edited ? before : edited.text;
  }, text);
}

function changesOf(data: unknown, kind: KindOfFile): Change[] {
  const { old } = withNewKeys(data, kind);
  const changes = Object.values(Object.groupBy(old, ({ was }) => was)).flatMap((places = []) =>
    // From the end, because a list entry is removed with its only key.
    places
      .toReversed()
      .map(
        ({ path, now, isTwice }): Change =>
          now === undefined || isTwice ? { path, value: undefined } : { path, key: now },
      ),
  );
  return kind === 'site.yaml' && isOlder(data) ? [...changes, { path: ['broadsheet'], value: formatVersion }] : changes;
}

/** Whether site.yaml is in an earlier format. An empty file does not count. */
function isOlder(data: unknown): boolean {
  const { broadsheet } = data as { broadsheet?: unknown };
  return Object.keys(data as object).length > 0 && !(Number(broadsheet) >= formatVersion);
}

/** The kind of file at a path, or undefined for a file without keys. */
export function kindOf(file: string): KindOfFile | undefined {
  if (file === 'content/site.yaml') return 'site.yaml';
  if (file === 'content/topics.yaml') return 'topics.yaml';
  if (file === 'content/series.yaml') return 'series.yaml';
  if (/^content\/authors\/[^/]+\.yaml$/.test(file)) return 'an author';
  if (/^content\/fronts\/[^/]+\.yaml$/.test(file)) return 'a front';
  if (/^content\/pages\/.+\.mdx?$/.test(file)) return 'a page';
  if (/^content\/stories\/.+\.mdx?$/.test(file)) return 'a story';
  return /^content\/.+\.\w+\.yaml$/.test(file) ? 'a sidecar' : undefined;
}
