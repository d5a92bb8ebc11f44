import * as dialog from '@zag-js/dialog';
import { normalizeProps, useMachine } from '@zag-js/preact';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect } from 'preact/hooks';
import { words } from '../words.ts';
import { Portal } from './portal.tsx';

interface DialogProps {
  title: string;
  /** One sentence below the title. */
  says?: string;
  isOpen: boolean;
  onClose(): void;
  /** `wide` for pictures and comparisons. */
  size?: 'narrow' | 'wide';
  /** The buttons at the end. */
  foot?: ComponentChildren;
  children: ComponentChildren;
  /** An answer is required, so that Escape and a click outside do not close it. */
  isQuestion?: boolean;
  /** Where the focus goes first. Defaults to the first control. */
  initialFocus?: () => HTMLElement | null;
}

/** A modal dialog. Zag moves the focus into it, keeps it there, and returns it. */
export function Dialog(props: DialogProps) {
  return props.isOpen ? <Open {...props} /> : null;
}

function Open({
  title,
  says,
  onClose,
  size = 'narrow',
  foot,
  children,
  isQuestion = false,
  initialFocus,
}: DialogProps) {
  useInertPage();
  const service = useMachine(dialog.machine, {
    id: useId(),
    open: true,
    // Zag would hide everything from screen readers, and with it what the desk announces.
    modal: false,
    trapFocus: true,
    preventScroll: true,
    role: isQuestion ? 'alertdialog' : 'dialog',
    closeOnInteractOutside: false,
    closeOnEscape: !isQuestion,
    onOpenChange: ({ open }: { open: boolean }) => {
      if (!open) onClose();
    },
    ...(initialFocus && { initialFocusEl: initialFocus }),
  });
  const api = dialog.connect(service, normalizeProps);
  return (
    <Portal>
      <div {...api.getBackdropProps()} class="backdrop" />
      <div {...api.getPositionerProps()} class="dialog-place">
        <div {...{ ...api.getContentProps(), 'aria-modal': true }} class={`dialog ${size}`}>
          <header class="dialog-head">
            <h2 {...api.getTitleProps()}>{title}</h2>
            {!isQuestion && (
              <button type="button" class="quiet" onClick={onClose}>
                {words.close}
              </button>
            )}
          </header>
          {says && <p {...api.getDescriptionProps()}>{says}</p>}
          <div class="dialog-body">{children}</div>
          {foot && <footer class="dialog-foot">{foot}</footer>}
        </div>
      </div>
    </Portal>
  );
}

let openDialogs = 0;

/** Everything but the announcements of the desk is out of reach while a dialog is open. */
function useInertPage(): void {
  useLayoutEffect(() => {
    openDialogs += 1;
    setInert();
    return () => {
      openDialogs -= 1;
      setInert();
      requestAnimationFrame(returnFocus);
    };
  }, []);
}

function setInert(): void {
  for (const part of document.querySelectorAll<HTMLElement>('#desk > :is(header, main)')) part.inert = openDialogs > 0;
}

/** What had the focus in the page last. A dialog that a menu opened cannot return it, because the menu is closed by then. */
let lastFocused: HTMLElement | undefined;
document.addEventListener('focusin', ({ target }) => {
  if (target instanceof HTMLElement && target.closest('#desk')) lastFocused = target;
});

function returnFocus(): void {
  const { activeElement } = document;
  const isLost = !activeElement || activeElement === document.body || activeElement.closest('[hidden]') !== null;
  if (isLost && openDialogs === 0 && lastFocused?.isConnected) lastFocused.focus();
}
