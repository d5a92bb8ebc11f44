// The files that lib/ is made from. It is plain JavaScript, because `bin.mjs` calls it before it knows whether lib/ can
// be used.
import { hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** npm's own record of the installed packages, because packages are compiled into lib/ too. */
const installed = 'node_modules/.package-lock.json';

/**
 * The files that lib/ depends on, sorted: every file in src/ except tests.
 *
 * @param {string} root the repository
 * @returns {string[]} paths relative to it
 */
export function inputsOf(root) {
  const sources = filesUnder(root, 'src').filter((file) => !/\.(?:test|fixture)\.\w+$/.test(file));
  return [...(existsSync(join(root, installed)) ? [installed] : []), ...sources].sort();
}

/**
 * Whether lib/ was made from the current files. A file with another time is read, because a clone or a copy gives every
 * file a new time.
 *
 * @param {string} root the repository
 */
export function isLibCurrent(root) {
  try {
    const made = JSON.parse(readFileSync(join(root, 'lib/sources.json'), 'utf8'));
    const files = inputsOf(root);
    return (
      existsSync(join(root, 'lib/compiled')) &&
      files.length === made.length &&
      made.every(([file, size, mtimeMs, digest], place) => {
        if (files[place] !== file) return false;
        const stat = statSync(join(root, file));
        if (stat.size !== size) return false;
        return stat.mtimeMs === mtimeMs || hash('sha256', readFileSync(join(root, file)), 'base64url') === digest;
      })
    );
  } catch {
    return false; // lib/ does not exist or is incomplete
  }
}

function filesUnder(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesUnder(root, `${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
  );
}
