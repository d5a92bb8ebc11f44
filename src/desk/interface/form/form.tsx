import type { FormProps } from './props.ts';

/** Shows only the headline until the form of all fields is here. */
export function Form({ values, onEdit }: FormProps) {
  return (
    <label class="field">
      <span>Headline</span>
      <input
        value={String(values.headline ?? values.name ?? values.title ?? '')}
        onInput={(event) => onEdit({ path: ['headline'], value: event.currentTarget.value })}
      />
    </label>
  );
}
