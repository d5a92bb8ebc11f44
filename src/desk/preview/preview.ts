import type { Bundle } from '../../press/bundle.ts';
import { openPictureFiles, type PictureFiles } from './picture-files.ts';
import { openPreviewer, type Previewed, type PreviewerOptions, type UnsavedText } from './previewer.ts';

/** The previews of a desk: pages that were shown, until newer ones replace them. */
export interface DeskPreview {
  /**
   * Renders the page of an unsaved text.
   *
   * @returns with the number of the page to show: that of this text, or if it has mistakes, the last one of this file
   *   that had none
   */
  show(text: UnsavedText): Promise<Previewed & { shown?: ShownNumber }>;
  /** A page that was shown, with its marks. Undefined if there have been many since. */
  page(number: number): string | undefined;
  pictures: PictureFiles;
  /** The compiled templates, which contain styles and fonts. */
  bundle(): Promise<Bundle>;
  close(): void;
}

export interface ShownNumber {
  number: number;
  address: string;
}

/** Several tabs with two frames each, while somebody types. */
const pagesMax = 40;

export function openPreview(options: Omit<PreviewerOptions, 'onPage'>): DeskPreview {
  const pictures = openPictureFiles(options.site, options.cache);
  const previewer = openPreviewer({ ...options, onPage: pictures.learn });
  const pages = new Map<number, string>();
  const lastOf = new Map<string, ShownNumber>();
  let count = 0;
  const keep = (file: string, { address, html }: { address: string; html: string }): ShownNumber => {
    const shown = { number: ++count, address };
    pages.set(shown.number, html);
    lastOf.delete(file);
    lastOf.set(file, shown);
    // The last good page of a file that is still open stays, however many pages of other files are shown.
    const needed = new Set([...lastOf.values()].slice(-pagesMax).map(({ number }) => number));
    for (const number of pages.keys()) if (number <= count - pagesMax && !needed.has(number)) pages.delete(number);
    for (const [name, { number }] of lastOf) if (!pages.has(number)) lastOf.delete(name);
    return shown;
  };
  return {
    async show(text) {
      const previewed = await previewer.show(text);
      const shown = previewed.page ? keep(text.file, previewed.page) : lastOf.get(text.file);
      return { ...previewed, ...(shown && { shown }) };
    },
    page: (number) => pages.get(number),
    pictures,
    bundle: previewer.bundle,
    close: previewer.close,
  };
}
