import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { several } from '../problems/counted.ts';
import { MinisignError, type PublicKey, readPublicKey } from '../site/minisign.ts';
import { type Reasons, type Verified, verifySite } from '../verify/verify.ts';
import { type Arguments, type CommandWords, type Io, readArguments, UsageError } from './command.ts';
import { openProgress } from './progress.ts';
import { plainProblem, problemsOf, reportFailure } from './report-problems.ts';
import { stoppable } from './stop.ts';

export const words: CommandWords = {
  usage: 'verify DIR|URL [options]',
  about: `Compares a published site with the manifest of its files that the build wrote, and lists what was changed, is
missing, or was added since. DIR is the folder of a site: the one that was built, or a copy of it. With a URL, every
file that the manifest names is requested as a reader would do it. Files that were added cannot be found in this way.
The exit code is 0 if the site is as published, and 1 if it is not.`,
  options: {
    key: {
      value: 'KEY',
      words:
        'the public key of minisign with which the manifest must be signed, or a file that contains it (default: publicKey in content/site.yaml of the current folder)',
    },
    json: { words: 'print only a report, as JSON' },
    quiet: { words: 'print nothing if the site is as published' },
  },
  examples: [
    ['broadsheet verify dist', 'the site that was built here'],
    ['broadsheet verify https://post.example/', 'the site that readers see'],
    ['broadsheet verify https://post.example/ --key minisign.pub', 'the same, and who published it'],
  ],
  wordsMax: 1,
};

/** `broadsheet verify` */
export async function run(argv: string[], io: Io): Promise<number> {
  const args = readArguments(words, argv);
  const [target] = args.words;
  if (target === undefined)
    throw new UsageError(
      'Name the folder or the address of a published site.',
      'Write  broadsheet verify dist  or  broadsheet verify https://post.example/ .',
    );
  const isQuiet = args.has('quiet');
  const isJson = args.has('json');
  const began = performance.now();
  const seconds = () => Math.round(performance.now() - began) / 1000;
  const site = await siteOf(target, io);
  const key = keyOf(args, io);
  const progress = openProgress(io, isQuiet || isJson);
  const say = (report: object) => {
    if (isJson) io.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  };
  try {
    const work = verifySite(site, {
      key,
      onProgress: (done, total) => progress.show({ phase: 'verify', done, total }),
    });
    const verified = await stoppable(work, () => {
      progress.end();
      io.stderr.write('Stopped. Not every file was compared.\n');
    });
    progress.end();
    const isGood = verified.changed.length + verified.missing.length + verified.added.length === 0;
    say({ ok: isGood, site: site.name, ...plainVerified(verified), seconds: seconds(), errors: [] });
    if (!isJson && !(isQuiet && isGood)) io.stdout.write(summaryOf(site.name, verified, seconds()));
    return isGood ? 0 : 1;
  } catch (error) {
    progress.end();
    const problems = problemsOf(error);
    if (!isJson || !problems) return reportFailure(error, io);
    const nothing = { changed: [], missing: [], added: [] };
    say({ ok: false, site: site.name, ...nothing, seconds: seconds(), errors: problems.map(plainProblem) });
    return 1;
  }
}

async function siteOf(target: string, io: Io) {
  if (/^https?:\/\//i.test(target)) {
    if (!URL.canParse(target))
      throw new UsageError(
        `"${target}" is not an address.`,
        'Write the complete address, such as  https://post.example/ .',
      );
    const { siteOnTheWeb } = await import('../verify/web.ts');
    return siteOnTheWeb(target);
  }
  const folder = resolve(io.cwd, target);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    const isHost = /^[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:\/|$)/.test(target) && !existsSync(folder);
    throw new UsageError(
      `There is no folder ${target}.`,
      isHost ? `If this is an address, write  https://${target} .` : 'Name the folder of a site, such as  dist .',
    );
  }
  const { siteInFolder } = await import('../verify/folder.ts');
  return siteInFolder(folder, target);
}

/** The key that must have signed: the one that was named, or that of the newsroom in the current folder. */
function keyOf(args: Arguments, io: Io): PublicKey | undefined {
  const named = args.value('key');
  if (named === undefined) {
    const written = publicKeyOfNewsroom(io);
    return written === undefined ? undefined : readPublicKey(written);
  }
  const file = resolve(io.cwd, named);
  try {
    return readPublicKey(statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file, 'utf8') : named);
  } catch (error) {
    if (!(error instanceof MinisignError)) throw error;
    throw new UsageError(
      `--key ${named}: ${error.message}`,
      'Write the line of  minisign.pub  that begins with RW, or the name of the file.',
    );
  }
}

/** The line in site.yaml, read without an index, so that a site can be verified anywhere. */
function publicKeyOfNewsroom(io: Io): string | undefined {
  try {
    const text = readFileSync(join(io.cwd, 'content/site.yaml'), 'utf8');
    return /^publicKey:\s*["']?(RW[\w+/=]{54})["']?\s*(?:#.*)?$/m.exec(text)?.[1];
  } catch {
    return undefined;
  }
}

/** The result for other programs. These names are a contract. */
function plainVerified({ reasons, isListed, ...rest }: Verified) {
  return { ...rest, listed: isListed, reasons: Object.fromEntries([...reasons].sort()) };
}

const shownMax = 20;

function summaryOf(name: string, verified: Verified, seconds: number): string {
  const { publish, files, signature, changed, missing, added, isListed, reasons, unserved, redirected } = verified;
  const lists: [string[], string][] = [
    [changed, 'changed'],
    [missing, 'missing'],
    [added, 'added'],
  ];
  const isGood = lists.every(([list]) => list.length === 0);
  const which = `publish ${publish.slice(0, 12)}`;
  const lines = [
    isGood
      ? `${name} is as published: ${several(files, 'file')}, ${which}, ${seconds.toFixed(2)} s.`
      : `${name} is not as published (${which}, ${several(files, 'file')}):`,
    ...lists.flatMap(([list, what]) => listLines(list, what, reasons)),
  ];
  if (redirected.length > 0)
    lines.push(
      `The host redirects ${several(redirected.length, 'address')} to other files of the site, which are as published.`,
    );
  if (unserved.length > 0) lines.push(`Files for the host, which it does not send to readers: ${unserved.join(', ')}.`);
  if (!isListed && isGood)
    lines.push('Files that were added could not be looked for, because a host does not list its files.');
  lines.push(signatureLine(signature));
  return `${lines.join('\n')}\n`;
}

function listLines(list: string[], what: string, reasons: Reasons): string[] {
  if (list.length === 0) return [];
  const shown = list.slice(0, shownMax).map((path) => {
    const reason = reasons.get(path);
    return `    ${printable(path)}${reason === undefined ? '' : `  (${reason})`}`;
  });
  if (list.length > shownMax) shown.push(`    and ${several(list.length - shownMax, 'other')}`);
  return [`  ${several(list.length, 'file')} ${what}`, ...shown];
}

/** A name that somebody else chose must not control the terminal. */
const printable = (path: string): string => path.replace(/\p{Cc}/gu, '\u{fffd}');

function signatureLine(signature: Verified['signature']): string {
  if (signature.state === 'valid') return `Signed with the key ${signature.keyId}: ${printable(signature.comment)}`;
  return signature.state === 'none'
    ? 'The manifest is not signed, so anyone who can write to the host could change it together with the site.'
    : `The manifest is signed with the key ${signature.keyId}, which was not checked. Name the public key with  --key .`;
}
