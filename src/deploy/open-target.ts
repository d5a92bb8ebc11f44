import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { TargetOf, TargetSettings } from '../newsroom/deploy-schema.ts';
import { isWithin } from '../site/is-within.ts';
import type { LockTimes } from './lock.ts';
import { folderInTheWay } from './problems.ts';
import type { Target, WholeTarget } from './target.ts';
import { folderTarget } from './targets/folder.ts';
import { gitTarget } from './targets/git.ts';

/** What a target needs to know about this machine. */
export interface Surroundings {
  /** The newsroom's folder, absolute. */
  site: string;
  /** The folder of the site, absolute. */
  dist: string;
  /** A folder of this target for whatever it has to remember, absolute. It may not exist yet. */
  folder: string;
  env: NodeJS.ProcessEnv;
  lockTimes?: LockTimes | undefined;
}

/**
 * The target that `content/deploy.yaml` describes. Nothing is sent yet.
 *
 * @throws SetupError if it is a place that a deploy must not write to
 */
export async function openTarget(
  name: string,
  settings: TargetSettings,
  surroundings: Surroundings,
): Promise<Target | WholeTarget> {
  const { site, env, lockTimes: times } = surroundings;
  // A client is loaded only when it is used: that of S3 alone takes longer than a deploy to a folder.
  switch (settings.kind) {
    case 'folder':
      return openFolder(name, settings, surroundings);
    case 'git':
      return gitTarget(
        `${name} (branch ${settings.branch})`,
        { ...settings, url: repositoryOf(settings.url, surroundings.site) },
        surroundings,
      );
    case 's3': {
      const { s3Target } = await import('./targets/s3.ts');
      return s3Target(`${name} (bucket ${settings.bucket})`, settings, { times });
    }
    case 'sftp': {
      const { sftpTarget } = await import('./targets/sftp.ts');
      return sftpTarget(`${name} (${settings.host}:${settings.path})`, settings, { env, times });
    }
    case 'rsync': {
      const { rsyncTarget } = await import('./targets/rsync.ts');
      return rsyncTarget(`${name} (${settings.to})`, settings, { env, times });
    }
    default: {
      const { hostTool } = await import('./targets/host-tool.ts');
      return hostTool(`${name} (${settings.kind})`, settings, { site, env });
    }
  }
}

function openFolder(name: string, settings: TargetOf<'folder'>, { site, dist, lockTimes }: Surroundings): Target {
  const root = realFolder(resolve(site, withHome(settings.path)));
  const shown = `${name} (folder ${root})`;
  const why = whyNotThere(root, realFolder(site), realFolder(dist));
  if (why !== undefined) throw folderInTheWay(shown, root, why);
  return folderTarget(shown, root, lockTimes);
}

/** Why a site must not be sent to a folder, or undefined. */
function whyNotThere(root: string, site: string, dist: string): string | undefined {
  if (root === dirname(root)) return 'this is the root of the disk';
  if (root === realFolder(homedir())) return 'this is a home folder';
  if (isWithin(site, root)) return root === site ? 'this is the newsroom itself' : 'this folder contains the newsroom';
  if (isWithin(root, dist)) return 'the site itself is built there';
  if (isWithin(dist, root)) return 'it contains the built site';
  for (const own of ['content', 'public', 'theme', '.broadsheet', '.git', 'node_modules'])
    if (isWithin(root, join(site, own))) return `this is inside  ${own}/  of the newsroom`;
  return undefined;
}

/** A path is relative to the newsroom. `git@host:paper.git` and `ssh://…` are addresses. */
const repositoryOf = (url: string, site: string): string =>
  /^[^/\\.~][^/\\]*:/.test(url) ? url : resolve(site, withHome(url));

/** `~/www` is in the home folder of the user. */
export const withHome = (path: string): string => (/^~(?:\/|$)/.test(path) ? join(homedir(), path.slice(1)) : path);

/** Resolves the same folder to one name, even before it exists. */
function realFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(realFolder(above), basename(path));
  }
}
