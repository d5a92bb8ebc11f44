import type { Field, ValueKind } from '../../form/description.ts';
import { DateField, FocusField } from './date-fields.tsx';
import { GroupFrame } from './field-frame.tsx';
import { ListField } from './list-field.tsx';
import { MapField } from './map-field.tsx';
import { matching, type NamedItem, NameField } from './name-field.tsx';
import { PictureButton } from './picture-button.tsx';
import { hasProblemIn, idOf, isGroup, useForm, type ValueProps } from './state.ts';
import { ChoiceField, LongTextField, NumberField, TextField, YesNoField } from './text-fields.tsx';
import { formWords } from './words.ts';

/** A value of any kind. What does not fit its kind is shown as it is, and stays. */
export function ValueField(props: ValueProps) {
  const { choices } = useForm();
  const { kind, value } = props;
  if (!fits(kind, value)) return <OtherValue {...props} />;
  switch (kind.kind) {
    case 'longText':
      return <LongTextField {...props} />;
    case 'date':
      return <DateField {...props} />;
    case 'focus':
      return <FocusField {...props} />;
    case 'yesNo':
      return <YesNoField {...props} />;
    case 'number':
      return <NumberField {...props} kind={kind} />;
    case 'choice':
      return <ChoiceField {...props} choices={kind.choices} />;
    case 'section':
      return (
        <ChoiceField {...props} choices={choices.sections.map(({ id, title }) => ({ value: id, label: title }))} />
      );
    case 'person':
      return <KnownName {...props} items={choices.authors.map(({ id, name }) => ({ value: id, label: name }))} />;
    case 'topic':
      return <KnownName {...props} items={choices.topics.map(({ id, title }) => ({ value: id, label: title }))} />;
    case 'series':
      return <KnownName {...props} items={choices.series.map(({ title }) => ({ value: title, label: title }))} />;
    case 'timeZone':
      return (
        <KnownName
          {...props}
          items={Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone }))}
        />
      );
    case 'story':
      return <StoryName {...props} isLink={kind.isLink === true} />;
    case 'pictureFile':
      return (
        <div class="field-file">
          <TextField {...props} />
          <PictureButton path={props.path} file={String(value ?? '')} />
        </div>
      );
    case 'list':
      return <ListField {...props} kind={kind} Entry={ValueField} />;
    case 'map':
      return <MapField {...props} kind={kind} Entry={ValueField} />;
    case 'union':
      return <UnionField {...props} kind={kind} />;
    case 'group':
    case 'picture':
      return (
        <GroupFrame {...props} inner={kind.fields.map(({ key }) => key)}>
          <Fields fields={kind.fields} value={value} path={props.path} />
        </GroupFrame>
      );
    default:
      return <TextField {...props} />;
  }
}

/** Fields of a group, those that are used less folded away, and then whatever else the file has. */
export function Fields({ fields, value, path }: { fields: readonly Field[] } & Pick<ValueProps, 'value' | 'path'>) {
  const { problems } = useForm();
  const group = isGroup(value) ? value : {};
  const draw = (field: Field) => {
    const inner = Object.hasOwn(group, field.key) ? group[field.key] : undefined;
    const caption = field.key === 'alt' && Object.hasOwn(group, 'caption') ? group.caption : undefined;
    const at = [...path, field.key];
    const isRepeated =
      typeof inner === 'string' && inner.trim() !== '' && inner.trim() === String(caption ?? '').trim();
    const rest = { label: field.label, help: field.help, isRequired: field.isRequired, default: field.default };
    if (isRepeated)
      return (
        <LongTextField
          key={field.key}
          kind={field.value}
          value={inner}
          path={at}
          {...rest}
          found={formWords.altIsCaption}
        />
      );
    return <ValueField key={field.key} kind={field.value} value={inner} path={at} {...rest} />;
  };
  const more = fields.filter((field) => field.group === 'more');
  const unknown = Object.keys(group).filter((key) => !fields.some((field) => field.key === key));
  return (
    <>
      {fields.filter((field) => field.group === 'main').map(draw)}
      {more.length > 0 && (
        <details
          class="field-more"
          open={
            hasProblemIn(
              problems,
              more.map(({ key }) => [...path, key]),
            ) || undefined
          }
        >
          <summary>{formWords.more(more.filter(({ key }) => Object.hasOwn(group, key)).length)}</summary>
          {more.map(draw)}
        </details>
      )}
      {unknown.length > 0 && (
        <fieldset class="field-unknown">
          <legend class="field-label">{formWords.unknown}</legend>
          <p class="field-help">{formWords.unknownHelp}</p>
          {unknown.map((key) => (
            <OtherValue
              key={key}
              kind={{ kind: 'text' }}
              value={group[key]}
              path={[...path, key]}
              label={key}
              isUnknown
            />
          ))}
        </fieldset>
      )}
    </>
  );
}

