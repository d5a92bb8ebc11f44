import { cases } from './cases.ts';
import type { Results, Row, Size } from './run.ts';

/** One size as a Markdown table: ours, then the peers. */
export function sizeTable(size: Size): string {
  const hugo = size.peers.find(({ name }) => name === 'hugo');
  const clean = size.ours.find(({ name }) => name === 'clean build');
  const ours = size.ours.map((row) => {
    const known = cases.find(({ name }) => name === row.name);
    const ratio = hugo && known ? row.seconds / hugo[known.against].seconds : undefined;
    const isMet =
      size.stories === 10_000 && !size.hasPictures
        ? known?.goal?.isMet({ ours: row, clean, ratio, stories: size.stories })
        : undefined;
    const goal =
      size.stories === 10_000 && !size.hasPictures && known?.goal
        ? `${known.goal.text}${isMet === undefined ? '' : isMet ? ': yes' : ': **no**'}`
        : '';
    return line([row.name, ...figures(row), ratio === undefined ? '' : ratio.toFixed(2), files(row), goal]);
  });
  const peers = size.peers.flatMap(({ title, version, clean, rebuild }) => [
    line([
      `${title} ${version}, clean build`,
      ...figures(clean),
      hugo ? (clean.seconds / hugo.clean.seconds).toFixed(2) : '',
      '',
      '',
    ]),
    line([
      `${title} ${version}, rebuild`,
      ...figures(rebuild),
      hugo ? (rebuild.seconds / hugo.rebuild.seconds).toFixed(2) : '',
      '',
      '',
    ]),
  ]);
  const html = [
    `Broadsheet writes ${count(size.htmlPages)} pages (${size.htmlMb.toFixed(0)} MB of HTML)`,
    ...size.peers.map(({ title, htmlPages, htmlMb }) => `${title} ${count(htmlPages)} (${htmlMb.toFixed(0)} MB)`),
  ].join(', ');
  return [
    `**${count(size.stories)} stories${size.hasPictures ? ', every tenth with a lead picture' : ''}** · ${html}.`,
    '',
    line(['', 'seconds', 'CPU seconds', 'peak MB', '× Hugo', 'files written', 'goal']),
    '| --- | ---: | ---: | ---: | ---: | ---: | --- |',
    ...ours,
    ...peers,
  ].join('\n');
}

/** How each case grows with the archive, with and without pictures. */
export function growthTable({ sizes }: Results): string {
  return [false, true]
    .map((hasPictures) => sizes.filter((size) => size.hasPictures === hasPictures))
    .filter((group) => group.length > 0)
    .map((group) => {
      const names = group[0]!.ours.map(({ name }) => name);
      const heads = group.map(
        // Not the first case, because pictures are created only once, however often the others are measured.
        ({ stories, ours }) => `${count(stories)}${ours.at(-1)?.runs.length === 1 ? ' (once)' : ''}`,
      );
      const cell = (row: Row | undefined) =>
        row ? `${row.seconds.toFixed(2)} s${row.peakMb ? `, ${row.peakMb.toFixed(0)} MB` : ''}` : '';
      return [
        group[0]!.hasPictures
          ? '**With pictures** (every tenth story has a lead picture, one of 60)'
          : '**Without pictures**',
        '',
        line(['stories', ...heads]),
        `| --- |${' ---: |'.repeat(group.length)}`,
        ...names.map((name) => line([name, ...group.map(({ ours }) => cell(ours.find((row) => row.name === name)))])),
      ].join('\n');
    })
    .join('\n\n');
}

const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
const count = (number: number): string => number.toLocaleString('en-GB');
const files = ({ said }: Row): string => (said?.written === undefined ? '' : count(said.written));

const figures = ({ seconds, cpuSeconds, peakMb }: Row): string[] => [
  seconds.toFixed(2),
  cpuSeconds?.toFixed(2) ?? 'not known',
  peakMb?.toFixed(0) ?? 'not known',
];
