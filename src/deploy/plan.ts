import { fileOfForm } from '../site/compressed-form.ts';
import { type Contents, isManifestFile, manifestFile, signatureFile } from '../site/manifest.ts';
import type { Known } from './known.ts';
import { deletionRankOf, type Phase, rankOf, type Step } from './order.ts';
import { isInWorkFolder, isLeftAlone } from './target.ts';

/* What a deploy does: a pure function of the site, of what is at the target, and of the options. */

export interface Plan {
  steps: Step[];
  /** For a file that is sent, the files that have to be deleted before: a file where a folder has to be, or inside it. */
  clear: Map<string, string[]>;
  /** All files that are sent, sorted. */
  sent: string[];
  /** All files that are deleted, sorted. */
  deleted: string[];
  /** How many files stay as they are. */
  unchanged: number;
  /** The size of all files that are sent. */
  bytes: number;
  /** Files with bytes of somebody else that stay, although the site has a new version of them or no longer has them. */
  inTheWay: string[];
  /** Files with bytes of somebody else that stay, and that the site has not changed. */
  changed: string[];
  /** Files of somebody else that are not part of the site. They stay. */
  added: string[];
}

export interface PlanOptions {
  /** Replaces and deletes files of somebody else, too. */
  isForced: boolean;
  /** Pages at the target that nothing leads to, so that they count as new (`stale-leftovers.ts`). */
  stale?: ReadonlySet<string>;
  /** Whether an earlier deploy put a site there. Otherwise files that are not part of the site are never deleted. */
  isKnown: boolean;
}

export function planDeploy(
  local: Contents,
  remote: ReadonlyMap<string, Known>,
  { isForced, isKnown, stale }: PlanOptions,
): Plan {
  const ranked = new Map<number, { phase: Exclude<Phase, 'deletions'>; send: string[] }>();
  const removed = new Map<number, string[]>();
  const plan: Plan = {
    steps: [],
    clear: new Map(),
    sent: [],
    deleted: [],
    unchanged: 0,
    bytes: 0,
    inTheWay: [],
    changed: [],
    added: [],
  };
  // A form that is older than its file would be sent to readers in its place, whoever put it there.
  const isForm = (path: string) => {
    const file = fileOfForm(path);
    return file !== undefined && (local.has(file) || remote.has(file));
  };
  for (const [path, { sha256 }] of local) {
    const there = remote.get(path);
    if (there?.sha256 === sha256) {
      plan.unchanged += 1;
      continue;
    }
    if (there && !isForced && !there.isOurs && !isManifestFile(path) && !isForm(path)) {
      (there.put === sha256 ? plan.changed : plan.inTheWay).push(path);
      continue;
    }
    plan.sent.push(path);
    const { rank, phase } = isManifestFile(path)
      ? manifestRank(path)
      : rankOf(fileOfForm(path) ?? path, there === undefined || stale?.has(path) === true);
    const step = ranked.get(rank) ?? { phase: phase as Exclude<Phase, 'deletions'>, send: [] };
    step.send.push(path);
    ranked.set(rank, step);
  }
  for (const [path, there] of remote) {
    if (local.has(path) || isInWorkFolder(path) || isLeftAlone(path)) continue;
    if (!there.isOurs && !isManifestFile(path) && !isForm(path)) {
      const isAdded = there.put === undefined;
      // Hidden files are settings of the host, and nobody sees them in a list of the site's files.
      if (isAdded && isHidden(path)) continue;
      if (!isForced || (isAdded && !isKnown)) {
        (isAdded ? plan.added : plan.inTheWay).push(path);
        continue;
      }
    }
    plan.deleted.push(path);
    const rank = deletionRankOf(fileOfForm(path) ?? path);
    removed.set(rank, [...(removed.get(rank) ?? []), path]);
  }
  giveWay(plan, ranked);
  clearTheWay(plan);
  const early = new Set([...plan.clear.values()].flat());
  for (const list of [plan.sent, plan.deleted, plan.inTheWay, plan.changed, plan.added]) list.sort();
  const isBefore = (rank: number) => rank < manifestRanks.part;
  const sends = [...ranked].sort(([a], [b]) => a - b);
  plan.steps = [
    ...sends.filter(([rank]) => isBefore(rank)).map(([, step]) => step),
    ...[...removed]
      .sort(([a], [b]) => a - b)
      .map(([, remove]): Step => ({ phase: 'deletions', remove: remove.filter((path) => !early.has(path)).sort() })),
    ...sends.filter(([rank]) => !isBefore(rank)).map(([, step]) => step),
  ].filter((step) => ('send' in step ? step.send : step.remove).length > 0);
  for (const step of plan.steps) if ('send' in step) step.send.sort();
  plan.bytes = plan.sent.reduce((sum, path) => sum + (local.get(path)?.size ?? 0), 0);
  return plan;
}

