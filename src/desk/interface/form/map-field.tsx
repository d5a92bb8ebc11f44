import type { ComponentType } from 'preact';
import { useState } from 'preact/hooks';
import type { ValueKind } from '../../form/description.ts';
import { FieldFrame, GroupFrame } from './field-frame.tsx';
import { controlOf, useFocus } from './list-field.tsx';
import { idOf, isGroup, useForm, type ValueProps } from './state.ts';
import { formWords } from './words.ts';

interface MapProps extends ValueProps {
  kind: Extract<ValueKind, { kind: 'map' }>;
  /** Draws one entry. */
  Entry: ComponentType<ValueProps>;
}

/** Entries with names that the newsroom chooses, such as pictures by their file. */
export function MapField({ Entry, ...props }: MapProps) {
  const { edit, announce, choices, id: form } = useForm();
  const { kind, path, value } = props;
  const entries = Object.entries(isGroup(value) ? value : {});
  const [name, setName] = useState('');
  const focus = useFocus();
  const id = idOf(form, path);
  const isTaken = entries.some(([key]) => key === name.trim());

  const add = (key: string, texts: Record<string, string> = {}) => {
    edit({ path: [...path, key], value: texts });
    announce(formWords.chosen(key));
    setName('');
    focus(() => controlOf(document.getElementById(idOf(form, [...path, key]))));
  };
  const choose = async () => {
    const picture = await choices.choosePicture();
    if (!picture) return;
    const { src, alt, caption, credit } = picture;
    if (entries.some(([key]) => key === src)) return focus(() => document.getElementById(idOf(form, [...path, src])));
    add(
      src,
      Object.fromEntries(Object.entries({ alt, caption, credit }).filter(([, text]) => text)) as Record<string, string>,
    );
  };
  const remove = (key: string, at: number) => {
    edit({ path: [...path, key] });
    announce(formWords.removed(key));
    const next = entries[at + 1] ?? entries[at - 1];
    focus(() => document.getElementById(next ? `${idOf(form, [...path, next[0]])}:remove` : `${id}:add`));
  };
  return (
    <GroupFrame {...props} inner={entries.map(([key]) => key)}>
      {entries.map(([key, entry], at) => (
        <div key={key} class="field-entry">
          <Entry kind={kind.entry} value={entry ?? undefined} path={[...path, key]} label={key} />
          <div class="field-actions">
            <NewName of={key} path={path} others={entries.map(([other]) => other)} />
            <button type="button" id={`${idOf(form, [...path, key])}:remove`} onClick={() => remove(key, at)}>
              {formWords.remove(key)}
            </button>
          </div>
        </div>
      ))}
      {kind.keys === 'pictureFile' ? (
        <button type="button" id={`${id}:add`} onClick={() => void choose()}>
          {formWords.add('picture')}
        </button>
      ) : (
        <FieldFrame
          kind={{ kind: 'text' }}
          value={name}
          path={[...path, ':new']}
          label={formWords.newName(kind.keyLabel)}
          found={isTaken ? formWords.nameIsTaken(name.trim()) : undefined}
        >
          {(control) => (
            <div class="field-add">
              <input {...control} type="text" value={name} onInput={(event) => setName(event.currentTarget.value)} />
              <button
                type="button"
                id={`${id}:add`}
                disabled={name.trim() === '' || isTaken}
                onClick={() => add(name.trim())}
              >
                {formWords.add('entry')}
              </button>
            </div>
          )}
        </FieldFrame>
      )}
    </GroupFrame>
  );
}

/** The name of an entry, which changes when the field is left. */
function NewName({ of, path, others }: { of: string; path: ValueProps['path']; others: readonly string[] }) {
  const { edit } = useForm();
  const [name, setName] = useState(of);
  const wanted = name.trim();
  const isTaken = wanted !== of && others.includes(wanted);
  return (
    <FieldFrame
      kind={{ kind: 'text' }}
      value={name}
      path={[...path, of, ':name']}
      label={formWords.rename(of)}
      found={isTaken ? formWords.nameIsTaken(wanted) : undefined}
    >
      {(control) => (
        <input
          {...control}
          type="text"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
          onBlur={() => {
            if (wanted === '' || isTaken) setName(of);
            else if (wanted !== of) edit({ path: [...path, of], key: wanted });
          }}
        />
      )}
    </FieldFrame>
  );
}
