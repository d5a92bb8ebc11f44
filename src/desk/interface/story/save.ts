import { announce } from '../state/announce.ts';
import type { OpenFile } from '../state/open-file.ts';

/** Saves, and says what came of it. */
export async function saveAndSay(file: OpenFile | undefined): Promise<boolean> {
  if (!file) return false;
  const isSaved = await file.save();
  // The bar shows that it is saved, and reads it out.
  if (!isSaved) {
    const failure = file.saveFailure.value;
    if (!file.conflict.value) announce([failure?.says, failure?.todo].filter(Boolean).join(' '), 'bad');
  }
  return isSaved;
}
