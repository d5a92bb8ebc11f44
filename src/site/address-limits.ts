import { fileOfAddress } from './address.ts';

/* What file systems, hosts, and editions can store, checked before anything is written. */

/** The limit for one part of a path, in bytes of UTF-8. It is the limit of every common file system. */
export const partBytesMax = 255;
/**
 * The limit for a whole address. Linux allows 4,096 bytes for a path. The rest is for the folder that contains dist.
 */
export const addressBytesMax = 3000;
/** The limit for the path of dist itself. */
export const distBytesMax = 1000;

/** Why no file can be stored for an address, as sentences for an editor. */
export interface Unholdable {
  rule: 'address-too-long' | 'address-characters' | 'address-for-windows';
  severity: 'error' | 'warning';
  message: string;
}

/** Measures the file for an address. It is an error if no file system can store it, and a warning if Windows cannot. */
export function measureAddress(address: string): Unholdable | undefined {
  // Fast path: most addresses are plain and short.
  if (
    address.length < 60 &&
    /^[a-z0-9/-]*$/.test(address) &&
    !/\/(?:con|prn|aux|nul|com\d|lpt\d)(?:\/|$)/.test(address)
  )
    return undefined;
  const file = fileOfAddress(address.normalize('NFC'));
  const parts = file.split('/');
  const long = parts.find((part) => Buffer.byteLength(part) > partBytesMax);
  if (long !== undefined) {
    const bytes = Buffer.byteLength(long);
    const isPlain = bytes === long.length;
    return {
      rule: 'address-too-long',
      severity: 'error',
      message: `"${shorten(long)}" has ${bytes} ${isPlain ? 'characters' : 'bytes'}, but a part of an address can have at most ${partBytesMax}${isPlain ? '' : ' (an accented letter takes two bytes, a Chinese character three)'}, because file systems cannot store longer names.`,
    };
  }
  const bytes = Buffer.byteLength(file);
  if (bytes > addressBytesMax)
    return {
      rule: 'address-too-long',
      severity: 'error',
      message: `The address ${shorten(address)} has ${bytes} bytes. The limit is ${addressBytesMax}.`,
    };
  if (/\p{Cc}|\p{Cs}/u.test(file))
    return {
      rule: 'address-characters',
      severity: 'error',
      message: `The address ${JSON.stringify(shorten(address))} contains a control character.`,
    };
  const strange = parts.find((part) => !canWindowsHold(part));
  return strange === undefined
    ? undefined
    : {
        rule: 'address-for-windows',
        severity: 'warning',
        message: `Windows cannot store a file or folder with the name "${shorten(strange)}", so readers on Windows cannot unpack an edition that contains it.`,
      };
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

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 40)}…` : text);
