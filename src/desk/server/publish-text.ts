import { several } from '../../problems/counted.ts';
import { machineProblem } from '../../problems/machine.ts';
import { type Problem, ProblemsError, SetupError } from '../../problems/problem.ts';
import { storyOfFile } from '../../queries/files.ts';
import { querySite } from '../../queries/queries.ts';
import { absoluteHrefOf } from '../../site/site.ts';
import { placedProblems } from '../preview/desk-problems.ts';
import type { Published, PublishStep } from '../publish/publisher.ts';
import { scopeOf } from '../publish/scope.ts';
import { stepsOf } from '../publish/steps.ts';
import type { VersionReason } from '../store/store.ts';
import type { ContentFile } from './content-path.ts';
import type { DeskContext } from './context.ts';
import { type FileText, readText, writeText } from './file-text.ts';
import { keepFound, keepVersion, tryStoring } from './versions-kept.ts';

/** The last line of a publish. */
type Outcome =
  | { done: true; links: string[]; digest?: string; report: object; notes: string[] }
  | { error: object; problems: object[] };

/**
 * Saves the text of a file and publishes it. If the publish is refused, the file is again as it was, and so is the site.
 *
 * @param at the file, or undefined for everything that is saved
 */
export const publishText = (
  context: DeskContext,
  at: ContentFile | undefined,
  text: string | undefined,
  why: VersionReason,
): AsyncIterable<PublishStep | Outcome> =>
  stepsOf<PublishStep, Outcome>((onStep) => run(context, at, text, why, onStep));

async function run(
  context: DeskContext,
  at: ContentFile | undefined,
  text: string | undefined,
  why: VersionReason,
  onStep: (step: PublishStep) => void,
): Promise<Outcome> {
  const { publisher } = context;
  const before = at && readText(at);
  const saved = at && text !== undefined ? savedText(context, at, before, text) : undefined;
  let published: Published;
  try {
    published = await publishScope(context, at, onStep);
  } catch (error) {
    // The text that was refused must not go out with the next publish of something else.
    if (at && before && saved && saved.digest !== before.digest && readText(at)?.digest === saved.digest) {
      writeText(at, before.text);
      context.events.send({ kind: 'changed', path: at.path, digest: before.digest });
    }
    const refused = error instanceof ProblemsError ? undefined : machineProblem(error);
    if (refused) {
      const todo = refused.hint?.replace('Run the same command again', 'Publish again');
      return {
        error: { rule: refused.rule, says: `The publish did not end. ${refused.message}`, ...(todo && { todo }) },
        problems: [],
      };
    }
    if (!(error instanceof ProblemsError)) {
      context.tell(error);
      return {
        error: { says: 'Nothing was published, because of a bug in Broadsheet. The terminal says more.' },
        problems: [],
      };
    }
    return await refusal(error, at, text, publisher.dist);
  }
  // Readers see the story now. Whatever fails from here on must not say that it was not published, or put the file back.
  let links: string[] = [];
  if (at && saved) await tried(context, () => void tryStoring(() => keepVersion(context, at.path, saved, why)));
  await tried(context, () => context.events.send({ kind: 'published', paths: at ? [at.path] : [] }));
  void tried(context, () => context.list.scan());
  await tried(context, async () => {
    await context.index.refresh();
    links = at ? linksOf(context, at) : [];
  });
  return {
    done: true,
    links,
    ...(saved && { digest: saved.digest }),
    report: reportOf(published),
    notes: published.deployFault === undefined ? [] : [`The site was built, but not sent: ${published.deployFault}`],
  };
}

/** Runs work that may fail without changing what is said. The terminal says that it did. */
async function tried(context: DeskContext, work: () => unknown): Promise<void> {
  try {
    await work();
  } catch (error) {
    context.tell(error);
  }
}

function savedText(context: DeskContext, at: ContentFile, before: FileText | undefined, text: string): FileText {
  if (before?.text === text) return before;
  if (before) tryStoring(() => keepFound(context, at.path, before));
  const saved = writeText(at, text);
  tryStoring(() => keepVersion(context, at.path, saved, 'saved'));
  context.events.send({ kind: 'changed', path: at.path, digest: saved.digest });
  return saved;
}

/** Publishes a file, and if it needs more of what was saved, such as a new story that it links to, everything. */
async function publishScope(
  { publisher }: DeskContext,
  at: ContentFile | undefined,
  onStep: (step: PublishStep) => void,
): Promise<Published> {
  if (!at) return await publisher.publish(undefined, onStep);
  try {
    return await publisher.publish(scopeOf(at.path), onStep);
  } catch (error) {
    if (!(error instanceof ProblemsError) || error instanceof SetupError) throw error;
    return await publisher.publish(undefined, onStep);
  }
}

async function refusal(
  { problems }: ProblemsError,
  at: ContentFile | undefined,
  text: string | undefined,
  dist: string,
): Promise<Outcome> {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors as [Problem, ...Problem[]];
  const placed =
    at && text !== undefined
      ? await placedProblems({ file: `content/${at.path}`, text, isYaml: at.isYaml, problems })
      : [];
  const where = first.file === '' || first.file === dist ? '' : `${first.file}, line ${first.line}: `;
  return {
    error: {
      rule: first.rule,
      says: `Nothing was published, and the site is as it was. ${several(errors.length, 'mistake')} must be corrected first. ${where}${first.message}`,
      ...(first.hint && { todo: first.hint }),
    },
    problems: placed,
  };
}

/** The public address of a story that readers can see. */
function linksOf({ index: { index } }: DeskContext, { path }: ContentFile): string[] {
  const story = storyOfFile(index, `content/${path}`);
  return story?.isPublic ? [absoluteHrefOf(querySite(index), story.card.address)] : [];
}

const reportOf = ({ report: { added, changed, removed, rendered, pages, seconds, nextChange } }: Published) => ({
  added: added.length,
  changed: changed.length,
  removed: removed.length,
  rendered,
  pages,
  seconds: seconds.total,
  nextChange,
});
