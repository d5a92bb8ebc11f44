import { nearest } from '../problems/nearest.ts';
import type { Problem } from '../problems/problem.ts';
import { checkData } from '../yaml/check-data.ts';
import { linesOf, readYamlFile } from '../yaml/source.ts';
import { deploySchemaFor, type TargetSettings, targetName, targetNameWords } from './deploy-schema.ts';
import { noSuchDefault, secretFound, targetNameWrong } from './problems.ts';
import { secretsIn } from './secrets.ts';

/** Newsroom-relative. */
export const deployFile = 'content/deploy.yaml';

/** What `content/deploy.yaml` says. */
export interface DeployFile {
  targets: Map<string, TargetSettings>;
  /** The target of `broadsheet deploy` without a name, if there is one. */
  default: string | undefined;
}

/**
 * Reads and checks `content/deploy.yaml`.
 *
 * @returns its targets, or every mistake in it. If it contains a secret, only that is reported
 */
export async function readDeployFile(
  bytes: Uint8Array,
): Promise<{ data: DeployFile; warnings: Problem[] } | { problems: Problem[] }> {
  const secrets = secretsIn(new TextDecoder().decode(bytes)).map((found) => secretFound(deployFile, found));
  if (secrets.length > 0) return { problems: secrets };
  const source = readYamlFile(deployFile, bytes);
  if ('problems' in source) return source;
  const checked = await checkData<{ targets: Record<string, TargetSettings>; default?: string }>(
    deploySchemaFor(source.data) as never,
    source,
    deployFile,
    'deploy.yaml',
  );
  if ('problems' in checked) return checked;
  const { targets, default: named } = checked.data;
  const names = Object.keys(targets);
  const lines = await linesOf(source);
  const problems = names
    .filter((name) => !targetName.test(name))
    .map((name) => targetNameWrong({ file: deployFile, line: lines(['targets', name]) }, name, targetNameWords));
  if (named !== undefined && !names.includes(named))
    problems.push(noSuchDefault({ file: deployFile, line: lines(['default']) }, named, names, nearest(named, names)));
  if (problems.length > 0) return { problems };
  return {
    data: {
      targets: new Map(Object.entries(targets)),
      default: named ?? (names.length === 1 ? names[0] : undefined),
    },
    warnings: source.warnings,
  };
}
