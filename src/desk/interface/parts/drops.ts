import { announce } from '../state/announce.ts';
import { words } from '../words.ts';

/** A browser that gets a file where nobody takes it opens the file, and the desk with its text would be gone. */
export function guardDrops(): void {
  const isForNobody = (event: DragEvent) =>
    !event.defaultPrevented &&
    event.dataTransfer?.types.includes('Files') === true &&
    !(event.target instanceof HTMLInputElement && event.target.type === 'file');
  addEventListener('dragover', (event) => {
    if (!isForNobody(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'none';
  });
  addEventListener('drop', (event) => {
    if (!isForNobody(event)) return;
    event.preventDefault();
    announce(words.pictures.notHere, 'bad');
  });
}
