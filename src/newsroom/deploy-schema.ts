import * as z from 'zod';
import { text } from '../story/schema.ts';

/* `content/deploy.yaml`: the hosts that `broadsheet deploy` can send the site to. No page depends on it. */

/** A value that a program receives as an argument. One that begins with a hyphen would be an option for it. */
const word = text.regex(/^[^-\s\0]\S*$/, 'this cannot contain spaces or begin with a hyphen');
const host = word.regex(
  /^(?:[^\s/@:]+|\[[0-9a-fA-F:.]+\])$/,
  'this must be the name of a host, such as `host.example`',
);
const folder = text.refine((value) => !/^-|[\0\n]/.test(value), 'a path cannot begin with a hyphen');
const port = z.number().int().min(1).max(65_535).optional().describe('The port. Defaults to 22.');
const prefix = z
  .string()
  .regex(/^(?:[^/\0]+(?:\/[^/\0]+)*\/?)?$/, 'this is a path without a slash at the beginning, such as `paper/`')
  .default('')
  .describe('The part of every key before the path of a file, such as `paper/`.');
const identityFile = folder
  .optional()
  .describe(
    'The path of a private key outside the newsroom, such as `~/.ssh/paper`. Defaults to the keys that ssh uses.',
  );

const kind = <Name extends string>(name: Name, words: string) => z.literal(name).describe(words);

/** A cache in front of the host, and how it is told which addresses changed. */
export const purgeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: kind('cloudflare', 'The cache of Cloudflare. The token comes from CLOUDFLARE_API_TOKEN.'),
    zone: word.describe('The id of the zone.'),
  }),
  z.strictObject({ kind: kind('fastly', 'The cache of Fastly. The token comes from FASTLY_API_TOKEN.') }),
  z.strictObject({
    kind: kind('command', 'A command of your own.'),
    run: z
      .array(z.string())
      .nonempty()
      .describe('The program and its arguments. It gets the addresses in its standard input, one on each line.'),
  }),
]);
export type PurgeSettings = z.output<typeof purgeSchema>;

const precompressed = z
  .boolean()
  .optional()
  .describe(
    'Whether files have compressed forms beside them (`page.html.br`, `page.html.gz`), for a web server that sends these.',
  );

const shared = {
  purge: purgeSchema.optional().describe('The cache in front of the host, which is told which addresses have changed.'),
};

