import { useSignal } from '@preact/signals';
import { ApiError, api } from '../api.ts';
import { State } from '../list/story-row.tsx';
import { Menu } from '../parts/menu.tsx';
import type { PreviewOfFile } from '../preview/preview-of-file.ts';
import { PublishDialog } from '../publish/publish-dialog.tsx';
import { WithdrawDialog } from '../publish/withdraw-dialog.tsx';
import { announce } from '../state/announce.ts';
import { timeOf } from '../state/dates.ts';
import type { OpenFile } from '../state/open-file.ts';
import { addressOf, editAddress, go } from '../state/route.ts';
import { words } from '../words.ts';
import { saveAndSay } from './save.ts';
import { travel } from './undo.ts';
import { Versions } from './versions.tsx';

/** What is always within reach: where the story stands, save, undo, versions, and publish. */
export function Bar({ file, preview }: { file: OpenFile; preview: PreviewOfFile }) {
  const open = useSignal<'versions' | 'publish' | 'withdraw' | undefined>(undefined);
  const close = () => (open.value = undefined);
  const { state } = file.base.value;
  const isStory = file.kind === 'story';
  return (
    <div class="bar" role="toolbar" aria-label={file.kind === 'front' ? words.fronts.actions : words.story.actions}>
      <a class="back" href={file.kind === 'front' ? addressOf('fronts') : '/desk/'}>
        {file.kind === 'front' ? words.fronts.back : words.story.back}
      </a>
      <span class="bar-state">
        {state && <State state={state} />}
        <Saving file={file} />
      </span>
      <span class="bar-buttons">
        <button type="button" class="quiet" disabled={!file.history.canUndo.value} onClick={() => travel(file, 'undo')}>
          {words.story.undo}
        </button>
        <button type="button" class="quiet" disabled={!file.history.canRedo.value} onClick={() => travel(file, 'redo')}>
          {words.story.redo}
        </button>
        <Menu
          label={words.story.more}
          items={[
            { id: 'versions', label: words.story.versions, onSelect: () => (open.value = 'versions') },
            {
              id: 'source',
              label: file.text.value === undefined ? words.story.wholeFile : words.story.backToForm,
              help: words.story.wholeFileHelp,
              onSelect: () => void toggleSource(file),
            },
            ...(isStory
              ? [
                  { id: 'duplicate', label: words.story.duplicate, onSelect: () => void duplicate(file) },
                  {
                    id: 'withdraw',
                    label: words.story.withdraw,
                    help: words.story.withdrawHelp,
                    isDisabled: state !== 'published' && state !== 'updated',
                    onSelect: () => (open.value = 'withdraw'),
                  },
                  {
                    id: 'delete',
                    label: words.story.remove,
                    help: words.story.removeHelp,
                    isDisabled: state === 'published' || state === 'updated' || state === 'withdrawn',
                    onSelect: () => void remove(file),
                  },
                ]
              : []),
          ]}
        />
        <button type="button" onClick={() => void saveAndSay(file)} aria-keyshortcuts="Control+S">
          {words.story.save}
        </button>
        <button type="button" class="strong" onClick={() => (open.value = 'publish')}>
          {words.story.publish}
        </button>
      </span>
      {open.value === 'versions' && <Versions file={file} onClose={close} />}
      {open.value === 'publish' && <PublishDialog file={file} preview={preview} onClose={close} />}
      {open.value === 'withdraw' && <WithdrawDialog file={file} onClose={close} />}
    </div>
  );
}

function Saving({ file }: { file: OpenFile }) {
  const saving = file.saving.value;
  const at = file.savedAt.value;
  const kept = file.autosavedAt.value;
  const text =
    saving === 'saved'
      ? at
        ? words.story.savedAt(timeOf(at))
        : words.story.noChanges
      : { unsaved: words.story.unsaved, saving: words.story.saving, failed: words.story.notSaved }[saving];
  return (
    <span class={`saving ${saving}`} role="status">
      {text}
      {saving === 'unsaved' && kept && <small> {words.story.keptAt(timeOf(kept))}</small>}
    </span>
  );
}

/** The source view shows the file on the disk, so what was entered in the form goes there first, and the other way round. */
async function toggleSource(file: OpenFile): Promise<void> {
  if (!(await file.save())) return void saveAndSay(file);
  if (file.text.value === undefined) {
    // What was undone in the form would not be in the source.
    file.history.clear();
    file.text.value = file.base.value.text;
  } else await file.reload();
}

async function duplicate(file: OpenFile): Promise<void> {
  try {
    const { path } = await api.duplicate(file.path);
    go(editAddress(path));
    announce(words.story.duplicated, 'good');
  } catch (error) {
    tell(error);
  }
}

async function remove(file: OpenFile): Promise<void> {
  if (!confirm(words.story.removeSure)) return;
  try {
    await api.remove(file.path);
    await file.discard();
    file.saving.value = 'saved';
    go('/desk/');
    announce(words.story.removed, 'good');
  } catch (error) {
    tell(error);
  }
}

function tell(error: unknown): void {
  if (!(error instanceof ApiError)) throw error;
  announce([error.says, error.todo].filter(Boolean).join(' '), 'bad');
}
