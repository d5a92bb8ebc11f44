import { error, type Problem } from '../problems/problem.ts';

/* Problems that the machine causes. The system reports them as error codes, whichever room made the call. */

const again = 'No file is incomplete. Run the same command again to continue where it stopped.';

/** @param place the path that could not be written; may be empty */
export const diskFull = (place: string): Problem =>
  error(
    'disk-full',
    { file: place, line: 1 },
    `The disk is full${place ? `: ${place} could not be written` : ''}.`,
    `Free some space. ${again}`,
  );

/** @param why in words */
export const noPermission = (place: string, action: 'read' | 'write to', why: string): Problem =>
  error(
    'no-permission',
    { file: place, line: 1 },
    `Cannot ${action} ${place}: ${why}.`,
    `Give this account permission, or name another folder. ${again}`,
  );

/** @param why in the words of SQLite */
export const noPermissionForCache = (place: string, why: string): Problem =>
  error(
    'no-permission',
    { file: place, line: 1 },
    `Cannot write to the cache folder (${why}).`,
    `Give this account permission, or name another folder with BROADSHEET_CACHE. ${again}`,
  );

export const tooManyFiles = (place: string): Problem =>
  error(
    'too-many-files',
    { file: place, line: 1 },
    'This machine does not let one program open that many files.',
    `Raise the limit (ulimit -n 4096). ${again}`,
  );
