import { storyBytesMax } from '../yaml/source.ts';

/** Why an item is skipped if the importer itself fails on it. */
export function faultOf(error: unknown): string {
  if (error instanceof RangeError) return 'nested too deeply';
  return `the importer failed on it: ${error instanceof Error ? error.message : String(error)}`;
}

export const tooLong = `more than ${storyBytesMax / 1e6} MB of text, which is the limit for a story`;

/** Whether an error is about the disk, so that no further item can succeed. */
export const isDiskError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^(?:ENOSPC|EDQUOT|EROFS|EIO|EMFILE|ENFILE)$/.test(String(error.code));
