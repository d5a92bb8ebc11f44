import { dismiss, message, spoken } from '../state/announce.ts';
import { words } from '../words.ts';

/** The live regions of the desk. They are always in the page, because readers ignore a region that appears with its text. */
export function Messages() {
  const shown = message.value;
  return (
    <>
      <div role="status" class="hidden">
        {spoken.value}
      </div>
      <div role="status" class="messages">
        {shown && (
          <p key={shown.id} class={`message ${shown.tone}`}>
            <span>{shown.text}</span>
            <button type="button" class="quiet" onClick={dismiss}>
              {words.dismiss}
            </button>
          </p>
        )}
      </div>
    </>
  );
}
