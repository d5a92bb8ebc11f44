import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesOf } from '../files.ts';
import type { Finding, Gate } from './gate.ts';

/** Checks every page with the Nu HTML checker of the W3C. A warning counts as an error. */
export const nuHtmlChecker: Gate = {
  name: 'Nu HTML checker',
  needs: ['java'],
  async check({ folder }, pages) {
    const findings = await nuFindings(folder, pages);
    // A page that is read from disk has no origin: "self" allows nothing, and even JSON-LD counts as a script.
    // own-host.ts checks in a browser what the policy really blocks.
    return findings.filter(({ message }) => !/^CSS: |Content Security Policy \(meta tag\)/.test(message));
  },
};

/** Checks style sheets and `<style>` with the same checker, except for what it does not support yet. */
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
 * CSS that browsers support and that the checker (26.9) reports as an error. Each line is a hole in the gate. It names
 * one construct, and must be deleted as soon as the checker supports it.
 */
const newerThanTheChecker = [
  /at-rule “@(container|view-transition|position-try|starting-style|property|scope)”/,
  /Unrecognized at-rule “@(container|view-transition|position-try|starting-style|property|scope)”/,
  // A custom property can contain anything, but the checker parses it and does not know container units.
  /“--[a-z-]+”: Parse Error/,
  // Container units: 100cqi, by itself and in calc(), which the checker then cannot parse.
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
  // The checker exits with 1 if it finds something, so its output decides.
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
