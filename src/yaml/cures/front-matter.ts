import { createRequire } from 'node:module';
import type { Cure } from '../../problems/problem.ts';
import { fold, groupOf } from '../field-keys.ts';
import { printYaml, type YamlValue } from '../write/print.ts';
import { yamlScalar } from '../write/scalar.ts';
import { readEdited } from './edits.ts';

/** Loaded only when a story has such front matter. */
const require = createRequire(import.meta.url);

/** What is wrong with the beginning of a story, and how it should be written. */
export interface FrontMatterCure {
  message: string;
  hint: string;
  cure?: Cure;
}

const keyLine = /^(["']?)[A-Za-z][\w-]*\1\s*:(?:\s|$)/;

/** Explains why a text has no front matter, and where its lines of hyphens belong. */
export function cureFrontMatter(text: string): FrontMatterCure {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  const start = lines[Math.max(first, 0)]!.trim();
  if (first > 0 && start === '---')
    return {
      message: 'The front matter must begin on the first line of the file.',
      hint: `Delete the empty ${first === 1 ? 'line' : 'lines'} above it.`,
      cure: { from: 1, to: first, lines: [] },
    };
  if (start === '+++' || start.startsWith('{')) return otherFormat(lines, first, start);
  if (/^(?:[-–—]{1,3}|-{4,}|- - -|\*\*\*|___|```ya?ml)$/.test(start) && start !== '---')
    return {
      message: `The front matter must begin with three hyphens, but begins with  ${start} .`,
      hint: 'Write  ---  in this line.',
      cure: { from: first + 1, to: first + 1, lines: ['---'] },
    };
  if (start === '---') return unclosed(lines, first);
  if (keyLine.test(start) && isKnown(start)) {
    const end = lines.findIndex((line, i) => i > first && /^-{3,}\s*$/.test(line));
    const opened = ['---', lines[first]!];
    return {
      message: 'The line of three hyphens above the front matter is missing.',
      hint: 'Add  ---  above this line.',
      cure: end > 0 ? { from: 1, to: first + 1, lines: opened } : { from: 1, to: first + 1, lines: opened },
    };
  }
  const heading = /^#+\s+(.*?)#*$/.exec(start)?.[1]?.trim();
  return {
    message: 'The front matter is missing.',
    hint: `A story begins with a line of three hyphens, then  headline: …  and other keys, then another line of three hyphens.${heading ? ` Write the heading as  headline: ${yamlScalar(heading)} .` : ''}`,
    ...(heading
      ? { cure: { from: 1, to: first + 1, lines: ['---', `headline: ${yamlScalar(heading)}`, 'draft: true', '---'] } }
      : {}),
  };
}

const isKnown = (line: string): boolean => groupOf.has(fold(/[A-Za-z][\w-]*/.exec(line)?.[0] ?? ''));

function unclosed(lines: string[], first: number): FrontMatterCure {
  const message = 'The line of three hyphens that ends the front matter is missing.';
  const almost = lines.findIndex(
    (line, i) =>
      i > first && /^\s*(?:[–—]{1,3}-?|-{2}|-{4,}|- - -|\.\.\.|\*\*\*|___|```|\+\+\+|\s+-{3})\s*$/.test(line),
  );
  if (almost > 0 && readEdited(lines.slice(first + 1, almost).join('\n')))
    return {
      message,
      hint: `Write  ---  in line ${almost + 1}, instead of  ${lines[almost]!.trim()} .`,
      cure: { from: almost + 1, to: almost + 1, lines: ['---'] },
    };
  let end = first + 1;
  while (end < lines.length && (keyLine.test(lines[end]!) || /^(?:\s+\S|- |#)/.test(lines[end]!))) end++;
  return {
    message,
    hint: `Add a line of three hyphens before line ${end + 1}, where the text begins.`,
    cure: { from: end + 1, to: end, lines: ['---'] },
  };
}

/** TOML between lines of +++, or JSON. */
function otherFormat(lines: string[], first: number, start: string): FrontMatterCure {
  const name = start === '+++' ? 'TOML' : 'JSON';
  const found = readOther(lines, first, start);
  const message = `The front matter is ${name}, but Broadsheet reads YAML between two lines of three hyphens.`;
  if (!found) return { message, hint: 'Write it as YAML, such as  headline: … , with one key on each line.' };
  const yaml = printYaml(found.data as YamlValue)
    .trimEnd()
    .split('\n');
  return {
    message,
    hint: `Write:\n---\n${yaml.join('\n')}\n---`,
    cure: { from: 1, to: found.end + 1, lines: ['---', ...yaml, '---'] },
  };
}

function readOther(lines: string[], first: number, start: string): { data: unknown; end: number } | undefined {
  if (start === '+++') {
    const end = lines.findIndex((line, i) => i > first && line.trim() === '+++');
    if (end < 0) return undefined;
    const { parse, TomlDate } = require('smol-toml') as typeof import('smol-toml');
    try {
      const data = parse(lines.slice(first + 1, end).join('\n'));
      return {
        data: JSON.parse(JSON.stringify(data, (_, value) => (value instanceof TomlDate ? value.toISOString() : value))),
        end,
      };
    } catch {
      return undefined;
    }
  }
  const ends = lines.flatMap((line, i) => (i >= first && line.trimEnd().endsWith('}') ? [i] : [])).slice(0, 100);
  for (const end of ends) {
    try {
      return { data: JSON.parse(lines.slice(first, end + 1).join('\n')), end };
    } catch {
      // It continues after this line.
    }
  }
  return undefined;
}
