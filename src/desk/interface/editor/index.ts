// The editor of a story's text. It is loaded late (`loadEditor`), because it is larger than the rest of the interface.
import type { ComponentType } from 'preact';
import type { StoryEditorProps } from './props.ts';

/** Loads the editor, which is a part of its own. */
export const loadEditor = (): Promise<ComponentType<StoryEditorProps>> =>
  import('./story-editor.tsx').then(({ StoryEditor }) => StoryEditor);
