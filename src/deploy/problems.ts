import type { WithheldStory } from '../index/withheld.ts';
import { grouped, several } from '../problems/counted.ts';
import { error, type Problem, SetupError, warning } from '../problems/problem.ts';
import type { Holder } from './target.ts';

const deployFile = 'content/deploy.yaml';
const filesShown = 10;

/** "a.html, b.html, and 3 more" */
export const someOf = (files: readonly string[]): string =>
  files.length <= filesShown
    ? files.join(', ')
    : `${files.slice(0, filesShown).join(', ')}, and ${several(files.length - filesShown, 'more').replace(/s$/, '')}`;

export const noDeployFile = (): SetupError =>
  new SetupError(
    error(
      'deploy-not-set-up',
      { file: deployFile, line: 1 },
      `There is no  ${deployFile} , so Broadsheet does not know where to send the site.`,
      `Create it with, for example:\n\ntargets:\n  live: { kind: folder, path: /srv/www }\n\ndocs/deploy.md describes every kind of target.`,
    ),
  );

export const nothingToDeploy = (dist: string): SetupError =>
  new SetupError(
    error(
      'deploy-nothing-built',
      { file: dist, line: 1 },
      `There is no built site in ${dist}, so nothing was sent.`,
      'Run  broadsheet build  first, or name the folder of the site with --out.',
    ),
  );

/** @param missing files that the last build wrote */
export const incompleteSite = (dist: string, missing: readonly string[]): SetupError =>
  new SetupError(
    error(
      'deploy-nothing-built',
      { file: dist, line: 1 },
      `The site in ${dist} is not complete: ${several(missing.length, 'file')} that the last build wrote ${missing.length === 1 ? 'is' : 'are'} missing (${someOf(missing)}). Readers would lose ${missing.length === 1 ? 'it' : 'them'}, so nothing was sent.`,
      'Run  broadsheet build , which writes them again. If they were deleted on purpose, run the command with --force.',
    ),
  );

export const folderInTheWay = (name: string, path: string, why: string): SetupError =>
  new SetupError(
    error(
      'deploy-place',
      { file: deployFile, line: 1 },
      `${name}: ${why}, so the site cannot be sent to ${path}. Nothing was sent.`,
      'Name a folder of its own in  content/deploy.yaml .',
    ),
  );

const whoIs = (holder: Holder | undefined): string =>
  holder
    ? `${holder.user || 'somebody'} on ${holder.host} is deploying to it since ${holder.since}:  broadsheet ${holder.command}  (process ${holder.pid})`
    : 'somebody else is deploying to it';

export const targetLocked = (name: string, holder: Holder | undefined): SetupError =>
  new SetupError(
    error(
      'deploy-locked',
      { file: deployFile, line: 1 },
      `${name} is in use: ${whoIs(holder)}. Nothing was sent.`,
      'Try again when that deploy has finished. If it was killed, the next deploy notices this by itself.',
    ),
  );

/** A deploy that waits says so. */
export const waitingForDeploy = (name: string, holder: Holder | undefined): string =>
  `Waiting, because ${name} is in use: ${whoIs(holder)}.`;

export const lockLost = (name: string): SetupError =>
  new SetupError(
    error(
      'deploy-locked',
      { file: deployFile, line: 1 },
      `Another deploy has taken over ${name}, so this one stopped. Every file at the target is complete.`,
      'This process was probably asleep for a while. Run the command again.',
    ),
  );

export const publishedMeanwhile = (name: string): SetupError =>
  new SetupError(
    error(
      'deploy-locked',
      { file: deployFile, line: 1 },
      `Somebody else published to ${name} at the same time, so nothing was sent.`,
      'Run the command again. It compares the site with what is there now.',
    ),
  );

export const tooManyDeletions = (name: string, files: readonly string[], max: number): SetupError =>
  new SetupError(
    error(
      'deploy-too-many-deletions',
      { file: deployFile, line: 1 },
      `This deploy would delete ${several(files.length, 'file')} at ${name}, and --delete-max allows ${max}. Nothing was sent.\n${someOf(files)}`,
      'If these files should be deleted, run the command with a higher --delete-max.',
    ),
  );

/** @param refused files with the reason of the target */
export const namesRefused = (name: string, refused: readonly { path: string; why: string }[]): SetupError =>
  new SetupError(
    ...refused
      .slice(0, filesShown)
      .map(({ path, why }) =>
        error(
          'deploy-name-refused',
          { file: path, line: 1 },
          `${name} cannot store ${path}: ${why}. Nothing was sent.`,
          'Change the address of the page, or the name of the file in  public/ .',
        ),
      ),
  );

