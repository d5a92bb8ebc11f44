import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { caddyFiles } from '../hosts/caddy.ts';
import { hostModel } from '../hosts/model.ts';
import { nginxFiles, type ServerFiles } from '../hosts/nginx.ts';
import { closeIndexHandle, openIndexHandle } from '../index/handle.ts';
import { queryHosting, queryRedirects, querySite } from '../queries/queries.ts';
import { rendering } from '../queries/rendering.ts';
import { indexFile, realFolder } from './index-file.ts';
import { lockPress } from './lock.ts';
import { foreignServerFile } from './problems.ts';
import { publish } from './publish.ts';
import type { PublishOptions } from './publish-options.ts';
import type { Report } from './report.ts';
import { formsOf, ownHtmlOf } from './theme-html.ts';

export type ServerKind = 'nginx' | 'caddy';

export interface ServerFilesOptions
  extends Pick<PublishOptions, 'site' | 'dist' | 'cache' | 'now' | 'clock' | 'onWait' | 'onNotice' | 'onProgress'> {
  kind: ServerKind;
  /** The folder for the files, absolute. */
  out: string;
  /** The server has the module for files that were compressed with Brotli. Only nginx needs to know. */
  hasBrotli: boolean;
}

export interface ServerFilesReport {
  /** The files whose bytes differ from before, so the server has to read them again. */
  changed: string[];
  unchanged: string[];
  /** The number of old addresses. */
  redirects: number;
  withdrawn: number;
  build: Report;
}

/**
 * Brings the site up to date, and writes the configuration of a web server for it into a folder outside of the site. A
 * file that would be the same stays as it is.
 *
 * @throws SetupError if a file of that name was not written by Broadsheet
 */
export async function writeServerFiles(options: ServerFilesOptions): Promise<ServerFilesReport> {
  const { kind, out, site, dist, cache, clock, hasBrotli, onWait = () => {} } = options;
  const build = await publish(options);
  const release = await lockPress(cache, new Date(clock), onWait); // no build can run while the index is read
  try {
    const index = openIndexHandle(site, indexFile(cache, realFolder(dist)), 'read');
    try {
      const model = await rendering({ index, reads: new Map() }, async () =>
        hostModel(querySite(index), queryHosting(index), queryRedirects(index), [
          ...Object.values(ownHtmlOf(site)),
          { forms: formsOf(site) },
        ]),
      );
      const files = kind === 'nginx' ? nginxFiles(model, out, hasBrotli) : caddyFiles(model);
      const { changed, unchanged } = put(out, files);
      return { changed, unchanged, redirects: model.redirects.length, withdrawn: model.withdrawn.length, build };
    } finally {
      closeIndexHandle(index);
    }
  } finally {
    release();
  }
}

/** Every file begins with this, so that a file of somebody else is not overwritten. */
const mark = '# Written by `broadsheet host';

function put(out: string, files: ServerFiles): { changed: string[]; unchanged: string[] } {
  mkdirSync(out, { recursive: true });
  const before = new Map([...files.keys()].map((name) => [name, textAt(join(out, name))]));
  for (const [name, text] of before)
    if (text !== undefined && !text.startsWith(mark)) throw foreignServerFile(join(out, name));
  const changed: string[] = [];
  const unchanged: string[] = [];
  // The lists first: the configuration names them.
  for (const [name, text] of files) {
    if (before.get(name) === text) {
      unchanged.push(name);
      continue;
    }
    writeFileSync(join(out, `.${name}.part`), text);
    renameSync(join(out, `.${name}.part`), join(out, name));
    changed.push(name);
  }
  return { changed, unchanged };
}

const textAt = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
