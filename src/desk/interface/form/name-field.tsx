import * as combobox from '@zag-js/combobox';
import { normalizeProps, useMachine } from '@zag-js/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { FieldFrame } from './field-frame.tsx';
import { idOf, useForm, type ValueProps } from './state.ts';
import { formWords } from './words.ts';

interface Handlers {
  onBlur?: (event: FocusEvent) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
}

/** Something in the newsroom: what a file calls it, and what people call it. */
export interface NamedItem {
  value: string;
  label: string;
}

interface NameProps extends ValueProps {
  /** What matches a text, the best match first. */
  find(query: string): NamedItem[] | Promise<NamedItem[]>;
  /** What people call a value, if it is known. */
  labelOf?(value: string): string | undefined;
}

/**
 * A name of something in the newsroom, with completion. A text that matches nothing is kept as it was typed, because it
 * can be a name as printed, or something that will exist later.
 */
export function NameField(props: NameProps) {
  const { edit, id: form } = useForm();
  const value = props.value === undefined ? '' : String(props.value);
  const chosen = useRef(new Map<string, string>());
  const label = chosen.current.get(value) ?? props.labelOf?.(value) ?? value;
  const [text, setText] = useState(label);
  const [items, setItems] = useState<NamedItem[]>([]);
  const asked = useRef(0);
  useEffect(() => setText(label), [label]);

  const look = async (query: string) => {
    const turn = ++asked.current;
    const found = await props.find(query);
    // A slow answer to an earlier question must not replace the answer to the last one.
    if (turn === asked.current) setItems(found.slice(0, 50));
  };
  const put = (next: string, nextLabel = next) => {
    chosen.current.set(next, nextLabel);
    setText(nextLabel);
    if (next !== value) edit({ path: props.path, value: next === '' ? undefined : next });
  };
  /** A text that was typed, when the field is left, or the file is saved. */
  const keep = () => {
    const typed = text.trim();
    if (typed === label) return;
    const same = items.find((item) => item.label.toLowerCase() === typed.toLowerCase() || item.value === typed);
    put(same?.value ?? typed, same?.label);
  };

  const id = idOf(form, props.path);
  const service = useMachine(combobox.machine, {
    id,
    ids: { input: id },
    collection: combobox.collection({ items, itemToValue: (item) => item.value, itemToString: (item) => item.label }),
    inputValue: text,
    allowCustomValue: true,
    openOnClick: true,
    onInputValueChange: ({ inputValue, reason }) => {
      setText(inputValue);
      if (reason === 'input-change') void look(inputValue);
    },
    onOpenChange: ({ open }) => {
      if (open) void look(text === label ? '' : text);
    },
    onSelect: ({ itemValue }) => {
      const item = items.find((one) => one.value === itemValue);
      if (item) put(item.value, item.label);
    },
  });
  const api = combobox.connect(service, normalizeProps);
  return (
    <FieldFrame {...props}>
      {(control) => {
        const input = api.getInputProps() as Handlers;
        return (
          <div class="field-name" {...api.getRootProps()}>
            <div class="field-name-box" {...api.getControlProps()}>
              <input
                {...(input as Handlers & { role: 'combobox' })}
                {...control}
                type="text"
                onBlur={(event) => {
                  keep();
                  input.onBlur?.(event);
                }}
                onKeyDown={(event) => {
                  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') keep();
                  input.onKeyDown?.(event);
                }}
              />
              <button
                {...api.getTriggerProps()}
                type="button"
                aria-labelledby={undefined}
                aria-label={`${formWords.show}: ${props.label}`}
              >
                <span aria-hidden="true">▾</span>
              </button>
            </div>
            <div {...api.getPositionerProps()}>
              <ul
                class="field-name-list"
                {...api.getContentProps()}
                aria-labelledby={undefined}
                aria-label={props.label}
                hidden={!api.open}
              >
                {items.map((item) => (
                  <li key={item.value} {...api.getItemProps({ item })}>
                    {item.label}
                    {item.label !== item.value && <span class="field-name-id"> {item.value}</span>}
                  </li>
                ))}
              </ul>
            </div>
          </div>
        );
      }}
    </FieldFrame>
  );
}

/** Those whose name or id contains the text, those that begin with it first. */
export function matching(items: readonly NamedItem[], query: string): NamedItem[] {
  const text = query.trim().toLowerCase();
  const rank = ({ value, label }: NamedItem) => {
    const names = [label.toLowerCase(), value.toLowerCase()];
    return names.some((name) => name.startsWith(text)) ? 0 : names.some((name) => name.includes(text)) ? 1 : 2;
  };
  return items
    .map((item) => ({ item, at: rank(item) }))
    .filter(({ at }) => at < 2)
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);
}
