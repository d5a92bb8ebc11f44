import { useSignal } from '@preact/signals';
import { ApiError, api } from '../api.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Fault } from '../parts/fault.tsx';
import { announce } from '../state/announce.ts';
import type { OpenFile } from '../state/open-file.ts';
import { editAddress, go } from '../state/route.ts';
import { words } from '../words.ts';
import { saveAndSay } from './save.ts';

/** Offers to turn a Markdown story into MDX. What is not saved yet is saved first. */
export function MdxDialog({ file, onClose }: { file: OpenFile; onClose(): void }) {
  const error = useSignal<ApiError | undefined>(undefined);
  const isRunning = useSignal(false);
  const convert = async () => {
    isRunning.value = true;
    error.value = undefined;
    try {
      if (!(await saveAndSay(file))) return onClose();
      const { path } = await api.becomeMdx(file.path, file.base.value.digest);
      onClose();
      go(editAddress(path));
      announce(words.mdx.done, 'good');
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      error.value = failure;
    } finally {
      isRunning.value = false;
    }
  };
  return (
    <Dialog
      title={words.mdx.title}
      says={words.mdx.says}
      isOpen
      onClose={onClose}
      foot={
        <>
          <button type="button" onClick={onClose}>
            {words.mdx.cancel}
          </button>
          <button type="button" class="strong" disabled={isRunning.value} onClick={() => void convert()}>
            {words.mdx.button}
          </button>
        </>
      }
    >
      <Fault error={error.value} />
      <p>{words.mdx.stays}</p>
    </Dialog>
  );
}
