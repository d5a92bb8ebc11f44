import { error, type Problem } from './problem.ts';

/* Problems that the machine causes. The system reports them as error codes, whichever room made the call. */

const again = 'No file is incomplete. Run the same command again to continue where it stopped.';

/** @param place the path that could not be written; may be empty */
const diskFull = (place: string): Problem =>
  error(
    'disk-full',
    { file: place, line: 1 },
    `The disk is full${place ? `: ${place} could not be written` : ''}.`,
    `Free some space. ${again}`,
  );

/** @param why in words */
const noPermission = (place: string, action: 'read' | 'write to', why: string): Problem =>
  error(
    'no-permission',
    { file: place, line: 1 },
    `Cannot ${action} ${place}: ${why}.`,
    `Give this account permission, or name another folder. ${again}`,
  );

/** @param why in the words of SQLite */
const noPermissionForCache = (place: string, why: string): Problem =>
  error(
    'no-permission',
    { file: place, line: 1 },
    `Cannot write to the cache folder (${why}).`,
    `Give this account permission, or name another folder with BROADSHEET_CACHE. ${again}`,
  );

const tooManyFiles = (place: string): Problem =>
  error(
    'too-many-files',
    { file: place, line: 1 },
    'This machine does not let one program open that many files.',
    `Raise the limit (ulimit -n 4096). ${again}`,
  );

/**
 * The problem that an error from the file system or from SQLite represents. Undefined for a bug.
 */
export function machineProblem(error: unknown): Problem | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code = '', path = '', dest, errcode } = error as NodeJS.ErrnoException & { dest?: string; errcode?: number };
  const place = dest ?? path;
  // 13 is SQLITE_FULL, 8 is READONLY, and 14 is CANTOPEN.
  if (code === 'ENOSPC' || code === 'EDQUOT' || errcode === 13) return diskFull(place);
  if (['EACCES', 'EPERM', 'EROFS'].includes(code))
    return noPermission(place, isReading(error) ? 'read' : 'write to', wordsOf(code));
  if (errcode !== undefined && [8, 14].includes(errcode & 0xff)) return noPermissionForCache(place, error.message);
  if (code === 'EMFILE' || code === 'ENFILE') return tooManyFiles(place);
  return undefined;
}

/** A file system error says which call failed, not its purpose. Originals are only opened for reading. */
const isReading = ({ syscall, path = '' }: NodeJS.ErrnoException): boolean =>
  syscall === 'scandir' || (syscall === 'open' && /[\\/](content|public|theme)[\\/]/.test(path));

const wordsOf = (code: string): string =>
  ({ EACCES: 'permission denied', EPERM: 'not permitted', EROFS: 'the disk is read-only' })[code] ?? code;
