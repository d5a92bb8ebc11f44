import * as z from 'zod';
import { digestOf } from '../../../index/digest.ts';
import { pageOfFile } from '../../../queries/files.ts';
import type { Site } from '../../../site/site.ts';
import { applyChange, Unfaithful } from '../../document/apply-change.ts';
import type { Change, FieldEdit } from '../../document/edits.ts';
import { readDocument } from '../../document/read-document.ts';
import { readSite } from '../../stories/newsroom-lists.ts';
import { editsForOldAddress } from '../../stories/old-address.ts';
import { storyFacts } from '../../stories/story-facts.ts';
import { ApiError, type ApiRequest, type Handler } from '../api.ts';
import { type ContentFile, contentFile } from '../content-path.ts';
import type { DeskContext } from '../context.ts';
import { type FileText, noFile, readText, writeText } from '../file-text.ts';
import { problemsOf } from '../problems-of.ts';
import { schemaOf } from '../schema-of.ts';
import { changeSchema, pathSchema } from '../shapes.ts';
import { keepFound, keepVersion, tryStoring } from '../versions-kept.ts';
import { isoOf } from './stories.ts';

/** A file with its text, what it contains, and what was written and not saved. */
export const getFile: Handler = async (context, request) => {
  const at = fileAsked(context, request);
  const found = readText(at);
  const autosave = unsaved(context, at, found);
  if (!found && !autosave && !isFrontToBegin(context, at))
    throw new ApiError(404, `${at.path} does not exist, or was deleted.`);
  const { text, digest } = found ?? { text: '', digest: noFile };
  const problems = await problemsOf(context, at, text);
  const address = pageOfFile(context.index.index, `content/${at.path}`);
  return {
    json: {
      path: at.path,
      kind: at.kind,
      digest,
      text,
      ...readDocument(text, at.isYaml),
      problems,
      ...stateOf(context, at),
      ...(address !== undefined && { address }),
      ...(autosave && { autosave }),
    },
  };
};

/** Every list that can have a front has one to open: nothing is decided in it yet, and its file begins with the first save. */
const isFrontToBegin = ({ site }: DeskContext, { kind, path }: ContentFile): boolean =>
  kind === 'front' &&
  ['home', ...readSite(site).sections.map(({ id }) => id)].some((id) => path === `fronts/${id}.yaml`) &&
  !contentFile(site, path.replace(/yaml$/, 'yml')).exists;

/** The state of a story, as in the list. */
function stateOf(context: DeskContext, at: ContentFile): { state?: string } {
  if (at.kind !== 'story') return {};
  const sole = { sort: 'changed', isDescending: true, offset: 0, limit: 1 } as const;
  const [story] = context.list.rows.list({ now: context.now(), paths: [at.path], ...sole }).stories;
  return story ? { state: story.state } : {};
}

/**
 * What was written and not saved, with its text as a whole if the desk still knows the text that it changes. An autosave
 * that is in the file already, because the desk was ended just after it saved, is deleted.
 */
function unsaved(context: DeskContext, at: ContentFile, found: FileText | undefined) {
  const autosave = context.store.autosave(at.path);
  if (!autosave) return undefined;
  const { base, change } = autosave;
  const old = base === found?.digest ? found.text : base === noFile ? '' : context.store.textOf(at.path, base);
  const text = old === undefined ? change.text : textAfter(at, old, change);
  if (found && text === found.text && base !== found.digest) {
    context.store.deleteAutosave(at.path);
    return undefined;
  }
  return { at: isoOf(autosave.at), change, base, ...(text !== undefined && { text }) };
}

/** Keeps the autosave of an earlier session as a version, because it will be deleted although nobody decided about it. */
export function keepUnsaved(context: DeskContext, at: ContentFile, found: FileText | undefined): void {
  const text = unsaved(context, at, found)?.text;
  if (text === undefined || text === found?.text) return;
  keepVersion(context, at.path, { text, digest: digestOf(Buffer.from(text)) }, 'unsaved');
}

function textAfter(at: ContentFile, text: string, change: Change): string | undefined {
  try {
    return changedText(at, text, change);
  } catch {
    return undefined;
  }
}

const saveSchema = z.strictObject({
  path: pathSchema,
  base: z.string(),
  change: changeSchema,
  isUndecided: z.boolean().optional(),
});

