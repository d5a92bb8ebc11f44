import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeAtomically } from '../pictures/ledger.ts';
import { storyBytesMax } from '../yaml/source.ts';
import type { ChangeLog } from './change-log.ts';
import type { ConvertedStory } from './converted.ts';
import type { DocumentShelf } from './documents/document-shelf.ts';
import { tooLong } from './fault.ts';
import { digestOf, type ImportRecord, openFolder } from './newsroom.ts';
import type { PlannedStory } from './plan.ts';
import type { Receipt } from './receipt.ts';
import type { ShortcodeLog } from './shortcode-log.ts';
import { printPage, printStory } from './story-file.ts';

interface WriterOptions {
  site: string;
  dryRun: boolean;
  force?: boolean;
  /** Name → file under `content/stories` and `content/pages`. */
  existing: { stories: ReadonlyMap<string, string>; pages: ReadonlyMap<string, string> };
  record: ImportRecord;
  receipt: Receipt;
  changeLog: ChangeLog;
  documents: DocumentShelf;
  shortcodes: ShortcodeLog;
}

/** Writes stories and standing pages into a newsroom. It never overwrites what somebody has edited. */
export class StoryWriter {
  readonly #options: WriterOptions;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /**
   * @param text of the whole file (`printItem`)
   * @returns why the story was not written, or undefined
   */
  async write(
    planned: PlannedStory,
    converted: ConvertedStory,
    text: string,
  ): Promise<{ reason: string; isTaken: boolean } | undefined> {
    const { site, dryRun, receipt, record } = this.#options;
    const { file, story } = planned;
    const place = placeOf(planned, converted.format);
    const bytes = Buffer.from(text);
    const { state, old } = this.#stateOf(planned, place, bytes);
    if (state === 'taken')
      return { reason: `content/${old} already exists and was not written by this import`, isTaken: true };
    if (bytes.length > storyBytesMax) return { reason: tooLong, isTaken: false };
    if (state === 'unchanged') receipt.files.unchanged++;
    else receipt.files.written++;
    if (planned.draft !== undefined) {
      receipt.files.drafts++;
      receipt.drafts.push({ file, story, reason: planned.draft });
    } else if (planned.isPage) receipt.files.pages++;
    else receipt.files.stories++;
    const digest = digestOf(bytes);
    this.#options.changeLog.add(converted.changes);
    this.#options.shortcodes.add(converted.shortcodes ?? []);
    receipt.notes.push(...converted.notes.map((note) => ({ file, note })));
    receipt.stories.push({ file, story, path: place, aliases: planned.aliases, digest });

    const path = join(site, 'content', place);
    const folder = dirname(path);
    if (!dryRun) openFolder(site, folder);
    for (const [from, name] of converted.pictures) await this.#writePicture(from, join(folder, name), state);
    await this.#options.documents.write(converted.documents, place, state === 'unchanged');
    if (state === 'unchanged' || dryRun) return undefined;
    await writeAtomically(path, bytes);
    record.set(place, digest);
    // The text now needs another format, for example because it has a gallery now.
    if (old !== undefined && old !== place) rmSync(join(site, 'content', old), { force: true });
    return undefined;
  }

  async #writePicture(from: string, to: string, state: State): Promise<void> {
    const { dryRun, receipt } = this.#options;
    const old = existsSync(to) ? readFileSync(to) : undefined;
    const now = readFileSync(from);
    // If somebody has replaced a picture since, keep it, because the story beside it was kept too.
    if (old !== undefined && (old.equals(now) || state === 'unchanged')) receipt.pictures.unchanged++;
    else {
      receipt.pictures.copied++;
      if (!dryRun) await writeAtomically(to, now);
    }
  }

  #stateOf({ story, isPage }: PlannedStory, place: string, bytes: Buffer): { state: State; old?: string } {
    const { existing, site, record, force } = this.#options;
    const found = isPage ? existing.pages.get(story.slice(1, -1)) : existing.stories.get(story);
    if (found === undefined) return { state: 'new' };
    const old = `${isPage ? 'pages' : 'stories'}/${found}`;
    const isOurs = old.replace(/x$/, '') === place.replace(/x$/, '');
    if (!isOurs) return { state: 'taken', old };
    const now = readFileSync(join(site, 'content', old));
    if (old === place && now.equals(bytes)) return { state: 'unchanged', old };
    return { state: force || record.has(old, now) ? 'ours' : 'taken', old };
  }
}

type State = 'new' | 'unchanged' | 'ours' | 'taken';

/** The text of the file of an item, as it is written. */
export const printItem = (planned: PlannedStory, converted: ConvertedStory): string =>
  planned.isPage ? printPage(planned, converted) : printStory(planned, converted);

/** The file of a story or page under `content`. */
export const placeOf = ({ story, isPage }: PlannedStory, format: 'md' | 'mdx'): string =>
  isPage ? `pages${story.slice(0, -1)}.${format}` : `stories/${story}/index.${format}`;
