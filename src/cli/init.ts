import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { listed } from '../problems/listed.ts';
import { type CommandWords, type Io, readArguments, UsageError } from './command.ts';
import { editorSchemas } from './editor-schemas.ts';
import { exampleUrl, paperFacts } from './init-facts.ts';
import { drawPicture, editorSettings, newsroomFiles, schemaFolder } from './init-texts.ts';
import { ownCommand, started } from './own-command.ts';

export const words: CommandWords = {
  usage: 'init [DIR] [options]',
  about: `Creates a newsroom: site.yaml, a first story with a picture, and a page about the paper. It asks for anything that the
options do not specify, unless it runs in a script. Existing files are never overwritten.`,
  wordsMax: 1,
  options: {
    name: { value: 'NAME', words: "the name of the paper (default: derived from the folder's name)" },
    language: { value: 'TAG', words: 'its language, such as en-IE (default: that of this terminal)' },
    'time-zone': { value: 'ZONE', words: 'its time zone, such as Europe/Dublin (default: that of this machine)' },
    url: { value: 'URL', words: `the address of the site (default: ${exampleUrl})` },
    yes: { words: 'use the defaults without asking' },
  },
  examples: [
    ['broadsheet init harbour-post', 'a newsroom in a new folder'],
    ['broadsheet init . --name "The Harbour Post"', 'in this one'],
    ['broadsheet init post --language de-AT --time-zone Europe/Vienna --url https://post.example --yes', 'in a script'],
  ],
};

/** `broadsheet init [DIR]` */
export async function run(argv: string[], io: Io): Promise<number> {
  const args = readArguments(words, argv);
  const site = resolve(io.cwd, args.words[0] ?? '.');
  const another = `Name a new folder:  ${ownCommand(started(io))} init my-paper .`;
  if (existsSync(join(site, 'content')))
    throw new UsageError(`${join(site, 'content')} already exists, so nothing was written.`, another);
  const isAsking = !args.has('yes') && Boolean(io.stdout.isTTY && process.stdin.isTTY) && !io.env.CI;
  const facts = await paperFacts(args, { folder: basename(site), env: io.env, isAsking });
  if (!facts) return 1;
  const command = ownCommand(started(io), site);
  const files = { ...newsroomFiles(facts, new Date(), command), ...editorFiles() };
  const taken = Object.keys(files).filter((file) => !isExtra(file) && existsSync(join(site, file)));
  if (taken.length > 0)
    throw new UsageError(
      `${listed(taken)} already ${taken.length === 1 ? 'exists' : 'exist'}, so nothing was written.`,
      another,
    );
  const isEmpty = !existsSync(site) || readdirSync(site).length === 0;
  const picture = await drawPicture();
  const write = (file: string, data: string | Uint8Array) => {
    mkdirSync(dirname(join(site, file)), { recursive: true });
    writeFileSync(join(site, file), data, { flag: 'wx' });
    if (!file.startsWith(`${schemaFolder}/`)) io.stdout.write(`  ${file}\n`);
  };
  io.stdout.write(`A newsroom for ${facts.name}:\n`);
  for (const [file, text] of Object.entries(files))
    if (isEmpty || !isExtra(file) || !existsSync(join(site, file))) write(file, text);
  write(`${dirname(storyFileIn(files))}/horizon.jpg`, picture);
  io.stdout.write(nextSteps(site, facts.url, io));
  return 0;
}

/** Commands that work as printed, from the folder in which `init` was called. */
function nextSteps(site: string, url: string, io: Io): string {
  const place = relative(io.cwd, site);
  const folder = /\s/.test(place) ? JSON.stringify(place) : place;
  const command = ownCommand(started(io));
  const named = place === '' ? '' : ` --site ${folder}`;
  return `
Next:
  ${command} dev${named}
      see the site while you write
  ${command} new story "A headline"${named}
      start the next story
${url === exampleUrl ? 'The address of the paper is still an example. Set yours in content/site.yaml.\n' : ''}`;
}

/** Settings that give an editor completion and checks in YAML files, with the schemas that they name. */
function editorFiles(): Record<string, string> {
  return {
    '.vscode/settings.json': editorSettings,
    '.vscode/extensions.json': '{\n  "recommendations": ["redhat.vscode-yaml"]\n}\n',
    // Copies, so that the paths work wherever Broadsheet is installed, and for everybody who opens the folder.
    ...editorSchemas(),
  };
}

/** Files that a folder may already have. They are kept. */
const isExtra = (file: string): boolean => file === '.gitignore' || file === 'README.md' || file.startsWith('.vscode/');

const storyFileIn = (files: Record<string, string>): string =>
  Object.keys(files).find((file) => file.endsWith('/index.md')) ?? '';
