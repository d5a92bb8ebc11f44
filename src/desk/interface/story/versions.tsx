import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ApiError, api } from '../api.ts';
import type { Version } from '../contract.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Fault } from '../parts/fault.tsx';
import { announce } from '../state/announce.ts';
import { momentOf } from '../state/dates.ts';
import { differences, wordsOf } from '../state/differences.ts';
import type { OpenFile } from '../state/open-file.ts';
import { words } from '../words.ts';

/** Earlier versions of a file, each compared with the one on the disk word by word. */
export function Versions({ file, onClose }: { file: OpenFile; onClose(): void }) {
  const versions = useSignal<Version[] | undefined>(undefined);
  const chosen = useSignal<{ version: Version; text: string } | undefined>(undefined);
  const error = useSignal<ApiError | undefined>(undefined);
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      error.value = failure;
    }
  };
  const choose = (version: Version) =>
    attempt(async () => {
      chosen.value = { version, text: (await api.version(version.id)).text };
    });
  useEffect(() => {
    void attempt(async () => {
      versions.value = await api.versions(file.path);
      // The newest one is usually what is on the disk, so the one before it is the one to look at.
      const first = versions.value[1] ?? versions.value[0];
      if (first) await choose(first);
    });
  }, []);
  const restore = () =>
    attempt(async () => {
      if (!chosen.value) return;
      // What is here and not saved becomes a version first, so that it can come back, too.
      if (!(await file.save())) {
        error.value = file.saveFailure.value;
        return;
      }
      await api.restore(chosen.value.version.id, file.base.value.digest);
      await file.reload();
      announce(words.versions.restored(momentOf(chosen.value.version.at)), 'good');
      onClose();
    });
  const all = versions.value;
  return (
    <Dialog
      title={words.versions.title}
      says={words.versions.says}
      isOpen
      size="wide"
      onClose={onClose}
      foot={
        chosen.value &&
        chosen.value.text !== file.base.value.text && (
          <button type="button" class="strong" onClick={() => void restore()}>
            {words.versions.restore(momentOf(chosen.value.version.at))}
          </button>
        )
      }
    >
      <Fault error={error.value} />
      {all?.length === 0 && <p>{words.versions.none}</p>}
      <div class="versions">
        {all && all.length > 0 && (
          <ul aria-label={words.versions.title}>
            {all.map((version) => (
              <li key={version.id}>
                <button
                  type="button"
                  aria-pressed={chosen.value?.version.id === version.id}
                  onClick={() => void choose(version)}
                >
                  <b>{momentOf(version.at)}</b>
                  <small>
                    {[words.versions.why[version.why] ?? version.why, words.versions.count(version.words)]
                      .filter(Boolean)
                      .join(' · ')}
                  </small>
                </button>
              </li>
            ))}
          </ul>
        )}
        {chosen.value && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          <section class="compared" tabIndex={0} aria-label={words.versions.compared}>
            <Differences before={chosen.value.text} after={file.base.value.text} />
          </section>
        )}
      </div>
    </Dialog>
  );
}

/** Two texts in one, with what was removed and added. Each has a sign beside its colour, and a word for screen readers. */
export function Differences({ before, after }: { before: string; after: string }) {
  if (before === after) return <p>{words.versions.same}</p>;
  return (
    <p class="differences">
      {differences(wordsOf(before), wordsOf(after)).map(({ kind, items }, at) => {
        const text = items.join('');
        if (kind === 'removed') return <del key={at}>{text}</del>;
        if (kind === 'added') return <ins key={at}>{text}</ins>;
        return <span key={at}>{text}</span>;
      })}
    </p>
  );
}
