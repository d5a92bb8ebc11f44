import { type Problem, sortProblems } from '../problems/problem.ts';

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

/** What `dev` shows in place of a page while the newsroom has mistakes; it looks again every two seconds. */
export function problemsPage(problems: Problem[]): string {
  const shown = sortProblems(problems).map(
    ({ file, line, column = 1, severity, message, hint }) =>
      `<li><p><code>${escaped(file)}:${line}:${column}</code>${severity === 'warning' ? ' (warning)' : ''}</p><p>${escaped(message)}</p>${hint ? `<p><em>${escaped(hint)}</em></p>` : ''}</li>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="2">
<title>The newsroom has mistakes</title>
<style>body{font:1.05rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}code{font-weight:bold}li{margin-bottom:1.5rem}p{margin:.2rem 0}</style>
</head>
<body>
<h1>The newsroom has mistakes</h1>
<p>A build would refuse this. Mend it and save; this page looks again by itself.</p>
<ol>
${shown.join('\n')}
</ol>
</body>
</html>
`;
}
