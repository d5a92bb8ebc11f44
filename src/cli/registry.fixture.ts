import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename } from 'node:path';

/*
 * Run as a program by pack.test.ts: an npm registry on loopback that has the tarballs of one package, and gets
 * everything else from the registry that npm uses. Like npm's own registry, it says which versions include a
 * shrinkwrap.
 */
const [behind = '', ...tarballs] = process.argv.slice(2);

interface Manifest {
  name: string;
  version: string;
}

const manifestOf = (tarball: string): Manifest =>
  JSON.parse(execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], { encoding: 'utf8' })) as Manifest;

const integrityOf = (tarball: string): string =>
  `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;

const packed = tarballs.map((file) => ({ file, manifest: manifestOf(file) }));

const server = createServer(async (request, response) => {
  const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname);
  const own = packed.find(({ file }) => path === `/tarballs/${basename(file)}`);
  if (own) return response.end(readFileSync(own.file));
  const { name } = packed[0]!.manifest;
  if (path === `/${name}`) {
    const { host } = request.headers;
    const versions = packed.map(({ file, manifest }) => ({
      ...manifest,
      _hasShrinkwrap: true,
      dist: { tarball: `http://${host}/tarballs/${basename(file)}`, integrity: integrityOf(file) },
    }));
    response.setHeader('content-type', 'application/json');
    return response.end(
      JSON.stringify({
        name,
        'dist-tags': { latest: packed.at(-1)!.manifest.version },
        versions: Object.fromEntries(versions.map((one) => [one.version, one])),
      }),
    );
  }
  const found = await fetch(new URL(`.${request.url}`, behind), {
    headers: { accept: request.headers.accept ?? '*/*' },
  });
  response.statusCode = found.status;
  response.setHeader('content-type', found.headers.get('content-type') ?? 'application/octet-stream');
  return response.end(await found.bytes());
}).listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') process.stdout.write(`port ${address.port}\n`);
});
