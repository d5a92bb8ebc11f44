import { realpathSync, statSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { isWithin } from '../site/is-within.ts';

/*
 * Which files of this machine `dev` hands out as they are. Pages ask Vite for styles, fonts and its own client, by
 * path; Vite answers for every file below the folders it is allowed, in more spellings than anybody can list, and the
 * cache with its index of all drafts lies among them. So this asks the disk: whatever a request could mean is made
 * into a path, and where a file is, the file itself must be one that a page needs.
 */

export interface Gate {
  /** Astro's root, absolute. */
  root: string;
  /** Folders with files that pages need. */
  folders: string[];
}

/** What a page loads. No stories, no databases, no settings. */
const loadable = /\.(?:css|[cm]?[jt]s|astro|svg|png|jpe?g|gif|webp|avif|ico|woff2?|ttf|otf)$/i;

/** Words that a query may have. `raw`, `url`, `inline` and the like turn a file into another answer, and no page asks. */
const queryWords = /^(?:(?:t|v|direct|import|astro|type|index|html-proxy|inline-css|lang\.\w+)(?:=[\w.-]*)?&?)*$/;

/**
 * Whether Vite may be asked.
 *
 * @param target of the request line, as it was sent
 */
export function mayAskVite(target: string, gate: Gate): boolean {
  const [path = '', query = ''] = splitAtQuery(target);
  // `/__open-in-editor` would start a program, and modules are asked for by name (`/@id/`) on the server alone.
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

/** What a target may be understood as: decoded again and again, with and without what follows a `?` or `#`. */
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

/** Whatever is well formed is decoded, and the rest stays: one bad sign must not hide the others. */
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
    // Through every link, and with the name that the disk itself has for it.
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
