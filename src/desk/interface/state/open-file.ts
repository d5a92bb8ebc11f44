import { batch, computed, type Signal, signal } from '@preact/signals';
import { ApiError, api } from '../api.ts';
import type { Autosave, Change, DeskFile, DeskProblem, FieldEdit, Instant, Saved } from '../contract.ts';
import { words } from '../words.ts';
import { announce } from './announce.ts';
import { againMs, autosaveMs, type Conflict, newer, type Saving, sinceSent } from './autosaves.ts';
import { type FieldsMoment, FileHistory } from './file-history.ts';
import { keepHere, keptHere, removeKept } from './kept-here.ts';
import { editsBetween, type Values, withEdit, withOneMore } from './values.ts';

/*
 * A file that is open in the desk: what was read, what changed since, and how it is saved. The server owns the bytes.
 * Here are only values, edits, and the body, so that nothing of the file can get lost that the interface does not know.
 *
 * This file is longer than 300 lines because what is saved, what changed since, and what the disk has depend on each other.
 */

export class OpenFile {
  readonly path: string;
  readonly kind: string;
  readonly eol: string;
  /** What is on the disk, as far as this page knows. */
  readonly base: Signal<DeskFile>;
  readonly values: Signal<Values>;
  readonly body: Signal<string>;
  /** The whole file, while it is edited in the source view. */
  readonly text = signal<string | undefined>(undefined);
  /** Counts how often the text was replaced from outside the editor. */
  readonly version = signal(0);
  readonly saving = signal<Saving>('saved');
  readonly savedAt = signal<string | undefined>(undefined);
  readonly saveFailure = signal<ApiError | undefined>(undefined);
  readonly autosavedAt = signal<Instant | undefined>(undefined);
  /** Why the last autosave was refused. A copy is in this browser. */
  readonly autosaveFailure = signal<ApiError | undefined>(undefined);
  readonly problems = signal<DeskProblem[]>([]);
  readonly conflict = signal<Conflict | undefined>(undefined);
  /** An earlier session left this, and nobody has decided about it yet. */
  readonly found = signal<Autosave | undefined>(undefined);
  readonly changes = signal(0);
  readonly isChanged = computed(() => this.saving.value !== 'saved');
  readonly history = new FileHistory({
    fields: () => ({ values: this.values.value, edits: this.edits, saves: this.saves }),
    putFields: (moment) => this.putFields(moment),
    text: () => this.text.value ?? this.body.value,
    putText: (text) => (this.text.value === undefined ? this.putBody(text) : this.setText(text)),
  });
  private edits: FieldEdit[] = [];
  private savedValues: Values;
  private saves = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private queue: Promise<unknown> = Promise.resolve();
  private isClosed = false;
  /** Whether the server has the text of an earlier session that was found. */
  private isFoundThere = false;
  /** Whether the server has another unsaved text, an older one, which must become a version before it is replaced. */
  private isOlderThere = false;
  private keptMs = 0; // when the newest copy of the unsaved text was kept

  constructor(file: DeskFile) {
    this.path = file.path;
    this.kind = file.kind;
    this.eol = file.eol;
    this.base = signal(file);
    this.savedValues = file.values as Values;
    this.values = signal(this.savedValues);
    this.body = signal(file.text.slice(file.bodyStart));
    this.problems.value = file.problems;
    const found = newer(file.autosave, keptHere(file.path));
    this.found.value = found;
    this.isFoundThere = found !== undefined && found === file.autosave;
    this.isOlderThere = file.autosave !== undefined && !this.isFoundThere;
    this.keptMs = found ? new Date(found.at).getTime() : 0;
    if (file.fault) this.text.value = file.text;
  }

  /** What changed since the base. */
  change(): Change {
    if (this.text.value !== undefined) return { text: this.text.value };
    const change: Change = {};
    if (this.edits.length > 0) change.edits = this.edits;
    if (this.body.value !== bodyOf(this.base.value)) change.body = this.body.value;
    return change;
  }

  edit(edit: FieldEdit): void {
    this.history.addField(edit, performance.now());
    this.edits = withOneMore(this.edits, edit);
    this.values.value = withEdit(this.values.value, edit);
    this.touched();
  }

  /** Makes several edits that belong together, and that are undone together. */
  editAll(edits: readonly FieldEdit[]): void {
    this.history.together(() => edits.map((edit) => this.edit(edit)));
  }

  /** The editor has another text. It adds its edits to the history by itself. */
  setBody(body: string): void {
    if (body === this.body.value) return;
    this.body.value = body;
    this.touched();
  }

  setText(text: string): void {
    this.text.value = text;
    this.touched();
  }

  /** Replaces the text from outside the editor, as an edit that can be undone. */
  replaceBody(body: string): void {
    this.history.addTextNow();
    this.putBody(body);
  }

