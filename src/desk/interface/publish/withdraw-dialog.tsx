import { useSignal } from '@preact/signals';
import { ApiError, api } from '../api.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Fault } from '../parts/fault.tsx';
import { announce } from '../state/announce.ts';
import type { OpenFile } from '../state/open-file.ts';
import { words } from '../words.ts';

/** Takes a story back. Readers who come to its address see the reason, so it is required. */
export function WithdrawDialog({ file, onClose }: { file: OpenFile; onClose(): void }) {
  const reason = useSignal('');
  const error = useSignal<ApiError | undefined>(undefined);
  const isRunning = useSignal(false);
  const withdraw = async () => {
    isRunning.value = true;
    try {
      if (!(await file.save())) error.value = file.saveFailure.value;
      else {
        await api.withdraw(file.path, reason.value.trim());
        await file.published();
        announce(words.withdraw.done, 'good');
        onClose();
      }
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      error.value = failure;
    } finally {
      isRunning.value = false;
    }
  };
  return (
    <Dialog
      title={words.withdraw.title}
      says={words.withdraw.says}
      isOpen
      onClose={onClose}
      initialFocus={() => document.getElementById('withdraw-reason')}
      foot={
        <button
          type="button"
          class="strong danger"
          disabled={!reason.value.trim() || isRunning.value}
          onClick={() => void withdraw()}
        >
          {words.withdraw.button}
        </button>
      }
    >
      <Fault error={error.value} />
      <label class="field">
        <span>{words.withdraw.reason}</span>
        <textarea
          id="withdraw-reason"
          rows={3}
          value={reason.value}
          onInput={(event) => (reason.value = event.currentTarget.value)}
        />
        <small>{words.withdraw.reasonHelp}</small>
      </label>
    </Dialog>
  );
}
