import { listed } from '../problems/listed.ts';
import { error, type Place, type Problem } from '../problems/problem.ts';
import type { FoundSecret } from './secrets.ts';

/** @param secret its beginning only, so that the message does not repeat it */
export const secretFound = (file: string, { line, column, start, what }: FoundSecret): Problem =>
  error(
    'deploy-secret',
    { file, line, column },
    `This looks like a secret: ${what}, which begins with "${start}". Everyone who can read the newsroom can read it.`,
    'Delete it here, replace it at the host, and set the new one in the environment or in the credential file of the host’s own tool. docs/deploy.md says where for each kind of target.',
  );

export const noSuchDefault = (place: Place, named: string, names: string[], meant: string | undefined): Problem =>
  error(
    'deploy-default',
    place,
    `default: "${named}" is not one of the targets.`,
    meant ? `Did you mean  default: ${meant} ?` : `Write the name of a target: ${listed(names, 'or')}.`,
  );

export const targetNameWrong = (place: Place, name: string, words: string): Problem =>
  error('deploy-target-name', place, `"${name}" cannot be the name of a target: ${words}.`, 'Rename the target.');
