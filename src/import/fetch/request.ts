import { lookup as lookUp } from 'node:dns/promises';
import { Agent, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps, Agent as SecureAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import { type FetchRules, refusalOf, refusalOfAddresses } from './fetch-rules.ts';

/** The addresses of a host. */
export type Resolve = (hostname: string) => Promise<{ address: string; family: number }[]>;

export const resolveHost: Resolve = (hostname) => lookUp(hostname, { all: true });

/** An address that must not be asked for. Trying again would not help. */
export class RefusedError extends Error {
  override name = 'RefusedError';
}

/** Requests files from hosts that the rules allow. It follows no redirect and holds connections open. */
export class Requester {
  readonly #rules: FetchRules;
  readonly #resolve: Resolve;
  readonly #agent: string;
  // Agents of their own do not use a proxy. A proxy would look up the host again and could find another address.
  readonly #http = new Agent({ keepAlive: true });
  readonly #https = new SecureAgent({ keepAlive: true });

  /** @param agent says who asks */
  constructor(rules: FetchRules, agent: string, resolve: Resolve = resolveHost) {
    this.#rules = rules;
    this.#agent = agent;
    this.#resolve = resolve;
  }

  /**
   * @param signal ends the request and the answer
   * @throws {RefusedError} if the rules forbid it
   * @throws errors of the connection
   */
  async get(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
    const refusal = refusalOf(url, this.#rules);
    if (refusal !== undefined) throw new RefusedError(refusal);
    const addresses = await this.#resolve(url.hostname.replace(/^\[(.*)\]$/, '$1'));
    const refused = refusalOfAddresses(
      url,
      addresses.map(({ address }) => address),
      this.#rules,
    );
    if (refused !== undefined) throw new RefusedError(refused);
    const isSecure = url.protocol === 'https:';
    return await new Promise((settle, fail) => {
      const request = (isSecure ? requestHttps : requestHttp)(url, {
        agent: isSecure ? this.#https : this.#http,
        lookup: only(addresses),
        signal,
        headers: {
          'User-Agent': this.#agent,
          Accept: 'image/*,*/*;q=0.5',
          // The bytes of the file are what is kept and counted.
          'Accept-Encoding': 'identity',
        },
      });
      request.on('response', settle);
      request.on('error', fail);
      request.end();
    });
  }

  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }
}

/** Connects to the addresses that were checked. If the name were looked up again, the answer could be another one. */
const only =
  (addresses: readonly { address: string; family: number }[]): LookupFunction =>
  (_hostname, options, done) => {
    const usable = addresses.filter(({ family }) => !options.family || family === options.family);
    const [first] = usable;
    if (!first) done(Object.assign(new Error('the host has no address'), { code: 'ENOTFOUND' }), '', 0);
    else if (options.all) done(null, usable);
    else done(null, first.address, first.family);
  };
