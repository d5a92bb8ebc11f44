import { batch } from '@preact/signals';
import { speak } from '../state/announce.ts';
import type { OpenFile } from '../state/open-file.ts';
import { words } from '../words.ts';

/** Undoes the last edit, wherever it was made, or makes it again, and says where. */
export function travel(file: OpenFile, way: 'undo' | 'redo'): void {
  const changed = batch(() => file.history.go(way));
  if (changed) speak(words.story.travelled[way][changed]);
}
