import { join, resolve } from 'node:path';
import { publish } from '../press/publish.ts';
import { ProblemsError } from '../problems/problem.ts';
export async function run(argv: string[]): Promise<number> {
  const get = (n: string) => { const i = argv.indexOf(n); return i < 0 ? undefined : argv[i + 1]; };
  const site = resolve(get('--site') ?? '.');
  try {
    const report = await publish({ site, dist: resolve(get('--out') ?? join(site, 'dist')), cache: resolve(process.env.BROADSHEET_CACHE ?? join(site, '.broadsheet')), now: Date.parse(get('--now') ?? '') || Date.now(), clock: Date.now(), clean: argv.includes('--clean') });
    console.log(JSON.stringify(report.seconds), report.added.length, report.changed.length, report.removed.length, report.pages, report.warnings.map((p)=>p.file+':'+p.line+' '+p.message).join('\n'));
    return 0;
  } catch (error) {
    if (error instanceof ProblemsError) { for (const p of error.problems) console.log(`${p.file}:${p.line} ${p.rule} ${p.message} ${p.hint ?? ''}`); return 1; }
    console.error(error); return 1;
  }
}