/** A value as it is, which the form does not change. */
function OtherValue({ isUnknown, ...props }: ValueProps & { isUnknown?: boolean }) {
  const text = typeof props.value === 'string' ? props.value : JSON.stringify(props.value, null, 1);
  return (
    <GroupFrame {...props} note={isUnknown ? undefined : formWords.other}>
      <pre class="field-other">{text}</pre>
    </GroupFrame>
  );
}

/** A value that can be written in several ways. If another way is chosen, its text stays. */
function UnionField(props: ValueProps & { kind: Extract<ValueKind, { kind: 'union' }> }) {
  const { edit, id } = useForm();
  const { kind, value, path } = props;
  const at = Math.max(0, value === undefined ? 0 : kind.options.findIndex((option) => fits(option.value, value)));
  const choose = (next: number) => edit({ path, value: converted(value, kind.options[next]!.value) });
  const selectId = `${idOf(id, path)}:kind`;
  return (
    <div class="field-union">
      <div class="field field-kind">
        <label for={selectId}>{formWords.kindOf(props.label.toLowerCase())}</label>
        <select id={selectId} value={String(at)} onChange={(event) => choose(Number(event.currentTarget.value))}>
          {kind.options.map(({ label }, index) => (
            <option key={label} value={String(index)}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <ValueField {...props} key={at} kind={kind.options[at]!.value} />
    </div>
  );
}

/** The same in another way: a text becomes the first field of a group, and the other way round. */
function converted(value: ValueProps['value'], kind: ValueKind): NonNullable<ValueProps['value']> {
  const text = isGroup(value) ? Object.values(value).find((one) => typeof one === 'string') : value;
  if (kind.kind === 'group' || kind.kind === 'picture')
    return { [kind.fields[0]!.key]: typeof text === 'string' ? text : '' };
  if (kind.kind === 'list') return Array.isArray(value) ? value : [];
  if (kind.kind === 'map') return isGroup(value) ? value : {};
  if (kind.kind === 'choice') return kind.choices[0]!.value;
  return typeof text === 'string' ? text : '';
}

function KnownName({ items, ...props }: ValueProps & { items: readonly NamedItem[] }) {
  const labelOf = (value: string) => items.find((item) => item.value === value)?.label;
  return <NameField {...props} find={(query) => matching(items, query)} labelOf={labelOf} />;
}

/** A story by its headline. In a component, it is written as in a link. */
function StoryName({ isLink, ...props }: ValueProps & { isLink: boolean }) {
  const { choices } = useForm();
  const find = async (query: string): Promise<NamedItem[]> =>
    (await choices.findStories(query)).map(({ id, headline }) => ({
      value: isLink ? `story:${id}` : id,
      label: headline,
    }));
  return <NameField {...props} find={find} />;
}

/** Whether a value can be entered in the field of a kind. */
function fits(kind: ValueKind, value: ValueProps['value']): boolean {
  if (value === undefined || value === null) return true;
  switch (kind.kind) {
    case 'group':
    case 'picture':
    case 'map':
      return isGroup(value);
    case 'list':
      return !isGroup(value);
    case 'union':
      return kind.options.some((option) => fits(option.value, value));
    case 'yesNo':
      return typeof value === 'boolean';
    case 'number':
      return typeof value === 'number';
    case 'choice':
      return typeof value !== 'object' && (typeof kind.choices[0]?.value !== 'boolean' || typeof value === 'boolean');
    default:
      return typeof value === 'string' || typeof value === 'number';
  }
}