  /** Continues with what an earlier session left. A file that changed since then leads to a comparison on saving. */
  restore(): void {
    const found = this.found.value;
    if (!found) return;
    batch(() => {
      const { edits = [], body, text } = found.change;
      if (text !== undefined) this.text.value = text;
      this.history.clear();
      this.edits = [...edits];
      this.values.value = edits.reduce(withEdit, this.values.value);
      if (body !== undefined) this.body.value = body;
      if (found.base !== this.base.value.digest) this.base.value = { ...this.base.value, digest: found.base };
      this.version.value += 1;
      this.found.value = undefined;
      this.touched();
    });
  }

  async discard(): Promise<void> {
    this.found.value = undefined;
    removeKept(this.path);
    await api.discardAutosave(this.path).catch(() => undefined);
    // What was typed before this decision is not on the server yet.
    if (this.isChanged.value) this.timer ??= setTimeout(() => void this.autosave(), autosaveMs);
  }

  /** Saves after whatever is being saved. @returns whether the file on the disk has everything now */
  save(): Promise<boolean> {
    return this.inTurn(() => this.saveNow());
  }

  /** Saves a whole text, such as one with a correction. */
  async replaceWith(text: string): Promise<boolean> {
    this.text.value = text;
    const isSaved = await this.save();
    if (isSaved) await this.reload();
    return isSaved;
  }

  /** Reads the file again and forgets what changed here until now. What is typed meanwhile stays. */
  async reload(): Promise<void> {
    const seen = this.changesNow();
    const file = await api.file(this.path);
    if (this.changesNow() === seen) this.takeFromDisk(file);
    else if (file.digest !== this.base.value.digest) this.conflict.value = { theirs: file };
  }

  private takeFromDisk(file: DeskFile): void {
    if (!this.found.value) removeKept(this.path);
    this.take(file, [], bodyOf(file));
    this.text.value = file.fault ? file.text : undefined;
    this.saving.value = 'saved';
  }

  /** How often something changed here, with what was typed in the last moments. */
  private changesNow(): number {
    this.history.editor?.flush();
    return this.changes.value;
  }

  /** Continues from another file on the disk, with edits and a body that were merged with it. */
  take(file: DeskFile, edits: FieldEdit[], body: string): void {
    batch(() => {
      this.base.value = file;
      this.edits = edits;
      this.savedValues = file.values as Values;
      this.values.value = edits.reduce(withEdit, this.savedValues);
      this.body.value = body;
      this.problems.value = file.problems;
      this.conflict.value = undefined;
      this.history.clear();
      this.version.value += 1;
      this.touched();
    });
  }

  editsSoFar(): readonly FieldEdit[] {
    return this.edits;
  }

  /** Another program wrote the file, or deleted it. @param digest of the file now, or nothing if it is gone */
  async changedOutside(digest: string | undefined): Promise<void> {
    if ((digest ?? '') === this.base.value.digest || this.saving.value === 'saving') return;
    await this.lookAtDisk();
  }

  /** Something was published: this file, or another one that changes what is known about this one. */
  async published(): Promise<void> {
    // What another program wrote was told when it was written, so the same question is not asked again.
    if (this.saving.value !== 'saving') await this.lookAtDisk(this.isChanged.value);
  }

  /** Takes what the disk has, unless something was typed here, also meanwhile. @param isTold whether a difference is known */
  private async lookAtDisk(isTold = false): Promise<void> {
    const seen = this.changesNow();
    const wasChanged = this.isChanged.value;
    const { saves } = this;
    const theirs = await api.file(this.path).catch((error) => {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    });
    const isTyped = this.changesNow() !== seen;
    // A save has met the newer file itself.
    if (this.isClosed || this.saving.value === 'saving' || this.saves !== saves) return;
    if ((theirs?.digest ?? '') === this.base.value.digest) {
      if (theirs) this.takeNews(theirs);
      return;
    }
    if (theirs?.digest && !wasChanged && !isTyped) return this.takeFromDisk(theirs);
    if (isTold) return;
    this.conflict.value = theirs?.digest ? { theirs } : {};
    // Whatever saved it may have deleted the autosave.
    void this.autosave();
  }

  /** The file is the same, so everything that can be undone stays. Only what is known about it may be new. */
  private takeNews({ problems, state, address }: DeskFile): void {
    this.problems.value = problems;
    const known = { ...(state !== undefined && { state }), ...(address !== undefined && { address }) };
    this.base.value = { ...this.base.value, ...known };
  }

  /** After a time without the server: the file may be another one, and the unsaved text is not kept there yet. */
  async serverIsBack(): Promise<void> {
    if (this.saving.value === 'failed' && this.saveFailure.value?.status === 0) this.saving.value = 'unsaved';
    if (this.saving.value !== 'saving') await this.lookAtDisk().catch(() => undefined);
    void this.autosave();
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    if (this.isChanged.value) void this.autosave();
  }

