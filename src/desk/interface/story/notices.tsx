import { momentOf, shortMomentOf } from '../state/dates.ts';
import type { OpenFile } from '../state/open-file.ts';
import { words } from '../words.ts';

/** What the user must know before going on: unsaved text of before, another tab, a file that cannot be read. */
export function Notices({ file, isAlsoOpen }: { file: OpenFile; isAlsoOpen: boolean }) {
  const found = file.found.value;
  const { fault } = file.base.value;
  const failure = file.saveFailure.value;
  const notKept = file.autosaveFailure.value;
  return (
    <div class="notices">
      {found && (
        <div class="notice" role="alert">
          <p>
            <b>{words.story.found(shortMomentOf(found.at))}</b>{' '}
            {found.base === file.base.value.digest ? '' : words.story.foundOld}
          </p>
          <p class="buttons">
            <button type="button" class="strong" onClick={() => file.restore()}>
              {words.story.restore}
            </button>
            <button type="button" onClick={() => void file.discard()}>
              {words.story.discard(momentOf(found.at))}
            </button>
          </p>
        </div>
      )}
      {isAlsoOpen && (
        <p class="notice" role="status">
          <b>{words.story.alsoOpen}</b> {words.story.alsoOpenHelp}
        </p>
      )}
      {fault && (
        <p class="notice bad" role="alert">
          <b>{words.story.fault(fault.line)}</b> {fault.says} {words.story.faultHelp}
        </p>
      )}
      {notKept && file.saving.value === 'unsaved' && (
        <p class="notice bad" role="alert">
          <b>{words.story.notKept}</b> {notKept.says} {notKept.todo}
        </p>
      )}
      {file.saving.value === 'failed' && failure && !file.conflict.value && (
        <p class="notice bad">
          <b>{words.story.notSaved}.</b> {failure.says} {failure.todo} {words.story.textIsKept}
        </p>
      )}
    </div>
  );
}
