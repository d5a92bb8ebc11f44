import { computed, effect, signal } from '@preact/signals';
import { ApiError, api } from '../api.ts';
import type { DeskProblem, PreviewAnswer } from '../contract.ts';
import type { OpenFile } from '../state/open-file.ts';
import { isConnected } from '../state/session.ts';

/** After the last key, so that a fast typist does not ask for a page at every letter. */
const pauseMs = 200;

/**
 * The page of a file as it is now, with its problems. One request is on its way at a time: the next one begins with the
 * newest text when the last one is answered.
 */
export class PreviewOfFile {
  readonly answer = signal<PreviewAnswer | undefined>(undefined);
  readonly problems = signal<DeskProblem[] | undefined>(undefined);
  readonly failure = signal<ApiError | undefined>(undefined);
  readonly isWaiting = signal(true);
  /** The offset in the body of the block with the caret. */
  readonly block = signal<number | undefined>(undefined);
  /** The problems of fields. They stay the same object while one types in the text, so that the form is not drawn again. */
  readonly ofFields = computed(() => this.keepFields());
  private fields: DeskProblem[] = [];
  private readonly file: OpenFile;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isAsking = false;
  private isStale = false;
  private stopWatching: (() => void) | undefined;

  constructor(file: OpenFile) {
    this.file = file;
  }

  start(): void {
    this.stopWatching = effect(() => {
      this.file.changes.value;
      this.file.base.value;
      // What was not answered while the server was gone is asked again.
      isConnected.value;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.refresh(), this.answer.peek() ? pauseMs : 0);
    });
  }

  stop(): void {
    this.stopWatching?.();
    clearTimeout(this.timer);
  }

  private keepFields(): DeskProblem[] {
    const now = (this.problems.value ?? this.file.problems.value).filter(({ field }) => field);
    if (!isSame(now, this.fields)) this.fields = now;
    return this.fields;
  }

  scrollTo(offset: number): void {
    this.block.value = offset;
  }

  async refresh(): Promise<void> {
    if (this.isAsking) {
      this.isStale = true;
      return;
    }
    this.isAsking = true;
    this.isWaiting.value = true;
    try {
      const answer = await api.preview(this.file.path, this.file.base.peek().digest, this.file.change());
      this.answer.value = answer;
      if (!isSame(this.problems.peek(), answer.problems)) this.problems.value = answer.problems;
      this.failure.value = undefined;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // Another text is on the disk: a save that is on its way, or a conflict, which the view of the story shows.
      if (error.status !== 409) this.failure.value = error;
    } finally {
      this.isAsking = false;
      this.isWaiting.value = false;
    }
    if (this.isStale) {
      this.isStale = false;
      void this.refresh();
    }
  }
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
