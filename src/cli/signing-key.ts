import { readFileSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { noSigningKey } from '../press/problems.ts';
import type { Signer } from '../press/publish-options.ts';
import { isWithin } from '../site/is-within.ts';
import { sha256Of } from '../site/manifest.ts';
import { MinisignError, readSecretKey, type SecretKey, signText } from '../site/minisign.ts';
import type { Io } from './command.ts';

/*
 * The secret key with which a publish signs the manifest. It comes from the environment or from a file outside the
 * newsroom, because a newsroom is copied, sent, and stored in version control.
 */

/**
 * The key that the environment names.
 *
 * @param site the newsroom's folder
 * @returns undefined if it names none
 * @throws SetupError if it cannot be used
 */
export function openSigner(site: string, { cwd, env }: Pick<Io, 'cwd' | 'env'>): Signer | undefined {
  const {
    BROADSHEET_SIGNING_KEY: text,
    BROADSHEET_SIGNING_KEY_FILE: file,
    BROADSHEET_SIGNING_PASSWORD: password,
  } = env;
  if (!text && !file) return undefined;
  const name = text ? 'BROADSHEET_SIGNING_KEY' : 'BROADSHEET_SIGNING_KEY_FILE';
  const written = text || readKeyFile(resolve(cwd, file ?? ''), site);
  let known: SecretKey | undefined;
  // An encrypted key takes seconds to open, so it is opened only when something is signed.
  const key = (): SecretKey => {
    try {
      known ??= readSecretKey(written, password);
      return known;
    } catch (error) {
      if (!(error instanceof MinisignError)) throw error;
      const hint = error.message.includes('password')
        ? 'Set  BROADSHEET_SIGNING_PASSWORD , or use a key without a password, which  minisign -G -W  creates.'
        : `Set ${name} to a secret key that  minisign -G -W  created.`;
      throw noSigningKey(`${name}: ${error.message}`, hint);
    }
  };
  return {
    id: sha256Of(written.trim()).slice(0, 16),
    publicKey: () => key().public.text,
    sign: (signed, comment) => signText(key(), signed, comment),
  };
}

function readKeyFile(file: string, site: string): string {
  try {
    const real = realpathSync(file);
    if (isWithin(real, realpathSync(site)))
      throw noSigningKey(
        `The secret key ${file} is inside the newsroom, so it would be copied and stored together with the stories.`,
        'Move it to another folder, such as your home folder, and set  BROADSHEET_SIGNING_KEY_FILE  to it.',
      );
    return readFileSync(real, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw noSigningKey(
      `BROADSHEET_SIGNING_KEY_FILE names ${file}, which cannot be read (${code}).`,
      'Set it to the file of the secret key, or unset it to publish without a signature.',
    );
  }
}
