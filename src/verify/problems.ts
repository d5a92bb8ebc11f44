import { error, SetupError } from '../problems/problem.ts';
import { manifestFile, signatureFile } from '../site/manifest.ts';

/* Why a published site cannot be compared with what was published. */

/** @param site a folder or an address */
export const noManifest = (site: string): SetupError =>
  new SetupError(
    error(
      'manifest-missing',
      { file: site, line: 1 },
      `${site} has no manifest of its files ( ${manifestFile} ), so nothing can be compared.`,
      'Name the folder or the address of the whole site, such as https://post.example/ . If its site.yaml says  manifest: false , it has none.',
    ),
  );

/** @param why what the server answered, as a sentence */
export const siteUnreachable = (address: string, why: string): SetupError =>
  new SetupError(
    error(
      'site-unreachable',
      { file: address, line: 1 },
      `${address} could not be read. ${why}`,
      'Check the address and the network, and try again.',
    ),
  );

/** @param keyId of the key that should have signed */
export const signatureMissing = (keyId: string): SetupError =>
  new SetupError(
    error(
      'signature-missing',
      { file: signatureFile, line: 1 },
      `The manifest of the site is not signed. It should be signed with the key ${keyId}.`,
      'Build the site where the secret key is, and publish it again. Until then, anyone who can write to the host could have changed the site and its manifest.',
    ),
  );

/** @param why a sentence */
export const signatureWrong = (why: string): SetupError =>
  new SetupError(
    error(
      'signature-wrong',
      { file: signatureFile, line: 1 },
      `The signature of the manifest is not valid. ${why}`,
      'Somebody may have changed the site and its manifest, or the site was signed with another key. Find out which, and then publish it again.',
    ),
  );
