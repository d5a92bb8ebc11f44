import { useState } from 'preact/hooks';
import { ApiError, api } from '../api.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Fault } from '../parts/fault.tsx';
import { editAddress, go } from '../state/route.ts';
import { session } from '../state/session.ts';
import { words } from '../words.ts';

/** In the order of the menu: the ordinary one first. The same as in `story/card.ts`, which is not for browsers. */
export const storyTypes = Object.keys(words.types);

/** Asks for a headline and a section, and opens the new story. The rest is easier to fill in beside the text. */
export function NewStory({ type, onClose }: { type: string | undefined; onClose(): void }) {
  const [headline, setHeadline] = useState('');
  const [section, setSection] = useState('');
  const [error, setError] = useState<ApiError | undefined>(undefined);
  const sections = session.value?.site.sections ?? [];
  if (type === undefined) return null;
  const create = async (event: Event) => {
    event.preventDefault();
    if (headline.trim() === '') return setError(new ApiError(0, { says: words.create.headlineMissing }));
    try {
      const asked = { kind: 'story', type, headline: headline.trim(), ...(section && { section }) };
      const { path } = await api.create(asked);
      setHeadline('');
      onClose();
      go(editAddress(path));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setError(error);
    }
  };
  return (
    <Dialog
      title={words.create.title(words.types[type] ?? type)}
      says={words.create.says}
      isOpen
      onClose={() => {
        setError(undefined);
        onClose();
      }}
      initialFocus={() => document.getElementById('new-headline')}
      foot={
        <button type="submit" form="new-story" class="strong">
          {words.create.button}
        </button>
      }
    >
      <form id="new-story" onSubmit={create} noValidate>
        <Fault error={error} />
        <label class="field">
          <span>{words.create.headline}</span>
          <input
            id="new-headline"
            class="serif"
            required
            value={headline}
            onInput={(event) => setHeadline(event.currentTarget.value)}
          />
        </label>
        <label class="field">
          <span>{words.list.section}</span>
          <select value={section} onInput={(event) => setSection(event.currentTarget.value)}>
            <option value="">{words.create.noSection}</option>
            {sections.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
      </form>
    </Dialog>
  );
}