/** The keys of each kind of target. */
export const targetSchemas = {
  folder: z.strictObject({
    kind: kind('folder', 'A folder of this machine, such as the one that a web server serves.'),
    path: folder.describe('The folder. A relative path is relative to the newsroom.'),
    precompressed,
    ...shared,
  }),
  git: z.strictObject({
    kind: kind('git', 'A branch of a git repository, which a service such as GitHub Pages serves.'),
    url: word
      .refine((value) => !/^\w+::/.test(value), 'this must be a plain address or the path of a repository')
      .describe('The address of the repository, or the path of a bare repository.'),
    branch: word
      .refine(isBranch, 'this is not a valid name of a branch')
      .default('pages')
      .describe('The branch that contains the site and nothing else.'),
    history: z
      .enum(['squash', 'keep'])
      .default('squash')
      .describe(
        '`squash` keeps one commit, the latest. `keep` adds a commit for each publish, so withdrawn stories remain readable in earlier ones.',
      ),
    ...shared,
  }),
  s3: z.strictObject({
    kind: kind('s3', 'A bucket of a store that is compatible with S3.'),
    bucket: word.describe('The name of the bucket.'),
    region: word.default('us-east-1').describe('The region of the bucket.'),
    endpoint: word
      .refine((value) => /^https?:\/\//.test(value) && URL.canParse(value), 'this must be a complete address')
      .optional()
      .describe('The address of the store. Defaults to that of AWS.'),
    prefix,
    profile: word.optional().describe('The profile in `~/.aws/` that has the credentials.'),
    ...shared,
  }),
  sftp: z.strictObject({
    kind: kind('sftp', 'A folder of a server, over SFTP.'),
    host: host.describe('The server.'),
    port,
    user: word.optional().describe('The user on the server. Defaults to the one that ssh uses.'),
    path: folder.describe('The folder on the server.'),
    identityFile,
    precompressed,
    ...shared,
  }),
  rsync: z.strictObject({
    kind: kind('rsync', 'A folder of a server, with rsync over ssh.'),
    to: word
      .regex(/^(?:[^@:\s/]+@)?[^@:\s/]+:.+$|^\//, 'this must be `user@host:/folder`')
      .describe('The server and the folder, such as `paper@host.example:/var/www/paper`.'),
    port,
    identityFile,
    precompressed,
    ...shared,
  }),
  netlify: z.strictObject({
    kind: kind('netlify', 'Netlify, with its command-line tool.'),
    site: word.describe('The name or id of the site.'),
    ...shared,
  }),
  cloudflare: z.strictObject({
    kind: kind('cloudflare', 'Cloudflare Pages, with its command-line tool.'),
    project: word.describe('The name of the project.'),
    branch: word.default('main').describe('The branch of the project that is published.'),
    ...shared,
  }),
  vercel: z.strictObject({
    kind: kind('vercel', 'Vercel, with its command-line tool.'),
    project: word.describe('The name or id of the project.'),
    scope: word.optional().describe('The team that owns the project.'),
    ...shared,
  }),
  azure: z.strictObject({
    kind: kind('azure', 'Azure Static Web Apps, with its command-line tool.'),
    app: word.describe('The name of the app.'),
    environment: word.default('production').describe('The environment of the app.'),
    ...shared,
  }),
  gcs: z.strictObject({
    kind: kind('gcs', 'A bucket of Google Cloud Storage, with its command-line tool.'),
    bucket: word.describe('The name of the bucket.'),
    prefix,
    ...shared,
  }),
} as const;

export type TargetKind = keyof typeof targetSchemas;
export const targetKinds = Object.keys(targetSchemas) as TargetKind[];

/** The settings of a target of one kind. */
export type TargetOf<Kind extends TargetKind> = z.output<(typeof targetSchemas)[Kind]>;
/** The settings of a target. */
export type TargetSettings = { [Kind in TargetKind]: TargetOf<Kind> }[TargetKind];

/** A name is used for a folder, too. */
export const targetName = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;
export const targetNameWords =
  'the name of a target can contain only the letters a to z, digits, hyphens, and underscores';

const defaultTarget = text
  .optional()
  .describe('The target of `broadsheet deploy` without a name. Not needed if there is only one.');

const targets = 'The targets, by name. Each has a `kind` and the keys of that kind.';

/** For editors of YAML: each target is one of the kinds. */
export const deploySchema = z.strictObject({
  targets: z
    .record(
      z.string().regex(targetName, targetNameWords),
      z.discriminatedUnion('kind', Object.values(targetSchemas) as unknown as [typeof targetSchemas.folder]),
    )
    .describe(targets),
  default: defaultTarget,
});

/**
 * The schema for one file: every target has the keys of the kind that the file names. Messages can then name the nearest
 * key of that kind.
 */
export function deploySchemaFor(data: unknown) {
  const written = isObject(data) && isObject(data.targets) ? data.targets : {};
  const schemas = Object.entries(written).map(([name, target]) => [name, schemaOf(target)] as const);
  return z.strictObject({
    targets: z.strictObject(Object.fromEntries(schemas)).describe(targets),
    default: defaultTarget,
  });
}

function schemaOf(target: unknown): z.ZodType {
  const named = isObject(target) ? target.kind : undefined;
  if (typeof named === 'string' && Object.hasOwn(targetSchemas, named)) return targetSchemas[named as TargetKind];
  return z.looseObject({ kind: z.enum(targetKinds) });
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What git allows in the name of a branch. */
function isBranch(name: string): boolean {
  return (
    !/[\s~^:?*[\\]|\p{Cc}|\.\.|@\{|\/\/|\/$|^\/|\.$|^@$/u.test(name) &&
    name.split('/').every((part) => !part.startsWith('.') && !part.endsWith('.lock'))
  );
}
