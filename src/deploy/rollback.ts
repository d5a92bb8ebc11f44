import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Problem } from '../problems/problem.ts';
import { fileOfForm } from '../site/compressed-form.ts';
import {
  type Contents,
  type FileDigest,
  isManifestFile,
  manifestFile,
  manifestFiles,
  signatureFile,
} from '../site/manifest.ts';
import { contentsBefore, type History } from './history.ts';
import { notSoManyPublishes, publishIncomplete, storiesBroughtBack, storiesWithheld } from './problems.ts';
import type { State } from './state.ts';
import type { Upload } from './target.ts';
import { uploadOf, uploadOfText } from './upload.ts';
import type { Withheld } from './withheld.ts';
import { withoutWithheld } from './without-withheld.ts';

export interface Wanted {
  /** The name of the target, for messages. */
  name: string;
  /** How many publishes to go back. */
  steps: number;
  /** What is at the target now. */
  now: State;
  history: History;
  /** The bytes of a file at the target. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** The stories that must not come back. Undefined if nothing is known about stories. */
  withheld: (() => Promise<Withheld>) | undefined;
  /** Brings them back, too. */
  isForced: boolean;
}

/** An earlier publish as the source of a deploy. */
export async function rollbackSource(wanted: Wanted): Promise<{
  contents: Contents;
  uploadOf(path: string): Upload;
  problems: Problem[];
}> {
  const { name, steps, now, history } = wanted;
  const publishes = history.publishes();
  if (publishes.length < steps)
    throw notSoManyPublishes(
      name,
      steps,
      publishes.map(({ at }) => at),
    );
  const before = withoutForms(contentsBefore(now, publishes.slice(0, steps)));
  const lacking: string[] = [];
  for (const [path, { sha256 }] of before)
    if (now.get(path)?.sha256 !== sha256 && !(await isKept(history.fileOf(sha256), sha256))) lacking.push(path);
  if (lacking.length > 0) throw publishIncomplete(name, lacking);
  const { contents, problems } = await mixed(before, wanted);
  const uploads = manifestOf(before, contents);
  for (const [path, { sha256, size }] of uploads) contents.set(path, { sha256, size });
  // A signature stays only if it is about the same manifest.
  const signature = before.get(signatureFile);
  if (signature && uploads.get(manifestFile)?.sha256 === before.get(manifestFile)?.sha256)
    contents.set(signatureFile, signature);
  return {
    contents,
    uploadOf(path) {
      const file = contents.get(path)!;
      return uploads.get(path) ?? uploadOf(path, file, history.fileOf(file.sha256) ?? '');
    },
    problems,
  };
}

/** Compressed forms are made again, of the bytes that are sent. */
function withoutForms(contents: Map<string, FileDigest>): Map<string, FileDigest> {
  const isForm = (path: string) => {
    const file = fileOfForm(path);
    return file !== undefined && contents.has(file);
  };
  return new Map([...contents].filter(([path]) => !isForm(path)));
}

/** Whether the bytes are there, and are what they were. */
async function isKept(file: string | undefined, sha256: string): Promise<boolean> {
  if (file === undefined) return false;
  const digest = createHash('sha256');
  for await (const part of createReadStream(file) as AsyncIterable<Buffer>) digest.update(part);
  return digest.digest('hex') === sha256;
}

/** The earlier publish, without its manifest and without what must not come back. */
async function mixed(
  before: Contents,
  { now, history, read, withheld, isForced }: Wanted,
): Promise<{ contents: Map<string, { sha256: string; size: number }>; problems: Problem[] }> {
  const old = withoutManifest(before);
  const here = withoutManifest(now);
  if (!withheld) return { contents: old, problems: [] };
  const textOf = async (path: string, sha256: string) => {
    const file = history.fileOf(sha256);
    const bytes = file ? await readFile(file) : await read(path);
    return Buffer.from(bytes ?? []).toString();
  };
  const found = await withoutWithheld(old, here, await withheld(), textOf);
  if (found.stories.length === 0) return { contents: found.contents, problems: [] };
  if (isForced) return { contents: old, problems: [storiesBroughtBack(found.stories)] };
  return { contents: found.contents, problems: [storiesWithheld(found.stories, found.stayed)] };
}

const withoutManifest = (contents: Contents): Map<string, { sha256: string; size: number }> =>
  new Map([...contents].filter(([path]) => !isManifestFile(path)));

/** A manifest for the files that there will be. */
function manifestOf(before: Contents, contents: Contents): Map<string, Upload> {
  const uploads = new Map<string, Upload>();
  if (!before.has(manifestFile)) return uploads;
  for (const [path, text] of manifestFiles(contents)) uploads.set(path, uploadOfText(path, text));
  return uploads;
}
