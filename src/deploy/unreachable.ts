import type { SetupError } from '../problems/problem.ts';
import { deployFailed } from './problems.ts';

/* A server that cannot be reached, in the words of an editor, whichever client says so. */

interface Words {
  why(where: string): string;
  hint: string;
}

const kinds: { codes: string[]; said: RegExp; words: Words }[] = [
  {
    codes: ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NONAME'],
    said: /could not resolve host(?:name)?:? |name or service not known|getaddrinfo/i,
    words: {
      why: (where) => `There is no server${where && ` ${where}`}, or this machine has no connection to the network.`,
      hint: 'Check its name in  content/deploy.yaml , and try again when other sites can be reached.',
    },
  },
  {
    codes: ['ECONNREFUSED'],
    said: /connection refused|ECONNREFUSED|unable to connect to/i,
    words: {
      why: (where) => `No program answers at ${where || 'this address'}.`,
      hint: 'Check the address and the port in  content/deploy.yaml . If they are right, the server is not running: try again later.',
    },
  },
  {
    codes: ['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'UND_ERR_CONNECT_TIMEOUT'],
    said: /connection timed out|no route to host|network is unreachable|timed out while waiting for handshake/i,
    words: {
      why: (where) => `The server${where && ` ${where}`} does not answer.`,
      hint: 'Check the network and the address in  content/deploy.yaml . A firewall between this machine and the server can be the reason, too.',
    },
  },
  {
    codes: [
      'CERT_HAS_EXPIRED',
      'CERT_NOT_YET_VALID',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ],
    said: /certificate (?:verify failed|problem|has expired)/i,
    words: {
      why: (where) => `The certificate of the server${where && ` ${where}`} is not valid, so it may be another server.`,
      hint: 'Check the address in  content/deploy.yaml  and the clock of this machine. Otherwise ask whoever runs the server.',
    },
  },
  {
    codes: ['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'],
    said: /wrong version number/i,
    words: {
      why: (where) => `The server${where && ` ${where}`} does not speak https at this port.`,
      hint: 'Correct the address in  content/deploy.yaml : another port, or http instead of https.',
    },
  },
];

type Said = NodeJS.ErrnoException & { hostname?: string; address?: string; port?: number };

/**
 * The problem of an error that means that a server cannot be reached, or undefined.
 *
 * @param name of the target
 * @param hasSent whether something was sent before
 */
export function unreachable(error: Error, name: string, hasSent: boolean): SetupError | undefined {
  const { code = '', message, hostname, address, port, cause } = error as Said;
  const kind = kinds.find(({ codes, said }) => codes.includes(code) || said.test(message));
  if (!kind) return cause instanceof Error && cause !== error ? unreachable(cause, name, hasSent) : undefined;
  const where =
    hostname ??
    (address && `${address}${port === undefined ? '' : `:${port}`}`) ??
    /(?:resolve host(?:name)?:?|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|connect to host|unable to connect to) (\S+?)(?:: |,|$|\s)/.exec(
      message,
    )?.[1] ??
    '';
  const { why, hint } = kind.words;
  return deployFailed(
    name,
    undefined,
    `${why(where)} ${hasSent ? 'Every file at the target is complete. The next deploy continues where this one stopped.' : 'Nothing was sent.'}`,
    hint,
  );
}
