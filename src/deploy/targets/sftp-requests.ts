import type { SFTPWrapper, Stats } from 'ssh2';

/*
 * The requests that a deploy sends for each file and folder. The client would ask more for each of them, such as whether
 * a folder exists before it creates it, and wait for every answer.
 */

type Answer<T> = (error: Error | null | undefined, value: T) => void;

const answered = <T>(ask: (answer: Answer<T>) => void): Promise<T> =>
  new Promise((resolve, reject) => {
    ask((error, value) => (error ? reject(error) : resolve(value)));
  });

/** What every server accepts in one request. */
const partBytesMax = 32_768;

/**
 * Writes a file. A server answers requests about one file in their order, so only the first answer is waited for.
 *
 * @returns what the server says about the file
 */
export async function writeFile(sftp: SFTPWrapper, path: string, bytes: Buffer): Promise<Stats> {
  const handle = await answered<Buffer>((answer) => sftp.open(path, 'w', answer));
  const written: Promise<unknown>[] = [];
  for (let from = 0; from < bytes.length; from += partBytesMax) {
    const length = Math.min(partBytesMax, bytes.length - from);
    written.push(answered((answer) => sftp.write(handle, bytes, from, length, from, answer as () => void)));
  }
  const stats = answered<Stats>((answer) => sftp.fstat(handle, answer));
  const closed = answered((answer) => sftp.close(handle, answer as () => void));
  const [said] = await Promise.all([stats, closed, ...written]);
  return said;
}

/** Renames a file, in place of another one if there is one. */
export const replaceFile = (sftp: SFTPWrapper, from: string, to: string): Promise<unknown> =>
  answered((answer) => sftp.ext_openssh_rename(from, to, answer as () => void));

export const makeFolder = (sftp: SFTPWrapper, path: string): Promise<unknown> =>
  answered((answer) => sftp.mkdir(path, answer as () => void));

export const statOf = (sftp: SFTPWrapper, path: string): Promise<Stats> =>
  answered<Stats>((answer) => sftp.stat(path, answer));
