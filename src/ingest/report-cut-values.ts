import { readContent } from '../index/content-files.ts';
import type { IndexHandle } from '../index/handle.ts';
import { cutValues } from '../story/lost/cut-values.ts';
import { leftoversInValues } from '../story/lost/leftovers-in-values.ts';
import { misreadValues } from '../story/lost/misread-values.ts';
import { readYamlFile } from '../yaml/source.ts';
import type { IngestRun } from './ingest-run.ts';
import { isThere } from './scan.ts';

/**
 * Warns about words that do not become part of a value, or are changed, in the YAML files around the stories: authors,
 * fronts, topics, the site, and sidecars. These are not errors, because it is not known which of them readers have seen
 * like this for years.
 *
 * Markup that would be printed as text is reported as well.
 *
 * A file that cannot be read is reported where it is ingested.
 *
 * @param language of the site
 */
export function reportCutValues(index: IndexHandle, { changed, report }: IngestRun, language: string): void {
  for (const file of changed) {
    if (!/^content\/.*\.ya?ml$/.test(file) || !isThere(index, file)) continue;
    const bytes = readContent(index, file);
    if (!mayBeMisread.test(bytes.toString())) continue;
    const source = readYamlFile(file, bytes);
    if ('problems' in source) continue;
    report(
      [...cutValues(file, source), ...misreadValues(file, source), ...leftoversInValues(file, source, language)].map(
        (problem) => ({
          ...problem,
          severity: 'warning',
        }),
      ),
    );
  }
}

/** Without these characters, every text is read and printed as typed. Most files have none of them. */
const mayBeMisread = /[#&!\\“”„«‘‚*<~=`|]|\]\(|\{\{|\{%|:::|^ +-(?:\s|$)|^\s*(?:[-+.\d~]|null|true|false)/im;
