import { execFileSync, spawn } from 'node:child_process';
import {
  accessSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { htaccessFile } from './apache.ts';
import { caddyFiles } from './caddy.ts';
import type { HostModel } from './model.ts';
import { nginxFiles } from './nginx.ts';

/* Real web servers with our configuration, on free ports of this machine. Each is ended by its process id. */

export type Server = 'nginx' | 'apache' | 'caddy';
export const servers: readonly Server[] = ['nginx', 'apache', 'caddy'];

const programs: Record<Server, { command: string; debian: string }> = {
  nginx: { command: '/usr/sbin/nginx', debian: 'nginx and libnginx-mod-http-brotli-static' },
  apache: { command: '/usr/sbin/apache2', debian: 'apache2-bin' },
  caddy: { command: '/usr/bin/caddy', debian: 'caddy' },
};

const brotliModule = '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so';

/** Why a server cannot be tried here, or undefined. Skipping can be forbidden, as in `.ci/run`. */
export function whyNotRun(server: Server): string | undefined {
  try {
    execFileSync(programs[server].command, [server === 'caddy' ? 'version' : '-v'], { stdio: 'ignore' });
    if (server === 'nginx') accessSync(brotliModule);
    return undefined;
  } catch {
    const reason = `not run: needs ${server} (Debian: ${programs[server].debian})`;
    if (process.env.BROADSHEET_FORBID_SKIPS === '1') throw new Error(reason);
    return reason;
  }
}

export interface Response {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Running {
  port: number;
  /** Sends exactly this path, which a URL parser would change. */
  ask(path: string, headers?: Record<string, string>, method?: string): Promise<Response>;
  stop(): Promise<void>;
}

/**
 * Starts a server that shows a folder at the path of the site's url.
 *
 * @param root the folder that contains the site: at `base` below it
 */
export async function start(server: Server, model: HostModel, root: string): Promise<Running> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `host-${server}-`)));
  const port = await freePort();
  const put = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const begin: Record<Server, () => { command: string; argv: string[] }> = {
    nginx: () => {
      for (const [name, text] of nginxFiles(model, folder, true)) put(name, text);
      return {
        command: programs.nginx.command,
        argv: ['-p', folder, '-c', put('nginx.conf', nginxConf(folder, port, root))],
      };
    },
    apache: () => {
      writeFileSync(join(root, decodeURI(model.base), '.htaccess'), htaccessFile(model));
      return {
        command: programs.apache.command,
        argv: ['-X', '-f', put('apache.conf', apacheConf(folder, port, root))],
      };
    },
    caddy: () => {
      for (const [name, text] of caddyFiles(model)) put(name, text);
      put('Caddyfile', caddyConf(folder, port, root));
      return { command: programs.caddy.command, argv: ['run', '--config', join(folder, 'Caddyfile')] };
    },
  };
  const { command, argv } = begin[server]();
  const child = spawn(command, argv, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => {
      said += bytes;
    });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ask: Running['ask'] = (path, headers = {}, method = 'GET') => get(port, path, headers, method);
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; ; tries++) {
    if (child.exitCode !== null || tries > 1200) {
      const log = join(folder, 'error.log');
      if (existsSync(log)) said += readFileSync(log, 'utf8');
      await stop();
      throw new Error(`${server} did not start:\n${said.slice(-4000)}`);
    }
    if (
      await ask('/').then(
        () => true,
        () => false,
      )
    )
      return { port, ask, stop };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const get = (port: number, path: string, headers: Record<string, string>, method: string): Promise<Response> =>
  new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      );
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end();
  });

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

const nginxConf = (folder: string, port: number, root: string): string => `
load_module ${brotliModule};
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr warn;
events { worker_connections 64; }
http {
  include /etc/nginx/mime.types;
  access_log off;
  client_body_temp_path ${folder}/a; proxy_temp_path ${folder}/b; fastcgi_temp_path ${folder}/c; uwsgi_temp_path ${folder}/d; scgi_temp_path ${folder}/e;
  include ${folder}/http.conf;
  server {
    listen 127.0.0.1:${port};
    root "${root}";
    include ${folder}/server.conf;
  }
}
`;

const modules = ['mpm_event', 'authz_core', 'dir', 'mime', 'headers', 'rewrite', 'deflate', 'filter'];

function apacheConf(folder: string, port: number, root: string): string {
  mkdirSync(join(folder, 'run'));
  return `
ServerRoot ${folder}
ServerName 127.0.0.1
${modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
Listen 127.0.0.1:${port}
PidFile ${folder}/run/pid
DefaultRuntimeDir ${folder}/run
ErrorLog ${folder}/error.log
TypesConfig /etc/mime.types
DocumentRoot "${root}"
AddOutputFilterByType DEFLATE text/html
<Directory "${root}">
  AllowOverride All
  Require all granted
</Directory>
`;
}

const caddyConf = (folder: string, port: number, root: string): string => `{
  admin off
  auto_https off
  storage file_system ${folder}/data
}
:${port} {
  bind 127.0.0.1
  root * "${root}"
  import site.caddy
}
`;
