import type { Signer } from '../press/publish-options.ts';
import type { Io } from './command.ts';

/**
 * The key that signs the manifest, if the environment names one. Most builds have none, so what opens keys is loaded only
 * then.
 *
 * @throws SetupError if it cannot be used
 */
export async function signerOf(site: string, io: Pick<Io, 'cwd' | 'env'>): Promise<Signer | undefined> {
  if (!io.env.BROADSHEET_SIGNING_KEY && !io.env.BROADSHEET_SIGNING_KEY_FILE) return undefined;
  const { openSigner } = await import('./signing-key.ts');
  return openSigner(site, io);
}