export const changedMeanwhile = (path: string): SetupError =>
  new SetupError(
    error(
      'deploy-changed-meanwhile',
      { file: path, line: 1 },
      `${path} changed again and again while it was sent, so the deploy stopped. Every file at the target is complete.`,
      'Wait until the build has finished, and run the command again.',
    ),
  );

/** @param why in the words of the system or the host */
export const deployFailed = (name: string, path: string | undefined, why: string, hint: string): SetupError =>
  new SetupError(
    error(
      'deploy-failed',
      { file: path ?? deployFile, line: 1 },
      `${name}${path === undefined ? '' : `, ${path}`}: ${why}`,
      hint,
    ),
  );

/** Files at the target with bytes that Broadsheet did not put there. */
export const keptFiles = (name: string, files: readonly string[], isInTheWay: boolean): Problem =>
  (isInTheWay ? error : warning)(
    'deploy-kept',
    { file: deployFile, line: 1 },
    `Somebody else changed ${several(files.length, 'file')} at ${name}, so ${files.length === 1 ? 'it was' : 'they were'} kept${isInTheWay ? ', although the site has a new version' : ''}: ${someOf(files)}.`,
    'Compare them with the site. To replace them, run the command with --force.',
  );

export const addedFiles = (name: string, files: readonly string[]): Problem =>
  warning(
    'deploy-added',
    { file: deployFile, line: 1 },
    `${several(files.length, 'file')} at ${name} ${files.length === 1 ? 'is' : 'are'} not part of the site and ${files.length === 1 ? 'was' : 'were'} kept: ${someOf(files)}.`,
    'Delete them at the target if they should not be there, or add them to  public/ .',
  );

const namesOf = (stories: readonly WithheldStory[]): string =>
  someOf(stories.map(({ headline, address, why }) => `"${headline}" (${address}, ${why})`));

/** @param stayed files of the site that show them, or that such files need */
export const storiesWithheld = (stories: readonly WithheldStory[], stayed: readonly string[]): Problem =>
  warning(
    'deploy-withheld',
    { file: deployFile, line: 1 },
    `The rollback does not bring back ${stories.length === 1 ? 'a story that has' : `${grouped(stories.length)} stories that have`} been withdrawn, hidden, or deleted since: ${namesOf(stories)}.${stayed.length === 0 ? '' : ` ${several(stayed.length, 'file')} that would show ${stories.length === 1 ? 'it' : 'them'} stay as they are now: ${someOf(stayed)}.`}`,
    'To bring everything back as it was, run the command with --force.',
  );

export const storiesBroughtBack = (stories: readonly WithheldStory[]): Problem =>
  warning(
    'deploy-withheld',
    { file: deployFile, line: 1 },
    `With --force, the rollback brought back ${stories.length === 1 ? 'a story that has' : `${grouped(stories.length)} stories that have`} been withdrawn, hidden, or deleted since: ${namesOf(stories)}.`,
    'The next deploy of the built site takes them away again.',
  );

export const withheldUnknown = (): SetupError =>
  new SetupError(
    error(
      'deploy-withheld-unknown',
      { file: 'content/site.yaml', line: 1 },
      'Broadsheet cannot find out which stories were withdrawn or hidden, because the newsroom has mistakes and was not built on this machine. Nothing was sent.',
      'Run  broadsheet check  and correct the mistakes, or bring everything back as it was with --force.',
    ),
  );

/** @param times of the publishes that are known, the latest first */
export const notSoManyPublishes = (name: string, steps: number, times: readonly string[]): SetupError =>
  new SetupError(
    error(
      'deploy-no-history',
      { file: deployFile, line: 1 },
      times.length === 0
        ? `This machine knows no publish of ${name} before the latest, so there is nothing to return to. Nothing was sent.`
        : `This machine knows only ${several(times.length, 'publish').replace(/publishs$/, 'publishes')} of ${name} to return from, and --rollback ${steps} asks for more. Nothing was sent.`,
      times.length === 0
        ? 'History is kept on the machine that deploys, from the second deploy on. Run the command there.'
        : `Use a number from 1 to ${times.length}. The publishes: ${times.join(', ')}.`,
    ),
  );

export const publishIncomplete = (name: string, files: readonly string[]): SetupError =>
  new SetupError(
    error(
      'deploy-no-history',
      { file: deployFile, line: 1 },
      `The history of ${name} on this machine is not complete: the bytes of ${someOf(files)} are missing. Nothing was sent.`,
      'Restore the content of the newsroom from a backup or from its version control, build, and deploy.',
    ),
  );
