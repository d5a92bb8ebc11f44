import type {
  DeskProblem,
  FormDescription,
  LibraryPicture,
  Named,
  PasteAnswer,
  StoryCopy,
  StoryLink,
  Titled,
  Uploaded,
} from '../contract.ts';
import type { TextMoment } from '../state/history.ts';
import type { TextHistory } from './view/text-history.ts';

/** What the story view gives to the editor of the text. */
export interface StoryEditorProps {
  /** The body, with the bytes of the file. The editor loads it once, and again if `version` changes. */
  value: string;
  /** Changes if the text was replaced from outside: a restored version, or what another program wrote. */
  version: number;
  /** Of the story, relative to content/. */
  path: string;
  /** The line end of the file. */
  eol: string;
  /** `text` is the story as one reads it, `source` is its Markdown. */
  view: 'text' | 'source';
  /** Called for every edit, with the whole body. Untouched blocks keep their bytes. */
  onChange(body: string): void;
  /** The editor cannot show the body without losing something, so it asks for the source view. */
  onSourceOnly?(why: string): void;
  /** The caret is in another block: its offset in the body, for the preview. */
  onBlock?(offset: number): void;
  /** Problems with an `offset`. */
  problems: DeskProblem[];
  /** The offset to go to when the user asks for it. A new object for each request. */
  goTo?: { offset: number };
  /** Opens the dialog for pictures. The answer is the picture's name in the story, with its texts. */
  choosePicture(files?: File[]): Promise<ChosenPicture | undefined>;
  /** The same for several files: one dialog describes them one after the other. */
  choosePictures(files: File[]): Promise<ChosenPicture[]>;
  /** Who made a picture of the text, as the page will print it. */
  creditOf?(src: string): string | undefined;
  onCredit?(src: string, credit: string): void;
  /** Finds stories by their headline, for `story:` links. */
  findStories(query: string): Promise<StoryLink[]>;
  /** Turns what was pasted into Markdown, and says whether it is the copy of a whole story. */
  paste(pasted: { html?: string; text?: string }): Promise<PasteAnswer>;
  /** Offers to turn a Markdown story into MDX, which can have components. */
  offerMdx?(): void;
  /** Asks whether the fields of a copied story fill those of this one. @returns whether its text alone is inserted */
  offerCopy?(copy: StoryCopy): Promise<boolean>;
  /** The address of a thumbnail of a picture of this story: a `blob:` address. */
  thumbnail(name: string, width: number): Promise<string>;
  /** Descriptions of the blocks that have a form, by their name: those of `elements.ts` and of the theme. */
  elements: Record<string, FormDescription>;
  /** What the newsroom has, for completion in the forms of blocks. */
  choices?: {
    sections: Titled[];
    authors: Named[];
    topics: Titled[];
    series: Titled[];
    findPictures(query: string): Promise<LibraryPicture[]>;
  };
  /** Of the newsroom, named beside every time. */
  timeZone?: string;
  /** Says something to people who do not see the screen. */
  announce(message: string): void;
  /** Shows something that everybody must notice. */
  tell(message: string): void;
  language: string;
  /** The history of the story that the text is part of. Without it, the text has its own. */
  history?: TextHistory;
  /** Called when the user asks for the other view. Without it, the editor changes the view by itself. */
  onView?(view: 'text' | 'source'): void;
  /** Called once, with what the story view can ask of the editor. */
  onReady?(editor: EditorHandle): void;
}

/** What the story view can ask of the editor. */
export interface EditorHandle {
  /** Hands on the edits of the last moments, before a save. The answer is the body. */
  flush(): string;
  focus(): void;
  /** Returns to a text that was there before, with the caret. @returns the text that was there now */
  exchange(moment: TextMoment): TextMoment;
}

/** What the dialog for pictures answers. The texts of a picture in the text are in the front matter (`pictures`) by then. */
export interface ChosenPicture {
  /** The file beside the story, or `picture:ID`. */
  src: string;
  uploaded?: Uploaded;
  alt?: string;
  caption?: string;
  credit?: string;
  copyright?: string;
  place?: string;
  date?: string;
  /** Two percentages, as the front matter has them: `40% 30%`. */
  focus?: string;
  decorative?: boolean;
}
