import { type Document, isMap, isPair, isScalar, type Pair, parseDocument, type Scalar } from 'yaml';
import { formatVersion, type KindOfFile, type OldKey, withNewKeys } from '../yaml/renamed-keys.ts';

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
  if (!/\.mdx?$/.test(file))
    return kind === 'site.yaml' ? withFormat(upgradedYaml(text, kind)) : upgradedYaml(text, kind);
  const [, open = '', yaml, rest = ''] =
    /^(\uFEFF?---[ \t]*\r?\n)((?:[\s\S]*?\r?\n)?)(---[ \t]*(?:\r?\n[\s\S]*)?)$/.exec(text) ?? [];
  return yaml === undefined ? text : open + upgradedYaml(yaml, kind) + rest;
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

function upgradedYaml(yaml: string, kind: KindOfFile): string {
  const document = parseDocument(yaml, { keepSourceTokens: true });
  if (document.errors.length > 0) return yaml;
  const { old } = withNewKeys(document.toJS(), kind);
  const edits = old.flatMap((key) => editOf(document, yaml, key) ?? []);
  return edits
    .sort((a, b) => b.from - a.from)
    .reduce((text, { from, to, put }) => text.slice(0, from) + put + text.slice(to), yaml);
}

/** An edit of the text: the removed range, and the replacement. */
interface Edit {
  from: number;
  to: number;
  put: string;
}

function editOf(document: Document, yaml: string, { path, now, isTwice }: OldKey): Edit | undefined {
  const pair = pairAt(document, path);
  const range = pair?.key.range;
  if (!pair || !range) return undefined;
  if (now !== undefined && !isTwice) return { from: range[0], to: range[1], put: now };
  // A removed key is removed with its value: up to the end of the line in a block, or up to the next comma in braces.
  const value = pair.value as { range?: [number, number, number] } | null;
  const end = value?.range?.[1] ?? range[1];
  const lineStart = yaml.lastIndexOf('\n', range[0] - 1) + 1;
  if (/^[ \t]*(?:- )?$/.test(yaml.slice(lineStart, range[0])) && !yaml.slice(lineStart, range[0]).includes('-')) {
    const lineEnd = yaml.charAt(end - 1) === '\n' ? end : yaml.indexOf('\n', end) + 1 || yaml.length;
    return { from: lineStart, to: lineEnd, put: '' };
  }
  const comma = /^\s*,\s*/.exec(yaml.slice(end))?.[0];
  if (comma !== undefined) return { from: range[0], to: end + comma.length, put: '' };
  const before = /,\s*$/.exec(yaml.slice(0, range[0]))?.[0].length ?? 0;
  // The first key of a list entry: its hyphen stays for the next key.
  const next = before === 0 ? (/^\s*\n\s*(?=\S)/.exec(yaml.slice(end))?.[0].length ?? 0) : 0;
  return { from: range[0] - before, to: end + next, put: '' };
}

function pairAt(document: Document, path: readonly (string | number)[]): (Pair & { key: Scalar }) | undefined {
  const parent = document.getIn(path.slice(0, -1), true) ?? (path.length === 1 ? document.contents : undefined);
  if (!isMap(parent)) return undefined;
  const found = parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === path.at(-1));
  return found && isScalar(found.key) ? (found as Pair & { key: Scalar }) : undefined;
}

/** site.yaml with `broadsheet: N`, in its existing place or as the first key, below the comments at the top. */
function withFormat(yaml: string): string {
  const document = parseDocument(yaml);
  if (document.errors.length > 0 || !isMap(document.contents)) return yaml;
  const there = document.contents.items.find(({ key }) => isScalar(key) && key.value === 'broadsheet');
  const value = there?.value as Scalar | undefined;
  if (value?.range) {
    if (Number(value.value) >= formatVersion) return yaml;
    return yaml.slice(0, value.range[0]) + formatVersion + yaml.slice(value.range[1]);
  }
  const first = (document.contents.items[0]?.key as Scalar | undefined)?.range?.[0];
  if (first === undefined || document.contents.flow) return yaml;
  const lineEnd = yaml.includes('\r\n') ? '\r\n' : '\n';
  return `${yaml.slice(0, first)}broadsheet: ${formatVersion}${lineEnd}${yaml.slice(first)}`;
}
