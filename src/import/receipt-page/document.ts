import { hash } from 'node:crypto';
import { escapeText } from '../../site/markup.ts';

/** A page of the receipt. It needs no other file. @param main HTML */
export function document(title: string, main: string): string {
  const policy = `default-src 'none'; style-src 'sha256-${hash('sha256', style, 'base64')}'; script-src 'sha256-${hash('sha256', script, 'base64')}'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeText(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${main}
</main>
<script>${script}</script>
</body>
</html>
`;
}

const style = `
:root { color-scheme: light dark; --line: light-dark(#bbb, #555); --lost: light-dark(#fde2e0, #5a1f1b); --new: light-dark(#dff3e3, #1d4526); --guess: light-dark(#fff3cf, #4d3f12) }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; padding: 1rem }
main { max-width: 90rem; margin: 0 auto }
h1, h2, h3 { line-height: 1.2 }
.totals { display: flex; flex-wrap: wrap; gap: 0.5rem 2rem; margin: 1rem 0 }
.totals div { display: flex; flex-direction: column-reverse }
.totals dd { font-size: 2rem; font-weight: 700; margin: 0 }
.wide { overflow-x: auto }
table { border-collapse: collapse; width: 100% }
caption { text-align: start; font-weight: 700; padding: 0.5rem 0 }
th, td { border-bottom: 1px solid var(--line); padding: 0.35rem 0.75rem 0.35rem 0; text-align: start; vertical-align: top; overflow-wrap: anywhere; min-width: 4rem }
tbody th { font-weight: 400 }
thead button { font: inherit; font-weight: 700; background: none; border: 0; padding: 0.25rem 0; min-height: 1.5rem; color: inherit; cursor: pointer; text-align: start }
thead [aria-sort="ascending"] button::after { content: " ▲" }
thead [aria-sort="descending"] button::after { content: " ▼" }
fieldset { border: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem }
label { padding: 0.25rem 0 }
.story { border-top: 3px solid; margin-top: 3rem }
.files { overflow-wrap: anywhere }
.pair { display: grid; gap: 2rem; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)) }
.pair p { margin: 0 0 0.75rem; overflow-wrap: anywhere }
del { background: var(--lost) }
ins { background: var(--new) }
tr.lost td:first-child { background: var(--lost) }
tr.guessed td:first-child { background: var(--guess) }
@media print { form { display: none } .wide { overflow: visible } .story { break-before: page } }
`;

/** Filters and sorts the table of stories. Without it, the whole table is there in the order of the archive. */
const script = `
(() => {
  const table = document.getElementById('stories'), form = document.getElementById('filter'), shown = document.getElementById('shown');
  if (!table) return;
  const body = table.tBodies[0], rows = [...body.rows];
  if (form) {
    form.hidden = false;
    form.addEventListener('change', () => {
      const wanted = [...form.querySelectorAll('input:checked')].map((input) => input.value);
      let count = 0;
      for (const row of rows) {
        const kinds = row.dataset.kinds.split(' ');
        row.hidden = wanted.length > 0 && !wanted.some((kind) => kinds.includes(kind));
        if (!row.hidden) count++;
      }
      shown.textContent = count + ' of ' + rows.length + ' stories';
    });
  }
  [...table.tHead.rows[0].cells].forEach((head, place) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener('click', () => {
      const down = head.getAttribute('aria-sort') === 'ascending';
      for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const text = (row) => row.cells[place].textContent;
      rows.sort((a, b) => (down ? -1 : 1) * text(a).localeCompare(text(b), undefined, { numeric: true }));
      body.append(...rows);
    });
  });
})();
`;
