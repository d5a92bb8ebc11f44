import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { ApiError, api } from '../api.ts';
import type { DeskFile } from '../contract.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Fault } from '../parts/fault.tsx';
import { announce } from '../state/announce.ts';
import { compareByBlock, type Stretch } from '../state/merge.ts';
import { bodyOf, type OpenFile } from '../state/open-file.ts';
import { type Values, valueAt } from '../state/values.ts';
import { words } from '../words.ts';
import { saveAndSay } from './save.ts';
import { Differences } from './versions.tsx';

/** What to do when the file on the disk is no longer the one that was opened. Nothing is written before a choice. */
export function Compare({ file }: { file: OpenFile }) {
  const conflict = file.conflict.value;
  if (!conflict) return null;
  return conflict.theirs ? <Changed file={file} theirs={conflict.theirs} /> : <Deleted file={file} />;
}

function Deleted({ file }: { file: OpenFile }) {
  const error = useSignal<ApiError | undefined>(undefined);
  const writeAgain = async () => {
    try {
      // An empty base says that no file is expected.
      const text = file.text.value ?? file.base.value.text.slice(0, file.base.value.bodyStart) + file.body.value;
      await api.save(file.path, '', { text });
      const edits = [...file.editsSoFar()];
      file.take(await api.file(file.path), edits, file.body.value);
      await saveAndSay(file);
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      error.value = failure;
    }
  };
  return (
    <Dialog
      title={words.compare.deleted}
      says={words.compare.deletedSays}
      isOpen
      isQuestion
      onClose={() => {}}
      foot={
        <>
          <button type="button" onClick={() => (file.conflict.value = undefined)}>
            {words.compare.later}
          </button>
          <button type="button" class="strong" onClick={() => void writeAgain()}>
            {words.compare.writeAgain}
          </button>
        </>
      }
    >
      <Fault error={error.value} />
      <textarea class="plain-text" readOnly aria-label={words.compare.mine} value={file.body.value} />
    </Dialog>
  );
}

type Side = 'mine' | 'theirs';

function Changed({ file, theirs }: { file: OpenFile; theirs: DeskFile }) {
  const choices = useSignal<Record<string, Side>>({});
  const stretches = useMemo(
    () => compareByBlock(bodyOf(file.base.value), file.body.value, bodyOf(theirs)),
    [file, theirs],
  );
  const fields = useMemo(() => fieldsInConflict(file, theirs), [file, theirs]);
  const open = [
    ...fields.map(({ key }) => key),
    ...stretches.flatMap((one, at) => (one.kind === 'conflict' ? [`block ${at}`] : [])),
  ];
  const missing = open.filter((key) => !choices.value[key]).length;
  const choose = (key: string, side: Side) => (choices.value = { ...choices.value, [key]: side });
  const finish = async () => {
    const body = stretches
      .map((one, at) => (one.kind === 'agreed' ? one.text : one[choices.value[`block ${at}`] ?? 'mine']))
      .join('');
    const edits = file.editsSoFar().filter(({ path }) => choices.value[String(path[0])] !== 'theirs');
    file.take(theirs, edits, body);
    if (await saveAndSay(file)) announce(words.compare.merged, 'good');
  };
  const keepTheirs = async () => {
    await file.discard();
    await file.reload();
    announce(words.compare.tookTheirs, 'good');
  };
  return (
    <Dialog
      title={words.compare.title}
      says={words.compare.says(open.length)}
      isOpen
      isQuestion
      size="wide"
      onClose={() => {}}
      foot={
        <>
          <button type="button" onClick={() => (file.conflict.value = undefined)}>
            {words.compare.later}
          </button>
          <button type="button" onClick={() => void keepTheirs()}>
            {words.compare.takeTheirs}
          </button>
          <button type="button" class="strong" disabled={missing > 0} onClick={() => void finish()}>
            {missing > 0 ? words.compare.missing(missing) : words.compare.finish}
          </button>
        </>
      }
    >
      <div class="compare">
        {fields.map(({ key, mine, theirs }) => (
          <Choice
            key={key}
            name={key}
            label={key}
            mine={mine}
            theirs={theirs}
            choice={choices.value[key]}
            onChoose={choose}
          />
        ))}
        {stretches.map((one, at) =>
          one.kind === 'conflict' ? (
            <Choice
              key={at}
              name={`block ${at}`}
              label={words.compare.block(at + 1)}
              mine={one.mine}
              theirs={one.theirs}
              choice={choices.value[`block ${at}`]}
              onChoose={choose}
            />
          ) : (
            <Agreed key={at} stretch={one} />
          ),
        )}
      </div>
    </Dialog>
  );
}

function Agreed({ stretch }: { stretch: Extract<Stretch, { kind: 'agreed' }> }) {
  if (stretch.text.trim() === '') return null;
  return (
    <div class={`agreed ${stretch.from}`}>
      {stretch.from !== 'both' && <b>{words.compare.from[stretch.from]}</b>}
      <p>{stretch.text}</p>
    </div>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  mine: string;
  theirs: string;
  choice: Side | undefined;
  onChoose(name: string, side: Side): void;
}

function Choice({ name, label, mine, theirs, choice, onChoose }: ChoiceProps) {
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      {(['mine', 'theirs'] as const).map((side) => (
        <label key={side}>
          <input type="radio" name={name} checked={choice === side} onInput={() => onChoose(name, side)} />
          <b>{words.compare[side]}</b>
          {side === 'mine' ? <p>{mine || words.compare.nothing}</p> : <Differences before={mine} after={theirs} />}
        </label>
      ))}
    </fieldset>
  );
}

/** The fields that were changed here and on the disk, each in another way. */
function fieldsInConflict(file: OpenFile, theirs: DeskFile): { key: string; mine: string; theirs: string }[] {
  const keys = new Set(file.editsSoFar().map(({ path }) => String(path[0])));
  const [base, mine, other] = [file.base.value.values as Values, file.values.value, theirs.values as Values];
  const text = (values: Values, key: string) => {
    const value = valueAt(values, [key]);
    return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value, null, 1);
  };
  return [...keys]
    .filter((key) => text(base, key) !== text(other, key) && text(mine, key) !== text(other, key))
    .map((key) => ({ key, mine: text(mine, key), theirs: text(other, key) }));
}
