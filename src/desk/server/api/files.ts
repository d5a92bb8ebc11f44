import { readDocument } from '../../document/read-document.ts';
import { kindOfPath } from '../../stories/kinds.ts';
import { contentFiles } from '../../stories/scan-content.ts';
import { ApiError, type Handler } from '../api.ts';
import { contentFile } from '../content-path.ts';
import { readText } from '../file-text.ts';

const kinds = ['page', 'author', 'front', 'topic', 'series', 'site'];

/** The files of a kind other than stories and pictures, each with what it is called. */
export const getFiles: Handler = async ({ list, site }, request) => {
  const kind = request.query('kind') ?? '';
  if (!kinds.includes(kind)) throw new ApiError(400, `The desk has no list of "${kind.slice(0, 80)}".`);
  const paths = list.isComplete() ? [...list.rows.known().keys()] : await allPaths(site);
  const files = paths
    .filter((path) => kindOfPath(path) === kind)
    .map((path) => ({ path, name: nameOf(site, path) }))
    .sort((a, b) => a.name.localeCompare(b.name));
  return { json: { files } };
};

async function allPaths(site: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path } of contentFiles(site)) paths.push(path);
  return paths;
}

/** The headline or name in a file, or the name of the file if it has none that can be read. */
function nameOf(site: string, path: string): string {
  const usual = path.replace(/^.*\//, '').replace(/\.\w+$/, '');
  try {
    const file = contentFile(site, path);
    const { values } = readDocument(readText(file)?.text ?? '', file.isYaml);
    const name = values.headline ?? values.name;
    return typeof name === 'string' && name.trim() ? name.trim() : usual;
  } catch {
    return usual;
  }
}
