import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IndexHandle } from '../index/handle.ts';
import { cutValues } from '../story/lost/cut-values.ts';
import { leftoversInValues } from '../story/lost/leftovers-in-values.ts';
import { misreadValues } from '../story/lost/misread-values.ts';
import { readYamlFile } from '../yaml/source.ts';
import type { IngestRun } from './ingest-run.ts';
import { isThere } from './scan.ts';

/**
 * Warns of words that never reach a value, or reach it changed, in the YAML files around the stories: authors, fronts,
 * topics, the site, what stands beside a picture. Not an error, because nobody can tell which of them readers have seen so for years.
 *
 * Markup that would be printed as it stands is told as well.
 *
 * A file that cannot be read is reported where it is ingested.
 *
 * @param language of the site
 */
export function reportCutValues(index: IndexHandle, { changed, report }: IngestRun, language: string): void {
  for (const file of changed) {
    if (!/^content\/.*\.ya?ml$/.test(file) || !isThere(index, file)) continue;
    const bytes = readFileSync(join(index.root, file));
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

/** Signs without which every text is read and printed as it was typed; most files have none of them. */
const mayBeMisread = /[#&!\\“”„«‘‚*<~=`|]|\]\(|\{\{|\{%|:::|^ +-(?:\s|$)|^\s*(?:[-+.\d~]|null|true|false)/im;
