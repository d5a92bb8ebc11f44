import { foldAddress, isForHosts, reservedSegments } from '../../site/address.ts';
import { canWindowsHold, measureAddress } from '../../site/address-limits.ts';

/**
 * Why no file in `public/` can have an address, as the rest of a sentence about the file, or undefined if one can.
 *
 * @param address decoded, from the root
 */
export function faultOfAddress(address: string): string | undefined {
  const parts = address.slice(1).split('/');
  if (!address.startsWith('/') || parts.some((part) => part === '' || part === '.' || part === '..'))
    return 'its address is not one of a file';
  if (parts.some((part) => part.startsWith('.'))) return 'its address has a part that begins with a dot';
  if (/[%?#\\\p{Cc}]/u.test(address)) return 'its address has a character that a link cannot name';
  if (!parts.every(canWindowsHold) || measureAddress(address)) return 'not every file system can hold its name';
  if (isForHosts(address)) return 'hosts give its address a meaning of their own';
  if (isReservedForSite(foldAddress(address))) return 'its address is reserved for the site itself';
  return undefined;
}

/** The same decision as for files in `public/` that are ingested. @param fold without a slash at its beginning */
function isReservedForSite(fold: string): boolean {
  const [first = '', second] = fold.split('/');
  if (first === 'assets') return second === 'pictures';
  if (['series', 'corrections', 'search'].includes(first)) return second === undefined;
  return reservedSegments.includes(first) || (/^\d{4}$/.test(first) && second === undefined);
}

/** The folds of the folders around an address. */
export function foldersOf(fold: string): string[] {
  const folders: string[] = [];
  for (let slash = fold.indexOf('/'); slash > 0; slash = fold.indexOf('/', slash + 1))
    folders.push(fold.slice(0, slash));
  return folders;
}
