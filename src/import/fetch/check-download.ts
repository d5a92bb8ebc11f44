import { readFileSync, statSync } from 'node:fs';
import { readPictureFacts } from '../../pictures/metadata.ts';
import { PictureError } from '../../pictures/problems.ts';
import { faultOfFile, isCutShort } from '../documents/check-file.ts';
import { endingOf, expectedBytes } from '../documents/types.ts';
import { decodePath } from '../old-address.ts';

/** What an address is downloaded for. */
export type FetchKind = 'picture' | 'document';

/** A complete answer that is not the file that was asked for. */
export class WrongFileError extends Error {
  override name = 'WrongFileError';
  /** The file ends too early. Another try can have another outcome. */
  readonly isIncomplete: boolean;

  constructor(reason: string, isIncomplete = false) {
    super(reason);
    this.isIncomplete = isIncomplete;
  }
}

/**
 * Checks a downloaded file by its bytes, whatever its name and the server say.
 *
 * @param kinds what it is needed for. A picture that is shown must be one that can be shown
 * @returns its size, and the ending of its name
 * @throws {WrongFileError} it is not what was asked for
 */
export async function checkDownload(
  path: string,
  address: string,
  kinds: ReadonlySet<FetchKind>,
  bytesMax: number,
): Promise<{ bytes: number; ending: string }> {
  if (kinds.has('picture') || !kinds.has('document')) return await checkPicture(path);
  const ending = documentEndingOf(address);
  const fault = await faultOfFile(path, ending, bytesMax);
  if (fault !== undefined) throw new WrongFileError(fault, fault === 'it is empty');
  if (isCutShort(path)) throw new WrongFileError('it ends in the middle', true);
  return { bytes: statSync(path).size, ending };
}

async function checkPicture(path: string): Promise<{ bytes: number; ending: string }> {
  const bytes = readFileSync(path);
  try {
    const { format } = await readPictureFacts(bytes);
    return { bytes: bytes.length, ending: format === 'jpeg' ? 'jpg' : format };
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    throw new WrongFileError(error.reason, error.rule === 'picture-truncated' || error.rule === 'picture-empty');
  }
}

/** The ending in an address. */
export function documentEndingOf(address: string): string {
  const ending = endingOf(decodePath(new URL(address).pathname));
  return expectedBytes(ending) === undefined ? 'bin' : ending;
}
