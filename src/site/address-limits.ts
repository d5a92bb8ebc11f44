import type { Finding } from '../problems/problem.ts';
import { fileOfAddress } from './address.ts';
import { addressCharacters, addressForWindows, addressPartTooLong, addressTooLong } from './problems.ts';

/* What file systems, hosts, and editions can store, checked before anything is written. */

/** The limit for one part of a path, in bytes of UTF-8. It is the limit of every common file system. */
export const partBytesMax = 255;
/**
 * The limit for a whole address. Linux allows 4,096 bytes for a path. The rest is for the folder that contains dist.
 */
export const addressBytesMax = 3000;
/** The limit for the path of dist itself. */
export const distBytesMax = 1000;

/** Measures the file for an address. It is an error if no file system can store it, and a warning if Windows cannot. */
export function measureAddress(address: string): Finding | undefined {
  // Fast path: most addresses are plain and short.
  if (
    address.length <= partBytesMax &&
    /^[a-z0-9/-]*$/.test(address) &&
    !/\/(?:con|prn|aux|nul|com\d|lpt\d)(?:\/|$)/.test(address)
  )
    return undefined;
  const file = fileOfAddress(address.normalize('NFC'));
  const parts = file.split('/');
  const long = parts.find((part) => Buffer.byteLength(part) > partBytesMax);
  if (long !== undefined) {
    const bytes = Buffer.byteLength(long);
    return addressPartTooLong(shorten(long), bytes, partBytesMax, bytes === long.length);
  }
  const bytes = Buffer.byteLength(file);
  if (bytes > addressBytesMax) return addressTooLong(shorten(address), bytes, addressBytesMax);
  if (/\p{Cc}|\p{Cs}/u.test(file)) return addressCharacters(shorten(address));
  const strange = parts.find((part) => !canWindowsHold(part));
  return strange === undefined ? undefined : addressForWindows(shorten(strange));
}

/**
 * Whether Windows can store a file or folder with that name.
 *
 * @see https://learn.microsoft.com/windows/win32/fileio/naming-a-file
 */
export const canWindowsHold = (name: string): boolean =>
  !/[<>:"|?*\\\p{Cc}]/u.test(name) &&
  !/[. ]$/.test(name) &&
  !/^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])\s*(?:\.|$)/i.test(name);

/** Measures an old address that is only in the lists of redirects for hosts. They limit its length too. */
export function measureListed(address: string): Finding | undefined {
  const bytes = Buffer.byteLength(address);
  return bytes > addressBytesMax ? addressTooLong(shorten(address), bytes, addressBytesMax) : undefined;
}

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 40)}…` : text);
