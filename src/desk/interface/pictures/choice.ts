import { signal } from '@preact/signals';
import type { ChosenPicture } from '../editor/props.ts';
import type { OpenFile } from '../state/open-file.ts';

interface Asked {
  files: File[];
  /** The picture is for the text, so its texts are kept in `pictures` of the front matter. A field keeps its own. */
  isForText: boolean;
  /** Opens the texts of a picture that the story has already. */
  edits?: string;
  /** Several only if several files were given. */
  answer(pictures: ChosenPicture[]): void;
}

/** Somebody needs a picture: the text, or a field of the form. The dialog answers. */
export class PictureChoice {
  readonly file: OpenFile;
  readonly asked = signal<Asked | undefined>(undefined);

  constructor(file: OpenFile) {
    this.file = file;
  }

  /** Opens the dialog for one picture. @returns nothing if it was closed without a choice */
  async ask(asked: Partial<Omit<Asked, 'answer'>> = {}): Promise<ChosenPicture | undefined> {
    return (await this.askAll(asked))[0];
  }

  /** Opens one dialog for all files, which are described one after the other. @returns those that were chosen */
  askAll({ files = [], isForText = false, edits }: Partial<Omit<Asked, 'answer'>> = {}): Promise<ChosenPicture[]> {
    this.asked.value?.answer([]);
    return new Promise((resolve) => {
      this.asked.value = {
        files,
        isForText,
        ...(edits !== undefined && { edits }),
        answer: (pictures) => {
          this.asked.value = undefined;
          resolve(pictures);
        },
      };
    });
  }
}
