import type { Problem } from '../problems/problem.ts';
import { type Contents, type FileDigest, isManifestFile, manifestFile, manifestFiles } from '../site/manifest.ts';
import { contentsBefore, type History } from './history.ts';
import { notSoManyPublishes, publishIncomplete } from './problems.ts';
import type { State } from './state.ts';
import type { Upload } from './target.ts';
import { uploadOf, uploadOfText } from './upload.ts';

export interface Wanted {
  /** The name of the target, for messages. */
  name: string;
  /** How many publishes to go back. */
  steps: number;
  /** What is at the target now. */
  now: State;
  history: History;
  dist: string;
  withheld: (() => Promise<ReadonlySet<string>>) | undefined;
}

/** An earlier publish as the source of a deploy. */
export async function rollbackSource({ name, steps, now, history }: Wanted): Promise<{
  contents: Contents;
  uploadOf(path: string): Upload;
  problems: Problem[];
}> {
  const publishes = history.publishes();
  if (publishes.length < steps)
    throw notSoManyPublishes(
      name,
      steps,
      publishes.map(({ at }) => at),
    );
  const contents = contentsBefore(now, publishes.slice(0, steps));
  const hasManifest = contents.has(manifestFile);
  for (const path of [...contents.keys()]) if (isManifestFile(path)) contents.delete(path);
  const texts = hasManifest ? manifestFiles(contents) : new Map<string, string>();
  const uploads = new Map([...texts].map(([path, text]) => [path, uploadOfText(path, text)]));
  for (const [path, { sha256, size }] of uploads) contents.set(path, { sha256, size });
  const lacking = [...contents].filter(
    ([path, file]) => !uploads.has(path) && now.get(path)?.sha256 !== file.sha256 && !history.fileOf(file.sha256),
  );
  if (lacking.length > 0)
    throw publishIncomplete(
      name,
      lacking.map(([path]) => path),
    );
  return {
    contents,
    uploadOf: (path) => uploads.get(path) ?? uploadFromHistory(path, contents.get(path)!, history),
    problems: [],
  };
}

function uploadFromHistory(path: string, file: FileDigest, history: History): Upload {
  return uploadOf(path, file, history.fileOf(file.sha256) ?? '');
}
