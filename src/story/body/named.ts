import type { Named as NamedKind, StoryElement } from '../elements.ts';
import { wrongName } from '../problems/pictures.ts';
import type { BodyProblem } from '../problems/shared.ts';
import { wrongLink } from '../problems/text.ts';
import type { BodyNeed, BodyPicture } from './body.ts';
import { judgeLink, judgePicture } from './links.ts';
import type { Call } from './reading.ts';

/** What the attributes of a component name, in the form in which parts of a body store it. */
export interface Named {
  picture?: BodyPicture;
  story?: { target: string; fragment: string };
  table?: string;
  author?: string;
  /** What else must exist for it. */
  needs: BodyNeed[];
}

/**
 * Reads the attributes that name something in the newsroom. The index checks whether it exists.
 *
 * @returns also what is wrong with a name by itself, such as a table outside the folder of the story
 */
export function namedBy(call: Call, element: StoryElement): { named: Named; problems: BodyProblem[] } {
  const named: Named = { needs: [] };
  const problems: BodyProblem[] = [];
  const { attributes, line } = call;
  const words = (key: string): string | undefined =>
    typeof attributes[key] === 'string' ? (attributes[key] as string) : undefined;
  for (const [key, kind] of Object.entries(element.names ?? {}) as [string, NamedKind][]) {
    const written = words(key);
    if (written === undefined) continue;
    if (kind === 'story') {
      const link = judgeLink(written, '');
      if (link.kind === 'story') named.story = { target: link.target, fragment: link.fragment };
      else if (link.kind === 'wrong') problems.push(wrongLink({ line }, link.fault, written, link.scheme));
    } else if (kind === 'author') {
      named.author = written;
      named.needs.push({ kind, name: written, element: call.name, line });
    } else {
      const judged = judgePicture(written);
      if ('fault' in judged) problems.push(wrongName({ line }, judged.fault, written, kind));
      else if (kind === 'table') {
        named.table = judged.src;
        const columns = words('columns')
          ?.split(',')
          .map((name) => name.trim())
          .filter(Boolean);
        named.needs.push({ kind, name: judged.src, ...(columns ? { columns } : {}), element: call.name, line });
      } else {
        const [alt, credit] = [words('alt') ?? words('name'), words('credit')];
        named.picture = {
          kind: 'picture',
          src: judged.src,
          decorative: false,
          line,
          ...(alt === undefined ? {} : { alt }),
          ...(credit === undefined ? {} : { credit }),
        };
      }
    }
  }
  return { named, problems };
}
