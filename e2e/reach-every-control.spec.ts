import { demo } from './demo.ts';
import { pageTypes } from './engines/page-types.ts';
import { addressOf } from './files.ts';
import { expect, test } from './test.ts';

// WCAG 2.5.5 (AAA): every target is at least 44 by 44 px. Engines measure the box of the text, but on a card the whole
// card is the target, and for a radio button it is the whole line. So this test measures by touching.

for (const widthPx of [360, 1280])
  test(`every control has a target of 44 by 44 px on a page of every type, ${widthPx} px wide`, async ({ page }) => {
    await page.setViewportSize({ width: widthPx, height: 900 });
    let touched = 0;
    for (const [type, path] of Object.entries(await pageTypes(demo().folder))) {
      await page.goto(addressOf(path));
      const { controls, small } = await page.evaluate(touchAll);
      expect(small, type).toEqual([]);
      touched += controls;
    }
    expect(touched).toBeGreaterThan(200);
  });

test('canary: a small control and a covered one are detected', async ({ page }) => {
  await page.setContent(`<body style="margin: 100px; font: 16px sans-serif">
    <p>Words with <a href="#">a link inside</a> are exempt.</p>
    <p style="margin: 60px 0"><a href="#" id="small">Alone</a></p>
    <p style="position: relative"><a href="#" style="display: block; height: 60px" id="covered">Covered</a>
      <span style="position: absolute; inset: 0 0 35px"></span></p></body>`);
  const { small } = await page.evaluate(touchAll);
  expect(small).toHaveLength(2);
  expect(small.join()).toContain('small');
  expect(small.join()).toContain('covered');
});

test('canary: a control that a row scrolls to is found, and one that is cut off or small is detected', async ({
  page,
}) => {
  const row = (overflow: string, id: string) =>
    `<p style="display: flex; width: 200px; overflow: ${overflow} hidden">${[0, 1, 2, 3]
      .map((at) => `<a href="#" id="${id}${at}" style="flex: none; width: 120px; line-height: 50px">Section</a>`)
      .join('')}<a href="#" id="${id}-small" style="flex: none; width: 20px; line-height: 50px">S</a></p>`;
  await page.setContent(`<body style="margin: 60px">${row('auto', 'scrolls')}${row('hidden', 'cuts')}`);
  const { small } = await page.evaluate(touchAll);
  expect(small.map((said) => /id="([^"]*)"/.exec(said)?.[1])).toEqual([
    'scrolls-small',
    'cuts2',
    'cuts3',
    'cuts-small',
  ]);
});

test('every focused control is marked, on a page of every type', async ({ page }) => {
  for (const [type, path] of Object.entries(await pageTypes(demo().folder))) {
    await page.goto(addressOf(path));
    // A key was pressed, so from now on the focus is shown as it is for keyboard users.
    await page.keyboard.press('Tab');
    expect(await page.evaluate(unmarked), type).toEqual([]);
  }
});

test('canary: a control without a mark is detected', async ({ page }) => {
  await page.setContent(
    '<a href="#" style="outline: none">Where am I</a><a href="#" style="outline: 2px solid">Here</a>',
  );
  await page.keyboard.press('Tab');
  expect(await page.evaluate(unmarked)).toHaveLength(1);
});

/** Runs in the page. Finds the smallest target area, starting from the middle of each box of a control. */
function touchAll(): { controls: number; small: string[] } {
  const halfPx = 21.5;
  const stepPx = 5;
  const found = [
    ...document.querySelectorAll<HTMLElement>('a[href], button, input:not([type="hidden"]), select, textarea, summary'),
  ];
  const isInSentence = (control: HTMLElement) => {
    const block = control.closest('p, li, dd, figcaption, h2, td');
    const others = (block?.textContent ?? '').replace(control.textContent, '').replace(/\s/g, '');
    return getComputedStyle(control).display === 'inline' && others.length > 0;
  };
  const answers = (control: HTMLElement, x: number, y: number) => {
    const hit = document.elementFromPoint(x, y);
    return (
      hit !== null && (control.contains(hit) || (hit.closest('label') as HTMLLabelElement | null)?.control === control)
    );
  };
  const controls = found.filter((control) => {
    const isShown = control.checkVisibility({ visibilityProperty: true }) && control.getBoundingClientRect().width > 0;
    return isShown && !control.matches('.skip') && !isInSentence(control);
  });
  /** Large steps first and then single pixels, because testing every pixel of a long list takes minutes. */
  const reachOf = (control: HTMLElement, x: number, y: number, dx: number, dy: number) => {
    const isHit = (px: number) => answers(control, x + dx * px, y + dy * px);
    let px = 0;
    while (px < 2 * halfPx && isHit(px + stepPx)) px += stepPx;
    while (px < 2 * halfPx && isHit(px + 1)) px += 1;
    return px;
  };
  /** As a finger would. What is cut off (`hidden`) stays where it is, because only a script could scroll it. */
  const scrollRowsTo = (control: HTMLElement) => {
    for (let row = control.parentElement; row; row = row.parentElement) {
      if (row.scrollWidth <= row.clientWidth || !/auto|scroll/.test(getComputedStyle(row).overflowX)) continue;
      const [box, frame] = [control.getBoundingClientRect(), row.getBoundingClientRect()];
      row.scrollBy({ left: box.left + box.width / 2 - frame.left - frame.width / 2, behavior: 'instant' });
    }
  };
  const isLarge = (control: HTMLElement) => {
    const { top, bottom } = control.getBoundingClientRect();
    if (top < 2 * halfPx || bottom > innerHeight - 2 * halfPx)
      control.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
    scrollRowsTo(control);
    return [...control.getClientRects()].some((box) => {
      // The target can extend further on one side of the text than on the other.
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const reach = (dx: number, dy: number) => reachOf(control, x, y, dx, dy);
      return (
        answers(control, x, y) && reach(1, 0) + reach(-1, 0) >= 2 * halfPx && reach(0, 1) + reach(0, -1) >= 2 * halfPx
      );
    });
  };
  const small = controls.filter((control) => !isLarge(control));
  const said = small.map((control) => {
    const { width, height } = control.getBoundingClientRect();
    return `${control.outerHTML.slice(0, 90)} in ${control.parentElement?.outerHTML.slice(0, 40)} (${width.toFixed(0)} × ${height.toFixed(0)})`;
  });
  return { controls: controls.length, small: [...new Set(said)] };
}

/** Runs in the page: controls that look the same with and without the focus. */
function unmarked(): string[] {
  const looks = (control: HTMLElement) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(control);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2 ? 'outlined' : boxShadow;
  };
  return [
    ...document.querySelectorAll<HTMLElement>(
      'a[href], button, input:not([type="hidden"]), select, textarea, summary, [tabindex="0"]',
    ),
  ]
    .filter((control) => control.checkVisibility({ visibilityProperty: true }))
    .filter((control) => {
      control.focus({ preventScroll: true });
      return document.activeElement === control && looks(control) === 'none';
    })
    .map((control) => control.outerHTML.slice(0, 90));
}
