import type { ChosenPicture } from '../editor/props.ts';
import { words } from '../words.ts';
import { altRepeatsCaption, type Draft } from './draft.ts';
import { Focus } from './focus.tsx';

interface PictureFormProps {
  draft: Draft;
  onChange(texts: Draft['texts']): void;
}

type Text = 'alt' | 'caption' | 'credit' | 'copyright' | 'place' | 'date';
const factOf = {
  caption: 'caption',
  alt: 'alt',
  credit: 'credit',
  copyright: 'rights',
  place: 'place',
  date: 'date',
} as const;

/** The picture with its texts. What came from the file says so, because nobody has checked it yet. */
export function PictureForm({ draft, onChange }: PictureFormProps) {
  const { texts, facts } = draft;
  const set = (changes: Partial<Omit<ChosenPicture, 'src'>>) => onChange({ ...texts, ...changes });
  const isRepeated = altRepeatsCaption(draft);
  const field = (name: Text, rows: number, more: { isDisabled?: boolean; problem?: string } = {}) => {
    const value = String(texts[name] ?? '');
    const isFromFile = value !== '' && value === facts[factOf[name]];
    const props = {
      id: `picture-${name}`,
      value,
      disabled: more.isDisabled ?? false,
      'aria-describedby': `picture-${name}-help`,
      'aria-invalid': more.problem !== undefined,
      onInput: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
    };
    return (
      <div class="field">
        <label for={`picture-${name}`}>
          {words.pictures.fields[name]}
          {isFromFile && <span class="mark from-file">{words.pictures.fromFile}</span>}
        </label>
        {rows > 1 ? <textarea rows={rows} {...props} /> : <input {...props} />}
        <div id={`picture-${name}-help`}>
          {more.problem ? (
            <p class="field-problem error" role="alert">
              {more.problem}
            </p>
          ) : (
            <small>{words.pictures.help[name]}</small>
          )}
        </div>
      </div>
    );
  };
  return (
    <div class="picture-form">
      <Focus path={draft.path} value={texts.focus} onChange={(focus) => set({ focus })} />
      <div class="picture-texts">
        <label class="check">
          <input
            type="checkbox"
            checked={texts.decorative === true}
            onInput={({ currentTarget }) => set({ decorative: currentTarget.checked })}
          />
          <span>
            {words.pictures.decorative} <small>{words.pictures.decorativeHelp}</small>
          </span>
        </label>
        {field('alt', 2, {
          isDisabled: texts.decorative === true,
          ...(isRepeated && { problem: words.pictures.altIsCaption }),
        })}
        {field('caption', 3)}
        {field('credit', 1)}
        {field('copyright', 1)}
        <div class="two">
          {field('place', 1)}
          {field('date', 1)}
        </div>
      </div>
    </div>
  );
}
