import type { IndexHandle } from '../index/handle.ts';
import { meta, setMeta } from './meta.ts';
import type { Signer } from './publish-options.ts';

/*
 * Whether the manifest in dist is up to date. A publish in which nothing changed reads only this, so it does not load
 * the code that writes the manifest.
 */

/** The name of the row in `meta`. It is empty while a publish works on dist, and after a killed one. */
export const manifestState = 'manifest';
/** The source of the files of the manifest in the table `asset`. */
export const manifestSource = 'manifest';

export const manifestOff = 'off';
export const manifestOn = (signer: Signer | undefined): string => `on ${signer?.id ?? 'unsigned'}`;

/** Whether the manifest describes dist, and has the signature that is wanted. */
export function isManifestDone(index: IndexHandle, signer: Signer | undefined): boolean {
  const state = meta(index, manifestState);
  return state === manifestOff || state === manifestOn(signer);
}

/** Whether the manifest describes dist, whoever signed it. */
export const isManifestReliable = (index: IndexHandle): boolean => (meta(index, manifestState) ?? '') !== '';

/** Records that dist may differ from the manifest from now on. */
export const distrustManifest = (index: IndexHandle): void => void setMeta(index, manifestState, '');
