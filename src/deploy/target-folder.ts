import { hash } from 'node:crypto';
import { join } from 'node:path';
import type { TargetSettings } from '../newsroom/deploy-schema.ts';

/**
 * The folder of this machine for what is known about a target: `deploy/live-1a2b3c4d/`. If the target moves to another
 * place, it gets another folder, because nothing that is known about the old place is true there.
 *
 * @param base the folder for all targets
 */
export function targetFolder(base: string, name: string, settings: TargetSettings): string {
  // Who logs in, how much of the past a branch keeps, and which cache is told do not change where the files are.
  const { profile, identityFile, history, user, purge, precompressed, ...place } = settings as unknown as Record<
    string,
    unknown
  >;
  void [profile, identityFile, history, user, purge, precompressed];
  return join(base, `${name}-${hash('sha256', JSON.stringify(place), 'hex').slice(0, 8)}`);
}
