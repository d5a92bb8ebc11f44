import type { Node } from '@milkdown/kit/prose/model';
import { useId, useState } from 'preact/hooks';
import type { Field } from '../../../form/description.ts';
import type { ComponentAttribute } from '../markdown/schema.ts';
import type { Host } from '../view/host.ts';
import { words } from '../words.ts';

/* The forms of blocks. An attribute of a component is text or true, so these forms need fewer kinds than a story's. */

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

/** The form of a component: the fields of its description, then whatever else it has. */
export function ComponentForm({ name, attributes, host, onChange }: ComponentFormProps) {
  const description = host.elements()[name];
  const fields = description?.fields ?? [];
  const known = new Set(fields.map(({ key }) => key));
  const others = attributes.filter((attribute) => !known.has(attribute.name) || attribute.code !== undefined);
  const set = (key: string, value: string | true | undefined) =>
    onChange(withAttribute(attributes, fields, key, value));
  return (
    <>
      {!description && <p class="problem">{words.unknownComponent(name)}</p>}
      {description?.help && <p class="help">{description.help}</p>}
      {fields
        .filter(({ key }) => !others.some((attribute) => attribute.name === key))
        .map((field) => (
          <AttributeField
            key={field.key}
            field={field}
            value={attributes.find((attribute) => attribute.name === field.key)?.value}
            host={host}
            onChange={(value) => set(field.key, value)}
          />
        ))}
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
      {description && fields.length === 0 && <p class="help">{words.noDetails}</p>}
    </>
  );
}

/** Attributes keep their order. A new one takes the place that it has in the description. */
export function withAttribute(
  attributes: readonly ComponentAttribute[],
  fields: readonly Field[],
  key: string,
  value: string | true | undefined,
): ComponentAttribute[] {
  const isIn = attributes.some(({ name }) => name === key);
  if (value === undefined || value === '') return attributes.filter(({ name }) => name !== key);
  if (isIn) return attributes.map((attribute) => (attribute.name === key ? { name: key, value } : attribute));
  const order = fields.map((field) => field.key);
  const later = new Set(order.slice(order.indexOf(key) + 1));
  const at = attributes.findIndex(({ name }) => later.has(name));
  return attributes.toSpliced(at < 0 ? attributes.length : at, 0, { name: key, value });
}

interface AttributeFieldProps {
  field: Field;
  value: string | true | undefined;
  host: Host;
  onChange(value: string | true | undefined): void;
}

function AttributeField({
  field: { label, help, isRequired, value: kind },
  value,
  host,
  onChange,
}: AttributeFieldProps) {
  const id = useId();
  const text = typeof value === 'string' ? value : '';
  const common = { label, help, value: text, isRequired };
  switch (kind.kind) {
    case 'yesNo':
      return (
        <div class="field">
          <label class="check">
            <input
              type="checkbox"
              checked={value !== undefined}
              aria-describedby={`${id}-help`}
              onChange={(event) => onChange(event.currentTarget.checked ? true : undefined)}
            />{' '}
            {label}
          </label>
          <p class="help" id={`${id}-help`}>
            {help}
          </p>
        </div>
      );
    case 'choice':
      return (
        <div class="field">
          <label for={id}>{label}</label>
          <select
            id={id}
            aria-describedby={`${id}-help`}
            value={text}
            onChange={(event) => onChange(event.currentTarget.value)}
          >
            <option value="">{words.notSet}</option>
            {kind.choices.map((choice) => (
              <option key={String(choice.value)} value={String(choice.value)}>
                {choice.label}
              </option>
            ))}
          </select>
          <p class="help" id={`${id}-help`}>
            {help}
          </p>
        </div>
      );
    case 'pictureFile':
      return <FileField {...common} host={host} onChange={({ src }) => onChange(src)} />;
    case 'story':
      return <StoryField {...common} host={host} onChange={onChange} />;
    default:
      return <TextField {...common} isLong={kind.kind === 'longText'} onChange={onChange} />;
  }
}

/** A story, found by words of its headline. */
function StoryField({ host, onChange, ...field }: FieldProps & { host: Host }) {
  const [found, setFound] = useState<{ to: string; headline: string }[]>([]);
  const search = async (text: string) => {
    onChange(text);
    if (/^story:/.test(text) || text.trim().length < 3) return setFound([]);
    const stories = await host.props().findStories(text);
    setFound(stories.slice(0, 8).map(({ id, headline }) => ({ to: `story:${id}`, headline })));
    host.announce(words.storiesFound(stories.length));
  };
  return (
    <div>
      <TextField {...field} onChange={search} />
      {found.length > 0 && (
        <ul class="found">
          {found.map(({ to, headline }) => (
            <li key={to}>
              <button
                type="button"
                onClick={() => {
                  onChange(to);
                  setFound([]);
                }}
              >
                {headline}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
