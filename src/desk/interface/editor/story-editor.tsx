import type { StoryEditorProps } from './props.ts';

/** Shows the Markdown in a plain field until the editor of blocks is here. */
export function StoryEditor({ value, version, onChange }: StoryEditorProps) {
  return (
    <textarea
      key={version}
      class="plain-text"
      aria-label="Text"
      defaultValue={value}
      onInput={(event) => onChange(event.currentTarget.value)}
    />
  );
}
