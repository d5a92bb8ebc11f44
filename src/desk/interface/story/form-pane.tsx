import { useMemo } from 'preact/hooks';
import { api } from '../api.ts';
import { Form } from '../form/index.ts';
import type { PictureChoice } from '../pictures/choice.ts';
import { thumbnailOf } from '../pictures/thumbnails.ts';
import type { PreviewOfFile } from '../preview/preview-of-file.ts';
import { speak } from '../state/announce.ts';
import type { OpenFile } from '../state/open-file.ts';
import { forms, session } from '../state/session.ts';
import { words } from '../words.ts';
import type { GoTo } from './go-to.ts';
import { headFields } from './head.tsx';

interface FormPaneProps {
  file: OpenFile;
  goTo: GoTo;
  preview: PreviewOfFile;
  pictures: PictureChoice;
}

/** Every field of the file except those that are written above the text. */
export function FormPane({ file, goTo, preview, pictures }: FormPaneProps) {
  const all = forms.value?.[file.kind];
  const description = useMemo(
    () => all && { ...all, fields: all.fields.filter(({ key }) => !headFields(file.kind).includes(key)) },
    [all, file.kind],
  );
  const { site, authors = [], topics = [], series = [] } = session.value ?? {};
  if (file.text.value !== undefined) return <p class="pane-note">{words.story.noForm}</p>;
  if (!description) return <p class="pane-note">{words.story.noForms}</p>;
  return (
    <div class="form-pane">
      <Form
        description={description}
        values={file.values.value}
        onEdit={(edit) => file.edit(edit)}
        problems={preview.ofFields.value}
        {...(goTo.field && { goTo: { field: goTo.field } })}
        timeZone={site?.timeZone ?? 'UTC'}
        language={site?.language ?? 'en'}
        announce={speak}
        choices={{
          sections: site?.sections ?? [],
          authors,
          topics,
          series,
          findStories: async (query) => (await api.link(query)).stories,
          choosePicture: () => pictures.ask(),
          findPictures: async (query) => (await api.pictures(query, 0)).pictures,
          thumbnail: (src, width) => thumbnailOf(file.path, src, width),
        }}
      />
    </div>
  );
}
