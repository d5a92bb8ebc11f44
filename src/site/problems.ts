import { error, type Finding, SetupError, warning } from '../problems/problem.ts';

/* Problems with the address of a page or file, and with the manifest of a published site. */

/** @param part of the address, shortened @param isPlain every character has one byte */
export const addressPartTooLong = (part: string, bytes: number, bytesMax: number, isPlain: boolean): Finding =>
  error(
    'address-too-long',
    {},
    isPlain
      ? `"${part}" has ${bytes} characters. No disk can store a part of an address with more than ${bytesMax}.`
      : `"${part}" has ${bytes} bytes. No disk can store a part of an address with more than ${bytesMax}. (An accented letter takes up two bytes, and a Chinese character three.)`,
  );

export const addressTooLong = (address: string, bytes: number, bytesMax: number): Finding =>
  error('address-too-long', {}, `The address ${address} has ${bytes} bytes. An address can have up to ${bytesMax}.`);

export const addressCharacters = (address: string): Finding =>
  error('address-characters', {}, `The address ${JSON.stringify(address)} has a control character.`);

/** @param part of the address */
export const addressForWindows = (part: string): Finding =>
  warning(
    'address-for-windows',
    {},
    `Windows cannot store a file or folder with the name "${part}", so readers cannot unpack an edition on Windows.`,
  );

/** @param file of the manifest, from the root of the site @param why a sentence */
export const manifestDamaged = (file: string, why: string): SetupError =>
  new SetupError(
    error(
      'manifest-damaged',
      { file, line: 1 },
      `${file} is not as it was published. ${why}`,
      'Build the site again and publish all of its files. If nobody else should be able to write to the host, find out who changed the file.',
    ),
  );
