import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ApiError } from '../api.ts';
import { nameOfFront } from '../fronts/front-desk.tsx';
import { Fault } from '../parts/fault.tsx';
import { Shell } from '../parts/shell.tsx';
import { type OpenFile, openFile } from '../state/open-file.ts';
import { beforeLeaving, route } from '../state/route.ts';
import { isConnected, onEvent } from '../state/session.ts';
import { otherTabs } from '../state/tabs.ts';
import { undoKey } from '../state/undo-key.ts';
import { words } from '../words.ts';
import { Desktop } from './desktop.tsx';
import { saveAndSay } from './save.ts';
import { travel } from './undo.ts';

/** The view of one file: opens it, and closes it with everything kept. */
export function Story() {
  const path = route.value.asked.get('path') ?? '';
  const file = useSignal<OpenFile | undefined>(undefined);
  const error = useSignal<ApiError | undefined>(undefined);
  const alsoOpen = useSignal(false);

  useEffect(() => {
    let isCurrent = true;
    file.value = undefined;
    error.value = undefined;
    openFile(path)
      .then((opened) => {
        if (!isCurrent) return;
        file.value = opened;
        document.title =
          opened.kind === 'front'
            ? words.story.titleOf(words.fronts.titleOf(nameOfFront(path)))
            : words.story.titleOf(String(opened.values.value.headline ?? path));
      })
      .catch((failure) => {
        if (!(failure instanceof ApiError)) throw failure;
        error.value = failure;
      });
    const stopTabs = otherTabs(path, (isOpen) => {
      alsoOpen.value = isOpen;
    });
    const stopEvents = onEvent((event) => {
      if (event.kind === 'changed' && event.path.replace(/^content\//, '') === path)
        void file.value?.changedOutside(event.digest);
      if (event.kind === 'published') void file.value?.published();
    });
    // The autosave is written when one leaves, so nothing is asked inside the desk.
    const stopAsking = beforeLeaving(() => true);
    const onHide = () => void file.value?.autosave();
    const onUnload = (event: BeforeUnloadEvent) => {
      const open = file.value;
      const isKept = open?.autosavedAt.value && !open.autosaveFailure.value && isConnected.value;
      if (open?.isChanged.value && !isKept) event.preventDefault();
    };
    addEventListener('visibilitychange', onHide);
    addEventListener('beforeunload', onUnload);
    let wasConnected = isConnected.peek();
    const stopConnection = isConnected.subscribe((now) => {
      if (now && !wasConnected) void file.value?.serverIsBack();
      wasConnected = now;
    });
    return () => {
      isCurrent = false;
      stopConnection();
      stopTabs();
      stopEvents();
      stopAsking();
      removeEventListener('visibilitychange', onHide);
      removeEventListener('beforeunload', onUnload);
      file.value?.close();
    };
  }, [path]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isCommand = event.ctrlKey || event.metaKey;
      if (isCommand && !event.altKey && event.key.toLowerCase() === 's') {
        event.preventDefault();
        void saveAndSay(file.value);
      }
      // Also in fields, so that there is one order of edits. A dialog is not part of the story.
      const isInDialog = event.target instanceof Element && event.target.closest('[role$=dialog]');
      const way = isInDialog || event.defaultPrevented ? undefined : undoKey(event);
      if (way && file.value) {
        event.preventDefault();
        travel(file.value, way);
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  return (
    <Shell isCompact>
      <Fault error={error.value} />
      {error.value && (
        <p>
          <a href="/desk/">{words.story.back}</a>
        </p>
      )}
      {file.value && <Desktop key={file.value.path} file={file.value} isAlsoOpen={alsoOpen.value} />}
      {!file.value && !error.value && <p class="loading">{words.story.opening}</p>}
    </Shell>
  );
}
