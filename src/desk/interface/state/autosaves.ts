import type { Autosave, DeskFile, FieldEdit } from '../contract.ts';

export type Saving = 'saved' | 'unsaved' | 'saving' | 'failed';

/** The file on the disk is no longer the one that was opened. */
export interface Conflict {
  /** What is there now, or nothing if the file was deleted. */
  theirs?: DeskFile;
}

export const autosaveMs = 2500;
/** How soon an autosave that was refused is tried again. */
export const againMs = 5000;

/**
 * The edits that were made while others were sent: those after them, and the last one if somebody typed on in its field.
 * Nothing if undo removed some that were sent.
 */
export function sinceSent(sent: readonly FieldEdit[], now: readonly FieldEdit[]): FieldEdit[] | undefined {
  let count = 0;
  while (count < sent.length && sent[count] === now[count]) count += 1;
  return now.length < sent.length || count < sent.length - 1 ? undefined : now.slice(count);
}

/** The newer one of two copies of an unsaved text. */
export function newer(server: Autosave | undefined, here: Autosave | undefined): Autosave | undefined {
  if (!server || !here) return server ?? here;
  return new Date(here.at) > new Date(server.at) ? here : server;
}
