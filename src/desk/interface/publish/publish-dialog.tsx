import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ApiError, api } from '../api.ts';
import type { PublishPlan, PublishStep } from '../contract.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Fault } from '../parts/fault.tsx';
import type { PreviewOfFile } from '../preview/preview-of-file.ts';
import { announce, speak } from '../state/announce.ts';
import { momentOf } from '../state/dates.ts';
import type { OpenFile } from '../state/open-file.ts';
import { session } from '../state/session.ts';
import { words } from '../words.ts';

interface PublishProps {
  file: OpenFile;
  preview: PreviewOfFile;
  onClose(): void;
}

const kinds = ['correction', 'clarification', 'update', 'minor'] as const;
type Kind = (typeof kinds)[number];

/** Says what publishing does, asks what kind of change it is, publishes, and shows the public page. */
export function PublishDialog({ file, preview, onClose }: PublishProps) {
  const plan = useSignal<PublishPlan | undefined>(undefined);
  const error = useSignal<ApiError | undefined>(undefined);
  const kind = useSignal<Kind | undefined>(undefined);
  const text = useSignal('');
  const step = useSignal<PublishStep | undefined>(undefined);
  const links = useSignal<string[] | undefined>(undefined);
  const isTakingBack = useSignal(false);

  useEffect(() => {
    api
      .plan(file.path, file.change())
      .then((made) => (plan.value = made))
      .catch((failure) => {
        if (!(failure instanceof ApiError)) throw failure;
        error.value = failure;
      });
  }, []);

  const problems = preview.problems.value ?? file.problems.value;
  const errors = problems.filter(({ severity }) => severity === 'error');
  const asks = plan.value?.question === 'correction';
  const needsText = kind.value === 'correction' || kind.value === 'clarification';
  const isReady = plan.value && errors.length === 0 && (!asks || (kind.value && (!needsText || text.value.trim())));
  const isRunning = step.value !== undefined && !links.value && !error.value;

  const publish = async () => {
    error.value = undefined;
    step.value = { phase: words.publish.saving };
    if (!(await file.save())) {
      error.value = file.saveFailure.value;
      step.value = undefined;
      return;
    }
    try {
      const kindOfChange =
        asks && kind.value ? { kind: kind.value, ...(needsText && { text: text.value.trim() }) } : {};
      await api.publish({ path: file.path, ...kindOfChange }, (now) => {
        if (now.error) error.value = new ApiError(0, now.error);
        else if (now.done === true) links.value = now.links ?? [];
        else step.value = now;
      });
      if (links.value) {
        speak(words.publish.done);
        await file.published();
      }
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      error.value = failure;
      announce(failure.says, 'bad');
    }
  };

  const takeBack = async () => {
    error.value = undefined;
    isTakingBack.value = true;
    try {
      await api.takeBack(file.path);
      announce(words.publish.takenBack, 'good');
      await file.published();
      onClose();
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      error.value = failure;
      isTakingBack.value = false;
    }
  };

  return (
    <Dialog
      title={links.value ? words.publish.done : words.publish.title}
      isOpen
      onClose={onClose}
      foot={
        links.value ? (
          <button type="button" class="strong" onClick={onClose}>
            {words.publish.back}
          </button>
        ) : (
          <button type="button" class="strong" disabled={!isReady || isRunning} onClick={() => void publish()}>
            {plan.value?.waitsUntil ? words.publish.schedule : words.publish.now}
          </button>
        )
      }
    >
      <Fault error={error.value} />
      {links.value ? (
        <>
          <Links links={links.value} />
          {file.kind === 'story' && (
            <p>
              <button type="button" disabled={isTakingBack.value} onClick={() => void takeBack()}>
                {isTakingBack.value ? words.publish.takingBack : words.publish.takeBack}
              </button>{' '}
              <small>{words.publish.takeBackHelp}</small>
            </p>
          )}
        </>
      ) : (
        <>
          {errors.length > 0 && <p class="notice bad">{words.publish.hasErrors(errors.length)}</p>}
          {plan.value ? <Plan plan={plan.value} /> : !error.value && <p>{words.publish.planning}</p>}
          {asks && (
            <fieldset class="kinds">
              <legend>{words.publish.question}</legend>
              {kinds.map((one) => (
                <label key={one}>
                  <input type="radio" name="kind" checked={kind.value === one} onInput={() => (kind.value = one)} />
                  <b>{words.publish.kinds[one]}</b>
                  <small>{words.publish.kindHelp[one]}</small>
                </label>
              ))}
            </fieldset>
          )}
          {asks && needsText && (
            <label class="field">
              <span>{words.publish.what(words.publish.kinds[kind.value!])}</span>
              <textarea rows={3} value={text.value} onInput={(event) => (text.value = event.currentTarget.value)} />
              <small>{words.publish.whatHelp}</small>
            </label>
          )}
          {isRunning && step.value && <Progress step={step.value} />}
        </>
      )}
    </Dialog>
  );
}

function Plan({ plan }: { plan: PublishPlan }) {
  return (
    <>
      <ul class="plan">
        {plan.says.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {plan.waitsUntil && <p>{words.publish.waits(momentOf(plan.waitsUntil))}</p>}
      {!session.value?.hasDeploy && <p class="aside">{words.publish.noDeploy}</p>}
    </>
  );
}

function Progress({ step }: { step: PublishStep }) {
  const label = words.publish.phases[step.phase ?? ''] ?? step.phase ?? words.publish.running;
  const max = step.total ?? 0;
  return (
    <div class="progress">
      <p role="status">{label}</p>
      {max > 0 ? (
        <progress aria-label={label} max={max} value={Number(step.done ?? 0)} />
      ) : (
        <progress aria-label={label} />
      )}
    </div>
  );
}

function Links({ links }: { links: string[] }) {
  if (links.length === 0) return <p>{words.publish.nothingPublic}</p>;
  return (
    <ul class="links">
      {links.map((link) => (
        <li key={link}>
          <a href={link} target="_blank" rel="noreferrer">
            {link}
          </a>
        </li>
      ))}
    </ul>
  );
}
