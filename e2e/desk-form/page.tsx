import { render } from 'preact';
import type { FieldEdit, FieldValue, Path } from '../../src/desk/document/edits.ts';
import { withFieldEdit } from '../../src/desk/document/values.ts';
import type { FileFormName, FormDescriptions } from '../../src/desk/form/description.ts';
import type { DeskProblem } from '../../src/desk/interface/contract.ts';
import { Form } from '../../src/desk/interface/form/index.ts';

// The page that tests of forms open: one form, with a view that keeps its values in memory.

type Values = { readonly [key: string]: FieldValue };

interface Opened {
  values: Values;
  edits: FieldEdit[];
  said: string[];
  goTo(field: Path): void;
}

declare global {
  interface Window {
    form: { open(kind: FileFormName, values: Values, problems?: DeskProblem[]): void; opened?: Opened };
  }
}

const forms = (await (await fetch('/forms.json')).json()) as FormDescriptions;
const place = document.getElementById('place')!;

window.form = {
  open(kind, values, problems = []) {
    let field: Path | undefined;
    const opened: Opened = {
      values,
      edits: [],
      said: [],
      goTo: (next) => {
        field = [...next];
        draw();
      },
    };
    window.form.opened = opened;
    render(null, place);
    const edit = (next: FieldEdit) => {
      opened.values = withFieldEdit(opened.values, next);
      opened.edits.push(next);
      draw();
    };
    const draw = () =>
      render(
        <Form
          description={forms[kind]}
          values={opened.values}
          onEdit={edit}
          problems={problems}
          {...(field && { goTo: { field } })}
          choices={{
            sections: [
              { id: 'world', title: 'World' },
              { id: 'culture', title: 'Culture' },
            ],
            authors: [
              { id: 'ann-boyle', name: 'Ann Boyle' },
              { id: 'a-diallo', name: 'A. Diallo' },
            ],
            topics: [{ id: 'harbour', title: 'The harbour' }],
            series: [{ id: 'tides', title: 'Tides' }],
            findStories: async () => [{ path: 'stories/a.md', id: '2025/02/harbour', headline: 'Harbour reopens' }],
            choosePicture: async () => ({ src: 'chosen.jpg', alt: 'A chosen picture', credit: 'A. Diallo' }),
            findPictures: async () => [],
            thumbnail: async () => '/picture.svg',
          }}
          timeZone="Europe/Dublin"
          language="en"
          announce={(message) => opened.said.push(message)}
        />,
        place,
      );
    draw();
  },
};
