import type { ComponentType } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ValueKind } from '../../form/description.ts';
import { GroupFrame } from './field-frame.tsx';
import { idOf, useForm, type ValueProps } from './state.ts';
import { formWords } from './words.ts';

interface ListProps extends ValueProps {
  kind: Extract<ValueKind, { kind: 'list' }>;
  /** Draws one entry. */
  Entry: ComponentType<ValueProps>;
}

/** A list whose entries can be added, moved, and removed, all with the keyboard. The focus is never lost. */
export function ListField({ Entry, ...props }: ListProps) {
  const { edit, announce, id: form } = useForm();
  const { kind, path, value } = props;
  const entries = value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
  // A new entry is part of the file only when something is entered.
  const [isAdding, setAdding] = useState(false);
  const count = useRef(entries.length);
  if (count.current < entries.length) queueMicrotask(() => setAdding(false));
  count.current = entries.length;
  const focus = useFocus();
  const id = idOf(form, path);
  const what = kind.entryLabel;

  const move = (from: number, to: number) => {
    edit({ path, move: { from, to } });
    announce(formWords.moved(what, to + 1));
    // At the end of the list, only the other button can be used.
    focus(() => {
      const buttons = [`${id}:${to < from ? 'up' : 'down'}:${to}`, `${id}:${to < from ? 'down' : 'up'}:${to}`];
      return buttons
        .map((one) => document.getElementById(one) as HTMLButtonElement | null)
        .find((one) => one && !one.disabled);
    });
  };
  const remove = (at: number) => {
    if (at < entries.length) edit({ path: [...path, at] });
    else setAdding(false);
    announce(formWords.removed(formWords.entry(what, at + 1)));
    focus(
      () =>
        document.getElementById(`${id}:remove:${Math.min(at, entries.length - 2)}`) ??
        document.getElementById(`${id}:add`),
    );
  };
  const rows = entries.length + (isAdding ? 1 : 0);
  return (
    <GroupFrame {...props} inner={[...entries.keys()]}>
      <ol class="field-list" id={`${id}:list`} hidden={rows === 0}>
        {Array.from({ length: rows }, (_, at) => {
          const name = formWords.entry(what, at + 1);
          return (
            <li key={at} class="field-entry">
              <Entry kind={kind.entry} value={entries[at]} path={[...path, at]} label={name} />
              <div class="field-actions">
                <button
                  type="button"
                  id={`${id}:up:${at}`}
                  disabled={at === 0 || at >= entries.length}
                  onClick={() => move(at, at - 1)}
                  aria-label={formWords.up(name)}
                >
                  <span aria-hidden="true">↑</span>
                </button>
                <button
                  type="button"
                  id={`${id}:down:${at}`}
                  disabled={at >= entries.length - 1}
                  onClick={() => move(at, at + 1)}
                  aria-label={formWords.down(name)}
                >
                  <span aria-hidden="true">↓</span>
                </button>
                <button
                  type="button"
                  id={`${id}:remove:${at}`}
                  onClick={() => remove(at)}
                  aria-label={formWords.remove(name)}
                >
                  <span aria-hidden="true">×</span>
                </button>
              </div>
            </li>
          );
        })}
      </ol>
      <button
        type="button"
        id={`${id}:add`}
        onClick={() => {
          setAdding(true);
          announce(formWords.added(what, entries.length + 1));
          focus(() => controlOf(document.getElementById(idOf(form, [...path, entries.length]))));
        }}
      >
        {formWords.add(what)}
      </button>
    </GroupFrame>
  );
}

/** Moves the focus after the next drawing, when what it moves to is there. */
export function useFocus(): (find: () => Element | null | undefined) => void {
  const find = useRef<(() => Element | null | undefined) | undefined>(undefined);
  const [, draw] = useState(0);
  // Before the next key is pressed.
  useLayoutEffect(() => {
    const element = find.current?.();
    find.current = undefined;
    if (element instanceof HTMLElement) element.focus();
  });
  return (next) => {
    find.current = next;
    draw((count) => count + 1);
  };
}

/** The control of a field, or the first one of its group. */
export const controlOf = (field: HTMLElement | null): HTMLElement | null =>
  field?.matches('fieldset') ? (firstControl(field) ?? field) : field;

/** The first control in which something can be entered. */
const firstControl = (within: Element | null | undefined): HTMLElement | null =>
  within?.querySelector<HTMLElement>('input:not([disabled]), textarea, select') ?? null;
