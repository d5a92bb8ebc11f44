import { SetupError } from '../../problems/problem.ts';
import { deployFailed } from '../problems.ts';
import { isTransient } from '../retry.ts';

/** What a store or its client says if another attempt cannot succeed, and what to do about it. */
const failures: Record<string, { why: (of: Failed) => string; hint: string }> = {
  CredentialsProviderError: {
    why: () => 'there are no credentials for the store. Nothing was sent.',
    hint: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile of ~/.aws/ in  content/deploy.yaml .',
  },
  InvalidAccessKeyId: {
    why: () => 'the store does not know the access key.',
    hint: 'Check AWS_ACCESS_KEY_ID, or the profile in ~/.aws/.',
  },
  SignatureDoesNotMatch: {
    why: () => 'the secret key does not belong to the access key.',
    hint: 'Check AWS_SECRET_ACCESS_KEY, or the profile in ~/.aws/.',
  },
  ExpiredToken: {
    why: () => 'the credentials have expired.',
    hint: 'Sign in again, for example with  aws sso login .',
  },
  AccessDenied: {
    why: ({ bucket }) => `these credentials may not do this in the bucket ${bucket}.`,
    hint: 'They need s3:ListBucket, s3:GetObject, s3:PutObject, and s3:DeleteObject.',
  },
  NoSuchBucket: {
    why: ({ bucket }) => `there is no bucket ${bucket}. Nothing was sent.`,
    hint: 'Create it, or correct its name in  content/deploy.yaml .',
  },
  PermanentRedirect: {
    why: ({ bucket, region }) => `the bucket ${bucket} is not in the region ${region}.`,
    hint: 'Correct  region  in  content/deploy.yaml .',
  },
  RequestTimeTooSkewed: {
    why: () => 'the clock of this machine is too far from that of the store.',
    hint: 'Set the clock, for example with NTP.',
  },
  EntityTooLarge: {
    why: () => 'the store does not accept a file of this size.',
    hint: 'Put the file on a service for large files, and link to it.',
  },
  QuotaExceeded: {
    why: () => 'the bucket is full.',
    hint: 'Free some space, and run the command again.',
  },
};
const sameAs: Record<string, string> = {
  Forbidden: 'AccessDenied',
  '403': 'AccessDenied',
  InvalidToken: 'ExpiredToken',
  AuthorizationHeaderMalformed: 'PermanentRedirect',
  IllegalLocationConstraintException: 'PermanentRedirect',
  XMinioStorageFull: 'QuotaExceeded',
};

interface Failed {
  /** Of the target, for messages. */
  name: string;
  bucket: string;
  region: string;
  /** Of the file that the request was about. */
  path?: string | undefined;
}

/**
 * An error of the store in the words of an editor. An error that can pass is returned as it is, so that the request is
 * tried again.
 */
export function s3Failure(error: unknown, of: Failed): unknown {
  if (!(error instanceof Error) || error instanceof SetupError || isTransient(error)) return error;
  const known = failures[sameAs[error.name] ?? error.name];
  if (!known) return error;
  return deployFailed(of.name, of.path, known.why(of), known.hint);
}
