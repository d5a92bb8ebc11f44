import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

const headBytes = 4096;

/** The system that wrote an export, from its first bytes, or from those of the files in a folder. */
export function detectExport(path: string): 'wordpress' | 'ghost' | undefined {
  if (!statSync(path).isDirectory()) return kindOfFile(path);
  const names = readdirSync(path);
  if (names.some((name) => /\.(?:md|markdown|mdx)$/i.test(name))) return undefined;
  for (const name of names.filter((each) => /\.(?:xml|wxr|json)$/i.test(each)).sort()) {
    const file = join(path, name);
    const kind = statSync(file).isFile() ? kindOfFile(file) : undefined;
    if (kind !== undefined) return kind;
  }
  return undefined;
}

function kindOfFile(path: string): 'wordpress' | 'ghost' | undefined {
  const head = firstCharacters(path);
  const isWxr = /<rss\b/.test(head) && /wordpress\.org\/export|<wp:wxr_version>|WordPress eXtended RSS/i.test(head);
  if (isWxr) return 'wordpress';
  const isGhost =
    /^\s*\{/.test(head) &&
    /"exported_on"\s*:|"db"\s*:\s*\[\s*\{|"data"\s*:\s*\{\s*"(?:posts|users|tags)"\s*:/.test(head);
  return isGhost ? 'ghost' : undefined;
}

function firstCharacters(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(headBytes);
    const size = readSync(file, bytes, 0, headBytes, 0);
    // Without the zeros, UTF-16 is recognised too.
    return bytes.subarray(0, size).toString('latin1').replaceAll('\0', '');
  } finally {
    closeSync(file);
  }
}