  async autosave(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.isChanged.value) return;
    const found = this.found.value;
    const change = this.change();
    const base = this.base.value.digest;
    // Later than the copy before, even if the computer's clock was set back.
    this.keptMs = Math.max(Date.now(), this.keptMs + 1);
    const here = { at: new Date(this.keptMs).toISOString(), change, base };
    if (!found || this.isFoundThere) keepHere(this.path, here);
    await this.inTurn(async () => {
      if (found && !this.isFoundThere) {
        await this.keepFoundThere(found);
        if (this.isChanged.value) keepHere(this.path, here);
      }
      if (found) return;
      if (!this.isChanged.value) return;
      const { at } = await api.autosave(this.path, base, change, this.isOlderThere);
      this.isOlderThere = false;
      this.autosavedAt.value = at;
      this.autosaveFailure.value = undefined;
      this.keptMs = Math.max(this.keptMs, new Date(at).getTime());
    }).catch((error) => this.notKept(error));
  }

  /** Nobody has decided about the text of an earlier session, so the server keeps it, and this browser the new one. */
  private async keepFoundThere(found: Autosave): Promise<void> {
    if (this.isFoundThere) return;
    await api.autosave(this.path, found.base, found.change, this.isOlderThere);
    this.isFoundThere = true;
    this.isOlderThere = false;
  }

  /** The copy in this browser remains. That the server does not answer is shown elsewhere. */
  private notKept(error: unknown): void {
    if (error instanceof ApiError && error.status !== 0) this.autosaveFailure.value = error;
    if (!this.isClosed) this.timer ??= setTimeout(() => void this.autosave(), againMs);
  }

  private inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const next = this.queue.then(work, work);
    this.queue = next.catch(() => undefined);
    return next;
  }

  private async saveNow(): Promise<boolean> {
    this.history.editor?.flush();
    if (!this.isChanged.value) return true;
    const change = this.change();
    const { edits } = this;
    const values = this.values.value;
    const seen = this.changes.value;
    this.saving.value = 'saving';
    this.saveFailure.value = undefined;
    const found = this.found.value;
    try {
      if (found) await this.keepFoundThere(found).catch(() => undefined);
      const saved = await api.save(this.path, this.base.value.digest, change, found !== undefined || this.isOlderThere);
      this.isOlderThere = false;
      batch(() => {
        const bodyStart =
          this.text.value === undefined ? saved.text.length - (change.body ?? bodyOf(this.base.value)).length : 0;
        this.base.value = { ...this.base.value, digest: saved.digest, text: saved.text, bodyStart, values };
        this.edits = sinceSent(edits, this.edits) ?? editsBetween(values, this.values.value);
        this.savedValues = values;
        this.takeMore(saved, change);
        this.saves += 1;
        this.problems.value = saved.problems ?? this.problems.value;
        this.savedAt.value = new Date().toISOString();
        this.saving.value = this.changes.value === seen ? 'saved' : 'unsaved';
        this.autosaveFailure.value = undefined;
      });
      if (!this.isChanged.value && (!this.found.value || this.isFoundThere)) removeKept(this.path);
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.saving.value = 'failed';
      this.saveFailure.value = error;
      if (error.status === 409 || error.status === 404) await this.compareWithDisk();
      return false;
    }
  }

  /** What the server changed in addition. */
  private takeMore({ edits = [], text }: Saved, sent: Change): void {
    if (edits.length === 0) return;
    this.savedValues = edits.reduce(withEdit, this.savedValues);
    this.base.value = { ...this.base.value, values: this.savedValues };
    this.values.value = edits.reduce(withEdit, this.values.value);
    if (sent.text !== undefined && this.text.value === sent.text) this.text.value = text;
    this.version.value += sent.text === undefined ? 0 : 1;
    announce(words.story.addressKept);
  }

  private async compareWithDisk(): Promise<void> {
    const theirs = await api.file(this.path).catch(() => undefined);
    this.conflict.value = theirs?.digest ? { theirs } : {};
  }

  private touched(): void {
    this.changes.value += 1;
    if (this.saving.value !== 'saving') this.saving.value = 'unsaved';
    this.timer ??= setTimeout(() => void this.autosave(), autosaveMs);
  }

  private putFields({ values, edits, saves }: FieldsMoment): void {
    this.values.value = values;
    this.edits = saves === this.saves ? edits : editsBetween(this.savedValues, values);
    this.touched();
  }

  private putBody(body: string): void {
    batch(() => {
      this.body.value = body;
      this.version.value += 1;
      this.touched();
    });
  }
}

export const openFile = async (path: string): Promise<OpenFile> => new OpenFile(await api.file(path));

export const bodyOf = (file: DeskFile): string => file.text.slice(file.bodyStart);
