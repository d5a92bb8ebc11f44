import { newsroomId } from '../api.ts';
import type { Autosave } from '../contract.ts';

/*
 * A second copy of unsaved text, in this browser, for the time in which the desk's server does not answer. It is removed
 * when the file is saved.
 */

/** Desks of several newsrooms can have the same address, one after the other. */
const keyOf = (path: string): string => `desk unsaved ${newsroomId()} ${path}`;

export function keepHere(path: string, autosave: Autosave): void {
  try {
    localStorage.setItem(keyOf(path), JSON.stringify(autosave));
  } catch {
    // A full or forbidden storage: the server has the copy that counts.
  }
}

export function keptHere(path: string): Autosave | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(path)) ?? 'null') as Autosave | null;
    return kept && typeof kept.at === 'string' && typeof kept.base === 'string' ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function removeKept(path: string): void {
  try {
    localStorage.removeItem(keyOf(path));
  } catch {
    // Nothing was kept.
  }
}
