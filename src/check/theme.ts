import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IndexHandle } from '../index/handle.ts';
import { elementsOf } from '../index/theme-elements.ts';
import { themePagesOf } from '../index/theme-pages.ts';
import { themeFoldersOf } from '../index/theme-roots.ts';
import { bundleThere, ensureBundle, serverEntry, templateVersion } from '../press/bundle.ts';
import { pagesToTry } from '../press/known-pages.ts';
import { lockPress } from '../press/lock.ts';
import { openTemplates, type Renderer, rendererOf } from '../press/render.ts';
import { chooseWay } from '../press/render-way.ts';
import { themeProblems } from '../press/theme-check.ts';
import { type Problem, ProblemsError } from '../problems/problem.ts';
import { elements } from '../story/elements.ts';

/** The most stories that are rendered for one component: those with the newest day. */
const storiesMax = 500;
const problemsMax = 20;

/**
 * Finds what is wrong with a newsroom's `theme/`: by itself, and, if it has components or pages, while they render:
 * the stories that use the components, a page of each kind, and its own pages. Only the compiled templates are kept, because the next build needs them too.
 *
 * Call it while the index of the check is open.
 *
 * @param isWhole the newsroom has no other mistakes, so its pages can be rendered
 */
export async function checkTheme(
  index: IndexHandle,
  site: string,
  cache: string,
  clock: number,
  isWhole: boolean,
): Promise<Problem[]> {
  const problems = await themeProblems(site);
  if (!isWhole || problems.some(({ severity }) => severity === 'error')) return problems;
  if (componentsOf(site).length === 0 && themePagesOf(site).length === 0) return problems;
  try {
    const there = bundleThere(cache, templateVersion(site, cache));
    const entry = serverEntry(there ?? (await built(site, cache, clock)));
    const templates = await openTemplates(entry);
    const { way } = await chooseWay(index, templates);
    return [...problems, ...(await printed(rendererOf(index, templates, way), addressesToPrint(index, site)))];
  } catch (error) {
    if (error instanceof ProblemsError)
      return [...problems, ...error.problems.filter((one) => !problems.includes(one))];
    throw error;
  }
}

function componentsOf(site: string): string[] {
  return themeFoldersOf(site)
    .map((folder) => join(folder, 'components'))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith('.astro')));
}

async function built(site: string, cache: string, clock: number) {
  const release = await lockPress(cache, new Date(clock), () => {});
  try {
    return await ensureBundle(site, cache);
  } finally {
    release();
  }
}

/** A component that throws an error is reported once, with the first page on which it failed. */
async function printed({ render }: Renderer, addresses: string[]): Promise<Problem[]> {
  const found = new Map<string, Problem>();
  for (const address of addresses) {
    if (found.size >= problemsMax) break;
    try {
      await render(address);
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error;
      for (const problem of error.problems) {
        const place = `${problem.file}:${problem.line}`;
        if (!found.has(place)) found.set(place, problem);
      }
    }
  }
  return [...found.values()];
}

/** A page of each kind, the newest stories, and those that use a component of the theme. */
function addressesToPrint(index: IndexHandle, site: string): string[] {
  const { addresses, stories } = pagesToTry(index);
  const own = Object.keys(elementsOf(site).known).filter((name) => !Object.hasOwn(elements, name));
  const isUser = new RegExp(`<(?:${own.join('|')})[\\s/>]`);
  const users =
    own.length === 0
      ? []
      : stories.filter(({ file }) => file.endsWith('x') && isUser.test(readFileSync(join(site, file), 'utf8')));
  const chosen = [...stories.slice(0, 20), ...users.slice(0, storiesMax)].map(({ address }) => address);
  return [...new Set([...addresses, ...chosen])];
}
