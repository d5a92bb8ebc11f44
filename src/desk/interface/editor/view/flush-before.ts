import { useEffect } from 'preact/hooks';

/** Whatever follows a press or the key for saving finds the edits of the last moments. @param flush never changes what it does */
export function useFlushBefore(flush: () => void): void {
  useEffect(() => {
    const early = (event: KeyboardEvent | PointerEvent) => {
      const isSave =
        (event.ctrlKey || event.metaKey) && event instanceof KeyboardEvent && event.key.toLowerCase() === 's';
      if (isSave || event instanceof PointerEvent) flush();
    };
    addEventListener('keydown', early, true);
    addEventListener('pointerdown', early, true);
    return () => {
      removeEventListener('keydown', early, true);
      removeEventListener('pointerdown', early, true);
    };
  }, []);
}
