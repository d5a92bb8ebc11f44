import { realpathSync, statSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { isWithin } from '../site/is-within.ts';

/*
 * Decides which files of this machine `dev` serves unchanged. Pages request styles, fonts, and Vite's own client from
 * Vite, by path. Vite responds for every file in the folders that it is allowed to serve, in more spellings than
 * anybody can list, and those folders include the cache with its index of all drafts. So this checks the disk: each
 * possible meaning of a request is turned into a path, and if there is a file, it must be one that a page needs.
 */

export interface Gate {
  /** Astro's root, absolute. */
  root: string;
  /** Folders with files that pages need. */
  folders: string[];
}

/** Files that a page loads. No stories, databases, or settings. */
const loadable = /\.(?:css|[cm]?[jt]s|astro|svg|png|jpe?g|gif|webp|avif|ico|woff2?|ttf|otf)$/i;

/** Allowed words in a query. `raw`, `url`, `inline`, and similar words change the response, and no page uses them. */
const queryWords = /^(?:(?:t|v|direct|import|astro|type|index|html-proxy|inline-css|lang\.\w+)(?:=[\w.-]*)?&?)*$/;

/**
 * Whether a request may be passed to Vite.
 *
 * @param target of the request line, as it was sent
 */
export function mayAskVite(target: string, gate: Gate): boolean {
  const [path = '', query = ''] = splitAtQuery(target);
  // `/__open-in-editor` would start a program, and modules are requested by name (`/@id/`) only on the server.
  if (/^\/(?:@(?!vite\/|fs\/)|__)/.test(path)) return false;
  const files = spellings(target).flatMap((spelling) => filesMeant(spelling, gate.root));
  if (files.length === 0) return !path.startsWith('/@fs/') || hasPlainQuery(query);
  return hasPlainQuery(query) && files.every((file) => isNeeded(file, gate.folders));
}

const splitAtQuery = (target: string): string[] => {
  const at = target.indexOf('?');
  return at < 0 ? [target] : [target.slice(0, at), target.slice(at + 1)];
};

const hasPlainQuery = (query: string): boolean => queryWords.test(query);

/** The possible meanings of a target: decoded repeatedly, with and without what follows a `?` or `#`. */
function spellings(target: string): string[] {
  const found = new Set<string>();
  let text = target;
  for (let depth = 0; depth < 4; depth++) {
    const plain = text.replaceAll('\\', '/');
    for (const form of [plain, plain.split('?')[0] ?? '', plain.split(/[?#]/)[0] ?? '']) found.add(form);
    const next = decodedOnce(text);
    if (next === text) break;
    text = next;
  }
  return [...found].filter((form) => !form.includes('\0'));
}

/** Everything well formed is decoded, and the rest stays, because one invalid character must not hide the others. */
const decodedOnce = (text: string): string =>
  text.replace(/(?:%[\da-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });

/** Files on this machine that a spelling names, by the root, by the whole disk, or by Vite's own prefixes. */
function filesMeant(spelling: string, root: string): string[] {
  const bare = spelling.replace(/^\/+(?:@(?:fs|id)\/+)?(?:__x00__)?(?:file:)?\/*/, '');
  const places = [resolve(root, `.${sep}${spelling}`), resolve('/', bare), resolve(root, bare)];
  return [...new Set(places)].filter(isFile);
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function isNeeded(file: string, folders: string[]): boolean {
  try {
    // With every link resolved, and with the name that the file system uses.
    const real = realpathSync.native(file);
    return (
      loadable.test(real) &&
      folders.map(realOf).some((folder) => isWithin(real, folder) && !hasHiddenPart(real.slice(folder.length)))
    );
  } catch {
    return false;
  }
}

const hasHiddenPart = (path: string): boolean => path.split(sep).some((part) => part.startsWith('.'));

function realOf(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    return folder;
  }
}
