import { readFileSync } from 'node:fs';
import type { FetchOptions } from '../import/fetch/downloads.ts';
import { readHost } from '../import/fetch/fetch-rules.ts';
import { type Arguments, type Option, UsageError } from './command.ts';

/** The options of `broadsheet import` about what is downloaded. */
export const fetchWords: Record<string, Option> = {
  fetch: {
    words: `download the pictures and documents that the archive names and does not contain, from the hosts of --origin and
--fetch-from, and from no other`,
  },
  'fetch-from': {
    value: 'HOST',
    many: 'repeated',
    words: 'another host of yours that files may be downloaded from; you can give several',
  },
  'fetch-private': {
    value: 'HOST',
    many: 'repeated',
    words: 'a host of --origin or --fetch-from that is in your own network, where nothing is downloaded from otherwise',
  },
};

/**
 * What may be downloaded.
 *
 * @returns undefined if nothing is
 * @throws UsageError
 */
export function fetchOptionsOf(args: Arguments, hint: string): FetchOptions | undefined {
  const read = (option: string) =>
    args.all(option).map((written) => {
      const host = readHost(written);
      if (!host)
        throw new UsageError(`--${option} ${written}: write the name of a host, such as  images.old.example .`, hint);
      return host;
    });
  const [from, inside] = [read('fetch-from'), read('fetch-private')];
  if (!args.has('fetch')) {
    const alone = ['fetch-from', 'fetch-private'].find((option) => args.has(option));
    if (alone !== undefined) throw new UsageError(`--${alone} does nothing without --fetch.`, hint);
    return undefined;
  }
  const hosts = [...args.all('origin').map((origin) => new URL(origin).host), ...from.map(({ host }) => host)];
  if (hosts.length === 0)
    throw new UsageError(
      '--fetch downloads only from hosts that are yours. Name them with --origin or --fetch-from.',
      hint,
    );
  return { hosts, privateHosts: inside.map(({ hostname }) => hostname), agent: agentName() };
}

/** Says to a server who asks. */
function agentName(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return `Broadsheet/${version} (import of an archive by its newsroom)`;
}