/** The manifest is sent last, and its parts before the file that names them. */
const manifestRanks = { part: 10, root: 11, signature: 12 };
const manifestRank = (path: string): { rank: number; phase: Phase } => ({
  rank: manifestRanks[path === manifestFile ? 'root' : path === signatureFile ? 'signature' : 'part'],
  phase: 'manifest',
});

const isHidden = (path: string): boolean => /(?:^|\/)\.(?!well-known\/)/.test(path);

/** A file of somebody else stays, so nothing can be put below it, or in place of the folder that contains it. */
function giveWay(plan: Plan, ranked: Map<number, { send: string[] }>): void {
  const kept = [...plan.added, ...plan.inTheWay, ...plan.changed];
  if (kept.length === 0) return;
  const files = new Set(kept);
  const folders = new Set(kept.flatMap(foldersOf));
  const isBlocked = (path: string) => folders.has(path) || foldersOf(path).some((folder) => files.has(folder));
  const blocked = new Set(plan.sent.filter(isBlocked));
  if (blocked.size === 0) return;
  plan.inTheWay.push(...blocked);
  plan.sent = plan.sent.filter((path) => !blocked.has(path));
  for (const step of ranked.values()) step.send = step.send.filter((path) => !blocked.has(path));
}

/** A disk cannot have a file and a folder with the same name. Stores of objects can, and then nothing is lost. */
function clearTheWay(plan: Plan): void {
  if (plan.deleted.length === 0) return;
  const deleted = new Set(plan.deleted);
  const below = new Map<string, string[]>();
  for (const path of plan.deleted)
    for (const folder of foldersOf(path)) below.set(folder, [...(below.get(folder) ?? []), path]);
  for (const path of plan.sent) {
    const inTheWay = [...foldersOf(path).filter((folder) => deleted.has(folder)), ...(below.get(path) ?? [])];
    if (inTheWay.length > 0) plan.clear.set(path, inTheWay);
  }
}

const foldersOf = (path: string): string[] => {
  const folders: string[] = [];
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1))
    folders.push(path.slice(0, slash));
  return folders;
};

/**
 * The names that a target cannot have.
 *
 * @param whyNot of the target
 * @param foldsCase of the target
 */
export function refusedNames(
  paths: Iterable<string>,
  whyNot: ((path: string) => string | undefined) | undefined,
  foldsCase: boolean,
): { path: string; why: string }[] {
  const refused: { path: string; why: string }[] = [];
  const folded = new Map<string, string>();
  for (const path of paths) {
    const why = whyNot?.(path);
    if (why !== undefined) refused.push({ path, why });
    if (!foldsCase) continue;
    const fold = path.normalize('NFC').toLowerCase();
    const other = folded.get(fold);
    if (other !== undefined) refused.push({ path, why: `there it is the same file as ${other}` });
    folded.set(fold, path);
  }
  return refused;
}

/** The addresses that a cache in front of the host has to forget: percent-encoded, from the root of the site. */
export const purgeOf = ({ sent, deleted }: Pick<Plan, 'sent' | 'deleted'>): string[] =>
  [...new Set([...sent, ...deleted].map(addressOf))].sort();

const addressOf = (path: string): string =>
  `/${path
    .replace(/(^|\/)index\.html$/, '$1')
    .split('/')
    .map(encodeURIComponent)
    .join('/')}`;
