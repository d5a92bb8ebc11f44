import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { deployFile, readDeployFile } from '../../../newsroom/deploy-file.ts';
import { type Foreseen, foresee } from '../../../press/foresee.ts';
import type { Problem } from '../../../problems/problem.ts';
import type { FieldEdit } from '../../document/edits.ts';
import { readDocument } from '../../document/read-document.ts';
import { placedProblems } from '../../preview/desk-problems.ts';
import { planWords } from '../../publish/plan-words.ts';
import { type ChangeNote, dueOf, editsToPublish, editsToTell, editsToWithdraw } from '../../publish/publishable.ts';
import { scopeOf } from '../../publish/scope.ts';
import { newsroomLists } from '../../stories/newsroom-lists.ts';
import { ApiError, type Handler } from '../api.ts';
import { type ContentFile, contentFile } from '../content-path.ts';
import type { DeskContext } from '../context.ts';
import { readText } from '../file-text.ts';
import { publishText } from '../publish-text.ts';
import { changeSchema, pathSchema } from '../shapes.ts';
import { changedText } from './file.ts';

const planShape = z.strictObject({ path: pathSchema.optional(), change: changeSchema.optional() });

/** What publishing would do, in words. Nothing is written. */
export const planPublish: Handler = async (context, request) => {
  const { path, change } = await request.json(planShape);
  const at = path === undefined ? undefined : contentFile(context.site, path);
  const saved = at && (readText(at)?.text ?? '');
  const given = at && changedText(at, saved ?? '', change ?? {});
  const isStory = at?.kind === 'story';
  const values = given === undefined ? {} : readDocument(given, at?.isYaml).values;
  const { timeZone } = newsroomLists(context.site).site;
  const edits = isStory ? editsToPublish(values, context.now(), timeZone) : [];
  const text = at && given !== undefined ? changedText(at, given, { edits }) : undefined;
  const foreseen = await foreseenFor(context, at, text);
  const words = planWords({
    foreseen,
    isStory,
    isDraft: values.draft === true,
    due: text === undefined ? undefined : dueOf(readDocument(text, at?.isYaml).values, timeZone),
    now: context.now(),
    timeZone,
    target: await targetName(context.site),
  });
  const problems =
    at && text !== undefined
      ? await placedProblems({ file: `content/${at.path}`, text, isYaml: at.isYaml, problems: foreseen.problems })
      : foreseen.problems.map(inWords);
  return { json: { ...words, problems } };
};

/** What the press would do with a text, and if only the rest of what was saved makes it possible, with that too. */
async function foreseenFor(
  context: DeskContext,
  at: ContentFile | undefined,
  text: string | undefined,
): Promise<Foreseen> {
  const { site, cache, publisher } = context;
  const file = at && `content/${at.path}`;
  const look = (changed: string[] | undefined) =>
    foresee({
      site,
      cache,
      dist: publisher.dist,
      now: context.now(),
      clock: Date.now(),
      changed,
      file,
      ...(file !== undefined && text !== undefined && { unsaved: { file, text } }),
    });
  const found = await look(at && scopeOf(at.path));
  const isRefused = found.problems.some(({ severity }) => severity === 'error');
  return isRefused && at ? await look(undefined) : found;
}

/** The target that a deploy without a name goes to, if there is one. */
async function targetName(site: string): Promise<string | undefined> {
  const file = join(site, deployFile);
  if (!existsSync(file)) return undefined;
  const read = await readDeployFile(readFileSync(file));
  if ('problems' in read) return undefined;
  return read.data.default ?? (read.data.targets.size === 1 ? [...read.data.targets.keys()][0] : undefined);
}

const publishShape = z.strictObject({
  path: pathSchema.optional(),
  kind: z.enum(['correction', 'clarification', 'update', 'minor']).optional(),
  text: z.string().max(5000).optional(),
});

/** Publishes a file as it is saved, or everything that is saved, and says how far it is. */
export const publishFile: Handler = async (context, request) => {
  const { path, kind, text } = await request.json(publishShape);
  if ((kind === 'correction' || kind === 'clarification') && !text?.trim())
    throw new ApiError(400, `Readers see what the ${kind} is about. Write one sentence about it.`);
  const note: ChangeNote | undefined = kind && { kind, text };
  if (path === undefined) return { lines: publishText(context, undefined, undefined, 'published') };
  const at = contentFile(context.site, path);
  const found = readText(at);
  if (!found) throw new ApiError(404, `${path} does not exist, or was deleted. Save it first.`);
  const { timeZone } = newsroomLists(context.site).site;
  const { values, fault } = readDocument(found.text, at.isYaml);
  const edits: FieldEdit[] =
    at.kind !== 'story' || fault
      ? []
      : [
          ...editsToPublish(values, context.now(), timeZone),
          ...(note ? editsToTell(values, note, context.now(), timeZone) : []),
        ];
  return { lines: publishText(context, at, changedText(at, found.text, { edits }), 'published') };
};

const withdrawShape = z.strictObject({ path: pathSchema, reason: z.string().trim().min(1).max(5000) });

/** Withdraws a story. Readers who come to its page see when and why. */
export const withdraw: Handler = async (context, request) => {
  const { path, reason } = await request.json(withdrawShape);
  const at = storyAt(context, path);
  const found = readText(at);
  if (!found) throw new ApiError(404, `${path} does not exist, or was deleted.`);
  const { timeZone } = newsroomLists(context.site).site;
  const text = changedText(at, found.text, { edits: editsToWithdraw(reason, context.now(), timeZone) });
  return await lastOf(publishText(context, at, text, 'withdrawn'));
};

const undoShape = z.strictObject({ path: pathSchema });

/** Takes a publish back: the story is again as it was published before, or is no longer on the site. */
export const takeBack: Handler = async (context, request) => {
  const { path } = await request.json(undoShape);
  const at = storyAt(context, path);
  const found = readText(at);
  if (!found) throw new ApiError(404, `${path} does not exist, or was deleted.`);
  const out = context.store.versions(path).filter(({ why }) => why === 'published' || why === 'withdrawn');
  const [latest] = out;
  if (!latest)
    throw new ApiError(409, 'The desk has not published this story, so there is nothing to take back.', {
      todo: 'Withdraw it, or return to an earlier version of it.',
    });
  const previous = out.find(({ digest }) => digest !== latest.digest);
  const text =
    (previous && context.store.version(previous.id)?.text) ??
    changedText(at, found.text, { edits: [{ path: ['draft'], value: true }] });
  return await lastOf(publishText(context, at, text, 'published'));
};

function storyAt(context: DeskContext, path: string): ContentFile {
  const at = contentFile(context.site, path);
  if (at.kind !== 'story') throw new ApiError(400, 'Only a story can be withdrawn or taken back.');
  return at;
}

/** The last line, as one answer. */
async function lastOf(lines: AsyncIterable<object>) {
  let last: object = {};
  for await (const line of lines) last = line;
  return 'error' in last ? { status: 422, json: last } : { json: last };
}

const inWords = ({ rule, severity, message, hint, file, line }: Problem) => ({
  rule,
  severity,
  says: `${file}, line ${line}: ${message}`,
  ...(hint && { todo: hint }),
});
