import type {
  DeskProblem,
  FieldEdit,
  FormDescription,
  LibraryPicture,
  Named,
  Path,
  StoryLink,
  Titled,
} from '../contract.ts';
import type { ChosenPicture } from '../editor/props.ts';

/** What a view gives to a form. */
export interface FormProps {
  /** The fields, from `desk/form/`. */
  description: FormDescription;
  values: Record<string, unknown>;
  /** Called for every edit of a field. The view keeps the values and passes them back. */
  onEdit(edit: FieldEdit): void;
  /** Problems with a `field`. */
  problems: DeskProblem[];
  /** The field to go to when the user asks for it. A new object for each request. */
  goTo?: { field: Path };
  choices: FormChoices;
  /** The time zone of the newsroom, named beside every time. */
  timeZone: string;
  language: string;
  announce(message: string): void;
}

/** What the newsroom has, for completion. */
export interface FormChoices {
  sections: Titled[];
  authors: Named[];
  topics: Titled[];
  series: Titled[];
  findStories(query: string): Promise<StoryLink[]>;
  /** Opens the dialog for pictures. The answer is what the story calls the picture. */
  choosePicture(): Promise<ChosenPicture | undefined>;
  findPictures(query: string): Promise<LibraryPicture[]>;
  thumbnail(src: string, width: number): Promise<string>;
}
