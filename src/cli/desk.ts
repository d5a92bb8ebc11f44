import { type CommandWords, type Io, type Option, readArguments, UsageError } from './command.ts';
import { cacheFolder, mustBeNewsroom, siteFolder, siteOption } from './folders.ts';
import { portOf, untilStopped } from './preview.ts';
import { signerOf } from './signing.ts';

const portFirst = 4330;
const portOption: Option = { value: 'NUMBER', words: `the port (default: ${portFirst}, or the next free one)` };

export const words: CommandWords = {
  usage: 'desk [--site DIR] [options]',
  about: `Opens the desk: write, preview, and publish in the browser. Only this machine can open it. Text that you have not
saved yet is in .broadsheet-desk/, which is not part of the site.`,
  options: {
    site: siteOption,
    port: portOption,
    json: { words: 'print the address as JSON, for programs' },
  },
  examples: [
    ['broadsheet desk', `the desk of the newsroom in the current folder, at http://localhost:${portFirst}/desk/`],
    ['broadsheet desk --site my-paper --port 8000', 'another newsroom, at another port'],
  ],
};

/** `broadsheet desk`. Runs until it is stopped. */
export async function run(argv: string[], io: Io): Promise<number> {
  const args = readArguments(words, argv);
  const site = siteFolder(args, io);
  const isPortWanted = args.has('port');
  const port = portOf(args.value('port') ?? String(portFirst));
  mustBeNewsroom(site);
  const [{ openDesk }, { serveDesk }, { noteDesk }] = await Promise.all([
    import('../desk/server/open-desk.ts'),
    import('../desk/server/serve.ts'),
    import('../dev/desk-link.ts'),
  ]);
  const tell = (stack: string) =>
    io.stderr.write(
      `This is a bug in Broadsheet, not a mistake in the newsroom.\nPlease report it with these lines:\n\n${stack}\n`,
    );
  const cache = cacheFolder(site, io);
  const { context, close } = openDesk(site, cache, {
    tell,
    note: (says) => io.stderr.write(`${says}\n`),
    signer: () => signerOf(site, io),
  });
  const server = await onFreePort(port, isPortWanted, (next) => serveDesk(context, next)).catch((error: unknown) => {
    close();
    throw error;
  });
  const removeNote = noteDesk(cache, server.port);
  // The handlers are set before the message is printed, so that a signal sent then is not lost.
  const stopped = untilStopped(async () => {
    removeNote();
    await server.close();
    close();
  });
  io.stdout.write(
    args.has('json')
      ? `${JSON.stringify({ address: server.address, port: server.port })}\n`
      : `${server.address}\nPress Ctrl+C to stop.\n`,
  );
  return await stopped;
}

/** Tries one port after another, unless a certain one is wanted. */
async function onFreePort<T>(port: number, isWanted: boolean, open: (port: number) => Promise<T>): Promise<T> {
  for (let next = port; ; next++) {
    try {
      return await open(next);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || next > port + 50) throw error;
      if (isWanted)
        throw new UsageError(
          `Port ${port} is in use by another program.`,
          'Stop that program, or choose another port with  --port .',
        );
    }
  }
}
