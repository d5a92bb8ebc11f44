import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type FileDigest, manifestFiles, sha256Of } from '../site/manifest.ts';

/** Writes a file below a folder. */
export function put(folder: string, path: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Files of a site in a new folder, with the manifest of these files. */
export function publishedSite(more: Record<string, string> = {}): { folder: string; files: Record<string, string> } {
  const folder = mkdtempSync(join(tmpdir(), 'published-'));
  const files: Record<string, string> = {
    'index.html': '<p>Home</p>',
    '404.html': '<p>Not found</p>',
    'feed.xml': '<rss/>',
    _headers: '/*\n  X-Frame-Options: DENY\n',
    '2025/02/ferry/index.html': '<p>The ferry</p>',
    '2025/03/weir/index.html': '<p>The weir</p>',
    'old/ferry/index.html': '<p>Moved</p>',
    'größe/漢字 100%.txt': 'any name',
    'assets/pictures/a-300.webp': 'picture',
    ...more,
  };
  const contents = new Map<string, FileDigest>();
  for (const [path, text] of Object.entries(files)) {
    put(folder, path, text);
    contents.set(path, { sha256: sha256Of(text), size: Buffer.byteLength(text) });
  }
  put(folder, '.broadsheet', 'This folder is written by Broadsheet.');
  for (const [path, text] of manifestFiles(contents)) put(folder, path, text);
  return { folder, files };
}
