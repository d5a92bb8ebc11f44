import { hash } from 'node:crypto';
import { type Problem, sortProblems } from '../problems/problem.ts';
import { escapeAttribute } from '../site/markup.ts';

/** Problems as list items, each with its place first, as in a terminal. */
export const problemItems = (problems: Problem[]): string =>
  sortProblems(problems)
    .map(
      ({ file, line, column = 1, severity, message, hint }) =>
        `<li><p><code>${escapeAttribute(file)}:${line}:${column}</code>${severity === 'warning' ? ' (warning)' : ''}</p><p>${inLines(message)}</p>${hint ? `<p><em>${inLines(hint)}</em></p>` : ''}</li>`,
    )
    .join('\n');

const inLines = (text: string): string => escapeAttribute(text).replaceAll('\n', '<br>');

/**
 * A script that checks every second whether the page has changed, and only then reloads it, so that a place can be
 * selected and copied meanwhile, and the scroll position is kept.
 *
 * @param state stands for what the page says. The page has changed if its address no longer answers with this script,
 * even if that happened before the first check
 */
export const wakeScript = (state: string): string => `(() => {
  const state = '${hash('sha256', state, 'base64url')}';
  const look = async () => {
    try {
      const answer = await fetch(location.href, { headers: { accept: 'text/html' }, cache: 'no-store' });
      if (!(await answer.text()).includes(state)) return location.reload();
    } catch {}
    setTimeout(look, 1000);
  };
  look();
})()`;

/**
 * What `dev` shows in place of a page while the newsroom has mistakes. It disappears by itself when they are corrected.
 *
 * @param isPublic whether others can see it too, so that it must not quote any story
 */
export function problemsPage(problems: Problem[], isPublic = false): string {
  const said = isPublic
    ? '<p>The list is in the terminal that runs <code>broadsheet dev</code>. It is not shown here, because other people may be able to see this page.</p>'
    : `<p>A build would refuse this. Correct it and save. The page then comes back by itself.</p>\n<ol>\n${problemItems(problems)}\n</ol>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<noscript><meta http-equiv="refresh" content="2"></noscript>
<title>The newsroom has mistakes</title>
<style>body{font:1.05rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}code{font-weight:bold}li{margin-bottom:1.5rem}p{margin:.2rem 0}</style>
</head>
<body>
<h1>The newsroom has mistakes</h1>
${said}
<script>${wakeScript(said)}</script>
</body>
</html>
`;
}
