import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployFile, readDeployFile } from '../newsroom/deploy-file.ts';
import type { Problem } from '../problems/problem.ts';

/**
 * The mistakes in `content/deploy.yaml`. A build does not read it, because no page depends on it, but a deploy would be
 * refused.
 *
 * @param site the newsroom's folder, absolute
 */
export async function deployProblems(site: string): Promise<Problem[]> {
  const bytes = bytesOf(site);
  return bytes ? await problemsIn(bytes) : [];
}

/** The same again and again. The file is checked only if its bytes have changed. */
export function followDeployProblems(site: string): () => Promise<Problem[]> {
  let known: Buffer | undefined;
  let problems: Problem[] = [];
  return async () => {
    const bytes = bytesOf(site);
    if (bytes && known?.equals(bytes)) return problems;
    problems = bytes ? await problemsIn(bytes) : [];
    known = bytes;
    return problems;
  };
}

async function problemsIn(bytes: Buffer): Promise<Problem[]> {
  const read = await readDeployFile(bytes);
  return 'problems' in read ? read.problems : read.warnings;
}

function bytesOf(site: string): Buffer | undefined {
  try {
    return readFileSync(join(site, deployFile));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