/** Saves a change, unless the file is no longer the one that it changes. */
export const putFile: Handler = async (context, request) => {
  const { path, base, change, isUndecided = false } = await request.json(saveSchema);
  const at = contentFile(context.site, path);
  const found = readText(at);
  if ((found?.digest ?? noFile) !== base) throw changedMeanwhile(at, found, mineOf(context, at, base, change));
  const asked = changedText(at, found?.text ?? '', change);
  const edits = found ? oldAddressKept(context, at, found.text, asked) : [];
  const text = edits.length > 0 ? changedText(at, asked, { edits }) : asked;
  if (found) tryStoring(() => keepFound(context, path, found));
  const isDecided = !isUndecided || tryStoring(() => keepUnsaved(context, at, found));
  const saved = found?.text === text ? found : writeText(at, text);
  // The story is safe now. Whatever fails from here on must not say that it was not saved.
  const isKept = tryStoring(() => {
    keepVersion(context, path, saved, 'saved');
    if (isDecided) context.store.deleteAutosave(path);
  });
  context.list.update(path);
  context.events.send({ kind: 'changed', path, digest: saved.digest });
  return {
    json: {
      ...saved,
      problems: await problemsOf(context, at, text),
      ...(edits.length > 0 && { edits }),
      ...(isKept ? {} : { notes: [notKept] }),
    },
  };
};

const notKept = 'The story is saved, but the desk could not keep this version, because the disk is full.';

/**
 * The edits that keep an address alive that readers know: that of a story which was published, or of a standing page.
 *
 * @param before the text on the disk
 * @param after the text that replaces it
 */
export function oldAddressKept(context: DeskContext, at: ContentFile, before: string, after: string): FieldEdit[] {
  const { state } = stateOf(context, at);
  const isKnown = at.kind === 'page' || state === 'published' || state === 'updated' || state === 'withdrawn';
  if (!isKnown) return [];
  const site = readSite(context.site);
  const known = textReadersKnow(context, at, site);
  const first = known === undefined ? [] : editsForOldAddress(at.path, known, after, site);
  const text = first.length > 0 ? changedText(at, after, { edits: first }) : after;
  return [...first, ...editsForOldAddress(at.path, before, text, site)];
}

/**
 * The text that the desk last published, or the one that it found. The text on the disk may have another address already,
 * whose alias for the old one is removed by undo, or by hand.
 */
function textReadersKnow({ store, now }: DeskContext, { path, kind }: ContentFile, site: Site): string | undefined {
  const versions = store.versions(path);
  const version =
    versions.find(({ why }) => why === 'published' || why === 'withdrawn') ??
    versions.find(({ why }) => why === 'found');
  const text = version && store.version(version.id)?.text;
  if (text === undefined || kind === 'page') return text;
  const { isDraft, due } = storyFacts(path, Buffer.from(text), { site, authorName: () => undefined });
  return !isDraft && due !== undefined && due <= now() ? text : undefined;
}

/** The file that the query names. @throws ApiError */
export function fileAsked({ site }: DeskContext, request: ApiRequest): ContentFile {
  const path = request.query('path');
  if (path === undefined) throw new ApiError(400, 'This request does not name a file.');
  return contentFile(site, path);
}

/** A text after a change. @throws ApiError if the change cannot be made */
export function changedText(at: ContentFile, text: string, change: Change): string {
  try {
    return applyChange(text, change, { isYaml: at.isYaml, schema: schemaOf(at.kind) });
  } catch (error) {
    if (error instanceof Unfaithful) throw new ApiError(422, error.message);
    throw error;
  }
}

/** What would have been saved, for a comparison, if the desk knows the text that the change is for. */
function mineOf(context: DeskContext, at: ContentFile, base: string, change: Change): string | undefined {
  const old = base === noFile ? '' : context.store.textOf(at.path, base);
  return old === undefined ? change.text : textAfter(at, old, change);
}

/**
 * The refusal to overwrite what another program has written.
 *
 * @param mine the text that was to be saved
 */
export const changedMeanwhile = (at: ContentFile, found: FileText | undefined, mine?: string): ApiError =>
  new ApiError(
    409,
    found
      ? `${at.path} was changed by another program since you opened it. Nothing was overwritten.`
      : `${at.path} was deleted by another program. Nothing was written.`,
    { digest: found?.digest ?? noFile, text: found?.text ?? '', ...(mine !== undefined && { mine }) },
  );
