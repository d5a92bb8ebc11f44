import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesOf } from '../files.ts';
import type { Finding, Gate } from './gate.ts';

/** Every page through the Nu HTML checker of the W3C; a warning counts like an error. */
export const nuHtmlChecker: Gate = {
  name: 'Nu HTML checker',
  needs: ['java'],
  async check({ folder }, pages) {
    const findings = await nuFindings(folder, pages);
    // Read from disk, a page has no origin: "self" allows nothing, and even JSON-LD counts as a script.
    // What the policy really blocks is seen in the browser (own-host.ts).
    return findings.filter(({ message }) => !/^CSS: |Content Security Policy \(meta tag\)/.test(message));
  },
};

/** Style sheets and `<style>` through the same checker, less what it does not know yet. */
export const nuCssChecker: Gate = {
  name: 'Nu CSS checker',
  needs: ['java'],
  async check({ folder }, pages) {
    const findings = await nuFindings(folder, [...pages, ...(await filesOf(folder, '.css'))]);
    return findings
      .filter(({ page, message }) => page.endsWith('.css') || message.startsWith('CSS: '))
      .filter(({ message }) => !newerThanTheChecker.some((pattern) => pattern.test(message)));
  },
};

/**
 * CSS that browsers have and the checker of 26.9 calls an error. Each line is a hole in the gate:
 * it names one construct, and goes when the checker learns it.
 */
const newerThanTheChecker = [
  /at-rule “@(container|view-transition|position-try|starting-style|property|scope)”/,
  /Unrecognized at-rule “@(container|view-transition|position-try|starting-style|property|scope)”/,
  // A custom property holds anything; the checker parses it, and knows no container units.
  /“--[a-z-]+”: Parse Error/,
  // Container units: 100cqi, alone and in calc(), which it then cannot parse.
  /Unknown dimension/,
  /“margin-inline-start”: Parse Error/,
  /“(container-type|container-name|text-box|text-box-trim|text-box-edge|anchor-name|position-anchor|transition-behavior|string-set|scroll-initial-target)”: Property/,
];

interface NuMessage {
  type: string;
  subType?: string;
  url?: string;
  lastLine?: number;
  message: string;
}

async function nuFindings(folder: string, files: string[]): Promise<Finding[]> {
  if (files.length === 0) return [];
  const jar = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');
  const args = ['-jar', jar, '--also-check-css', '--format', 'json', ...files.map((file) => join(folder, file))];
  // The checker ends with 1 when it finds something, so what it printed decides.
  const report = await new Promise<string>((resolve, reject) => {
    execFile('java', args, { maxBuffer: 1 << 28 }, (error, _stdout, stderr) =>
      stderr.trimStart().startsWith('{') ? resolve(stderr) : reject(error ?? new Error(`No report: ${stderr}`)),
    );
  });
  const { messages } = JSON.parse(report) as { messages: NuMessage[] };
  return messages.map(({ type, subType, url, lastLine, message }) => ({
    rule: subType ?? type,
    page: url === undefined ? '' : relative(folder, fileURLToPath(url)).split(sep).join('/'),
    ...(lastLine === undefined ? {} : { line: lastLine }),
    message,
  }));
}
