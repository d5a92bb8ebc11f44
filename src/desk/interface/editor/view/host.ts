import type { FormDescription } from '../../../form/description.ts';
import type { StoryEditorProps } from '../props.ts';

/** What the document's view needs from the editor around it. */
export interface Host {
  isMdx: boolean;
  /** The latest properties, because functions of an earlier drawing may be out of date. */
  props(): StoryEditorProps;
  elements(): Record<string, FormDescription>;
  openLink(): void;
  openShortcuts(): void;
  /** Goes to the source view, to the block that is selected. */
  openSource(): void;
  focusToolbar(): void;
  /** Undoes the last edit, or makes it again. */
  travel(way: 'undo' | 'redo'): void;
  slash(menu: SlashState | undefined): void;
  /** Keys while the slash menu is open. @returns whether the key was used */
  slashKey(key: string): boolean;
  announce(message: string): void;
  /** Shows something that everybody must notice. */
  tell(message: string): void;
}

/** A word after a slash at the beginning of a paragraph. */
export interface SlashState {
  query: string;
  from: number;
  to: number;
}
