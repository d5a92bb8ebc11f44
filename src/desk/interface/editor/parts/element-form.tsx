import type { Node } from '@milkdown/kit/prose/model';
import { useId, useRef } from 'preact/hooks';
import { FormContext, type FormState } from '../../form/state.ts';
import { Fields } from '../../form/value-field.tsx';
import type { ComponentAttribute } from '../markdown/schema.ts';
import type { Host } from '../view/host.ts';
import { words } from '../words.ts';
import { attributeValue, valuesOf, withAttribute } from './attributes.ts';

/* The forms of blocks. Those of components have the fields of `form/`. An attribute of a component is text or true. */

interface FieldProps {
  label: string;
  help?: string;
  value: string;
  isRequired?: boolean;
  isLong?: boolean;
  onChange(value: string): void;
}

/** A field for text. */
export function TextField({ label, help, value, isRequired = false, isLong = false, onChange }: FieldProps) {
  const id = useId();
  const attributes = {
    id,
    value,
    'aria-describedby': help ? `${id}-help` : undefined,
    'aria-required': isRequired,
    onInput: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  return (
    <div class="field">
      <label for={id}>
        {label} {isRequired && <span class="required">({words.required})</span>}
      </label>
      {isLong ? <textarea {...attributes} rows={2} /> : <input type="text" {...attributes} />}
      {help && (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  );
}

/** The form of a picture in Markdown. */
export function PictureForm({
  node,
  host,
  onAttrs,
}: {
  node: Node;
  host: Host;
  onAttrs(attrs: Record<string, unknown>): void;
}) {
  const { src, alt, title, ref } = node.attrs;
  const isReference = ref !== null;
  const { creditOf, onCredit } = host.props();
  return (
    <>
      <FileField
        label={words.file}
        value={src}
        host={host}
        onChange={(chosen) =>
          onAttrs({ src: chosen.src, ref: null, ...(chosen.alt && !alt ? { alt: chosen.alt } : {}) })
        }
      />
      <TextField label={words.alt} help={words.altHelp} value={alt} onChange={(text) => onAttrs({ alt: text })} />
      {!isReference && (
        <TextField
          label={words.caption}
          value={title ?? ''}
          onChange={(text) => onAttrs({ title: text === '' ? null : text })}
        />
      )}
      {onCredit && (
        <TextField
          label={words.credit}
          help={words.creditHelp}
          value={creditOf?.(src) ?? ''}
          onChange={(text) => onCredit(src, text)}
        />
      )}
    </>
  );
}

interface FileFieldProps {
  label: string;
  help?: string;
  value: string;
  isRequired?: boolean;
  host: Host;
  onChange(chosen: { src: string; alt?: string }): void;
}

function FileField({ label, help, value, isRequired, host, onChange }: FileFieldProps) {
  return (
    <div class="file-field">
      <TextField
        label={label}
        help={help}
        value={value}
        isRequired={isRequired}
        onChange={(src) => onChange({ src })}
      />
      <button
        type="button"
        onClick={() =>
          host
            .props()
            .choosePicture()
            .then((chosen) => chosen && onChange(chosen))
        }
      >
        {words.chooseFile}
      </button>
    </div>
  );
}

interface ComponentFormProps {
  name: string;
  attributes: ComponentAttribute[];
  host: Host;
  onChange(attributes: ComponentAttribute[]): void;
}

/** The form of a component: the fields of its description, drawn as those of a file, then whatever else it has. */
export function ComponentForm({ name, attributes, host, onChange }: ComponentFormProps) {
  const id = useId();
  const description = host.elements()[name];
  const all = description?.fields ?? [];
  const others = attributes.filter(
    (attribute) => attribute.code !== undefined || !all.some(({ key }) => key === attribute.name),
  );
  const fields = all.filter(({ key }) => !others.some((attribute) => attribute.name === key));
  const latest = useRef(attributes);
  latest.current = attributes;
  const set = (key: string, value: string | true | undefined) => {
    // A field can send several edits before it is drawn again.
    latest.current = withAttribute(latest.current, all, key, value);
    onChange(latest.current);
  };
  const props = host.props();
  const state: FormState = {
    id,
    edit: (edit) => set(String(edit.path[0]), attributeValue('value' in edit ? edit.value : undefined)),
    problems: [],
    choices: {
      sections: [],
      authors: [],
      topics: [],
      series: [],
      findPictures: async () => [],
      ...props.choices,
      findStories: props.findStories,
      // Its texts are in the front matter.
      choosePicture: async () => {
        const chosen = await props.choosePicture();
        return chosen && { src: chosen.src };
      },
      thumbnail: props.thumbnail,
    },
    timeZone: props.timeZone ?? 'UTC',
    language: props.language,
    announce: host.announce,
  };
  return (
    <>
      {!description && <p class="problem">{words.unknownComponent(name)}</p>}
      {description?.help && <p class="help">{description.help}</p>}
      {fields.length > 0 && (
        <FormContext.Provider value={state}>
          <div class="form">
            <Fields fields={fields} value={valuesOf(fields, attributes)} path={[]} />
          </div>
        </FormContext.Provider>
      )}
      {others.map((attribute) =>
        attribute.code === undefined && typeof attribute.value === 'string' ? (
          <TextField
            key={attribute.name}
            label={attribute.name}
            value={attribute.value}
            onChange={(text) => set(attribute.name, text)}
          />
        ) : (
          <p key={attribute.name} class="help">
            <code>{attribute.code ?? attribute.name}</code> {attribute.code && words.asCode}
          </p>
        ),
      )}
      {description && all.length === 0 && <p class="help">{words.noDetails}</p>}
    </>
  );
}
