import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { DeskProblem } from '../contract.ts';
import { headlineLimits } from '../form/headline-limits.ts';
import { seenCharacters } from '../form/seen-characters.ts';
import type { OpenFile } from '../state/open-file.ts';
import { session } from '../state/session.ts';
import { words } from '../words.ts';
import type { GoTo } from './go-to.ts';

/** The fields that are written above the text, as they are read. */
export const headFields = (kind: string): string[] => (kind === 'story' ? ['headline', 'standfirst'] : []);

interface HeadProps {
  file: OpenFile;
  goTo: GoTo;
  problems: DeskProblem[];
}

/** The headline and the standfirst, in the paper's type, above the text. */
export function Head({ file, goTo, problems }: HeadProps) {
  if (headFields(file.kind).length === 0) return null;
  return (
    <div class="head">
      <Written name="headline" file={file} goTo={goTo} problems={problems} />
      <Written name="standfirst" file={file} goTo={goTo} problems={problems} />
    </div>
  );
}

function Written({ name, file, goTo, problems }: HeadProps & { name: 'headline' | 'standfirst' }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const value = String(file.values.value[name] ?? '');
  const mine = problems.filter(({ field }) => field?.[0] === name);
  useLayoutEffect(() => growToText(field.current), [value]);
  useEffect(() => {
    // The width of the pane and the arrival of the font change how many lines there are.
    const observer = new ResizeObserver(() => growToText(field.current));
    if (field.current?.parentElement) observer.observe(field.current.parentElement);
    void document.fonts.ready.then(() => growToText(field.current));
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (goTo.field?.[0] === name) field.current?.focus();
  }, [goTo]);
  return (
    <div class="written">
      <label for={`head-${name}`}>{words.head[name]}</label>
      <textarea
        ref={field}
        id={`head-${name}`}
        class={name}
        rows={1}
        value={value}
        lang={session.value?.site.language}
        dir="auto"
        spellcheck
        aria-describedby={`head-${name}-notes`}
        aria-invalid={mine.some(({ severity }) => severity === 'error')}
        onInput={({ currentTarget }) => {
          // Neither can have lines. A pasted line end is a space.
          const text = currentTarget.value.replace(/\s*\n\s*/g, ' ');
          file.edit({ path: [name], value: text === '' ? undefined : text });
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.preventDefault();
        }}
      />
      <div id={`head-${name}-notes`} class="written-notes">
        {name === 'headline' && <Lengths length={seenCharacters(value)} />}
        {mine.map(({ rule, says, severity }) => (
          <p key={rule} class={`field-problem ${severity}`}>
            {says}
          </p>
        ))}
      </div>
    </div>
  );
}

/** As high as its text. */
function growToText(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight + 2}px`;
}

function Lengths({ length }: { length: number }) {
  const tooLong = headlineLimits.filter(({ max }) => length > max);
  return (
    <p class="lengths">
      {words.head.characters(length)}
      {length > 0 &&
        (tooLong.length === 0
          ? ` · ${words.head.fits}`
          : ` · ${words.head.tooLong(tooLong.map(({ place, max }) => words.head.places[place](max)))}`)}
    </p>
  );
}
