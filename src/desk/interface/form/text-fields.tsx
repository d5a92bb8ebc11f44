import { useEffect, useRef } from 'preact/hooks';
import { FieldFrame } from './field-frame.tsx';
import { HeadlineLength } from './headline-length.tsx';
import { useForm, type ValueProps } from './state.ts';
import { formWords } from './words.ts';

type Input = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/**
 * Sends a text, or removes the key if it is empty. An entry of a list that is empty is removed only when its field is
 * left, because someone can be about to enter something else.
 */
export function useText({ path, value }: ValueProps): { send: (text: string) => void; leave: () => void } {
  const { edit } = useForm();
  const isEntry = typeof path.at(-1) === 'number';
  return {
    send: (text) => edit({ path, value: text === '' && !isEntry ? undefined : text }),
    leave: () => {
      if (isEntry && value === '') edit({ path });
    },
  };
}

/** A text on one line, or an address. */
export function TextField(props: ValueProps) {
  const { send, leave } = useText(props);
  const text = String(props.value ?? '');
  const isHeadline = props.path.length === 1 && props.path[0] === 'headline';
  return (
    <FieldFrame {...props} note={isHeadline ? <HeadlineLength text={text} /> : undefined}>
      {(control) => (
        <input
          {...control}
          type="text"
          inputMode={props.kind.kind === 'url' ? 'url' : 'text'}
          // Browsers check spelling in the language of the page, and addresses have none.
          spellcheck={props.kind.kind === 'text'}
          placeholder={props.default === undefined ? undefined : String(props.default)}
          value={text}
          onInput={(event) => send(event.currentTarget.value)}
          onBlur={leave}
        />
      )}
    </FieldFrame>
  );
}

/** A text that can have several lines. Its field grows with it. */
export function LongTextField(props: ValueProps & { found?: string | undefined }) {
  const { send, leave } = useText(props);
  const box = useRef<HTMLTextAreaElement>(null);
  const text = String(props.value ?? '');
  useEffect(() => {
    const area = box.current;
    if (area) area.rows = Math.min(12, Math.max(2, text.split('\n').length, Math.ceil(text.length / 60)));
  }, [text]);
  return (
    <FieldFrame {...props}>
      {(control) => (
        <textarea
          {...control}
          ref={box}
          rows={2}
          value={text}
          onInput={(event) => send(event.currentTarget.value)}
          onBlur={leave}
        />
      )}
    </FieldFrame>
  );
}

export function NumberField(props: ValueProps & { kind: { kind: 'number' } }) {
  const { edit } = useForm();
  const { isWhole, min, max } = props.kind as { isWhole: boolean; min?: number; max?: number };
  const change = ({ currentTarget }: { currentTarget: Input }) => {
    const { value } = currentTarget;
    if (value !== '' && !Number.isFinite(Number(value))) return;
    edit({ path: props.path, value: value === '' ? undefined : Number(value) });
  };
  return (
    <FieldFrame {...props}>
      {(control) => (
        <input
          {...control}
          type="number"
          step={isWhole ? 1 : 'any'}
          min={min}
          max={max}
          value={typeof props.value === 'number' ? props.value : ''}
          onInput={change}
        />
      )}
    </FieldFrame>
  );
}

/** Words to choose from, and nothing. A value that is none of them stays until another one is chosen. */
export function ChoiceField(
  props: ValueProps & { choices: readonly { value: string | number | boolean; label: string }[] },
) {
  const { edit } = useForm();
  const { choices, value } = props;
  const known = choices.findIndex((choice) => choice.value === value);
  const current = value === undefined ? '' : known < 0 ? 'other' : String(known);
  const change = ({ currentTarget }: { currentTarget: Input }) => {
    if (currentTarget.value === 'other') return;
    edit({
      path: props.path,
      value: currentTarget.value === '' ? undefined : choices[Number(currentTarget.value)]!.value,
    });
  };
  const byDefault = choices.find((choice) => choice.value === props.default)?.label;
  return (
    <FieldFrame {...props}>
      {(control) => (
        <select {...control} value={current} onChange={change}>
          <option value="">{byDefault === undefined ? formWords.notSet : formWords.defaultsTo(byDefault)}</option>
          {current === 'other' && <option value="other">{String(value)}</option>}
          {choices.map(({ label }, at) => (
            <option key={label} value={String(at)}>
              {label}
            </option>
          ))}
        </select>
      )}
    </FieldFrame>
  );
}

/** A box to tick. A value that is usually yes has three states, because no is something else than nothing. */
export function YesNoField(props: ValueProps) {
  const { edit } = useForm();
  if (props.default === true)
    return (
      <ChoiceField
        {...props}
        choices={[
          { value: true, label: formWords.yes },
          { value: false, label: formWords.no },
        ]}
      />
    );
  return (
    <div class="field-box">
      <FieldFrame {...props} isBox>
        {(control) => (
          <input
            {...control}
            type="checkbox"
            checked={props.value === true}
            onChange={(event) => edit({ path: props.path, value: event.currentTarget.checked ? true : undefined })}
          />
        )}
      </FieldFrame>
    </div>
  );
}
