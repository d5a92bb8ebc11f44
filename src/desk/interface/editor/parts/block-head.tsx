import type { Node } from '@milkdown/kit/prose/model';
import { useId } from 'preact/hooks';
import type { ComponentAttribute } from '../markdown/schema.ts';
import type { Host } from '../view/host.ts';
import { attributeOf } from '../view/names.ts';
import { words } from '../words.ts';
import { ComponentForm, PictureForm, TextField } from './element-form.tsx';
import { Thumbnail } from './thumbnail.tsx';

export interface BlockHeadProps {
  node: Node;
  name: string;
  host: Host;
  isOpen: boolean;
  onOpen(isOpen: boolean): void;
  onAttrs(attrs: Record<string, unknown>): void;
  onRemove(): void;
  onAddText?: () => void;
  onSelect(): void;
}

/** The head of a block: what it is and says, its form, and what can be done with it. */
export function BlockHead(props: BlockHeadProps) {
  const { node, name, host, isOpen, onOpen, onRemove, onAddText, onSelect } = props;
  const form = useId();
  const hasForm = !/^(?:source|footnote)$/.test(node.type.name);
  const picture = pictureOf(node);
  // Escape in the form closes it and goes back to the block.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !isOpen) return;
    // It closes a list of names first.
    if (event.target instanceof Element && event.target.matches('[role=combobox][aria-expanded=true]')) return;
    event.preventDefault();
    event.stopPropagation();
    onOpen(false);
    onSelect();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears Escape from the controls inside
    <div onKeyDown={onKeyDown}>
      <div class="block-head">
        <span class="block-name">{name}</span>
        {hasForm && (
          <button
            type="button"
            class="quiet"
            data-details
            aria-expanded={isOpen}
            aria-controls={form}
            aria-label={`${isOpen ? words.hideDetails : words.details}: ${name}`}
            onClick={() => onOpen(!isOpen)}
          >
            {isOpen ? words.hideDetails : words.details}
          </button>
        )}
        {onAddText && (
          <button type="button" class="quiet" onClick={onAddText}>
            {words.addText}
          </button>
        )}
        {node.type.name === 'source' && (
          <button
            type="button"
            class="quiet"
            onClick={() => {
              onSelect();
              host.openSource();
            }}
          >
            {words.editSource}
          </button>
        )}
        <button type="button" class="quiet" aria-label={`${words.remove}: ${name}`} onClick={onRemove}>
          {words.remove}
        </button>
      </div>
      {picture !== undefined && <Thumbnail src={picture} alt={altOf(node)} host={host} />}
      {!isOpen && <Summary node={node} host={host} />}
      {node.type.name === 'source' && (
        <>
          <p class="help">{words.sourceHelp}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long source must scroll with the keys */}
          <pre class="source" tabIndex={0}>
            {node.attrs.text}
          </pre>
        </>
      )}
      <div class="block-form" id={form} hidden={!isOpen}>
        {isOpen && <Form {...props} />}
      </div>
    </div>
  );
}

function Form({ node, host, onAttrs }: BlockHeadProps) {
  if (node.type.name === 'picture') return <PictureForm node={node} host={host} onAttrs={onAttrs} />;
  if (node.type.name === 'note')
    return (
      <TextField
        label={words.note}
        help={words.noteHelp}
        value={node.attrs.text}
        isLong
        onChange={(text) => onAttrs({ text })}
      />
    );
  return (
    <ComponentForm
      name={node.attrs.name}
      attributes={node.attrs.attributes}
      host={host}
      onChange={(attributes) => onAttrs({ attributes })}
    />
  );
}

/** What a block says, while its form is closed. */
function Summary({ node, host }: { node: Node; host: Host }) {
  if (node.type.name === 'note') return <p class="note-text">{node.attrs.text}</p>;
  if (node.type.name === 'picture')
    return (
      <dl class="summary">
        <Row label={words.caption} value={node.attrs.title ?? ''} />
        <Row label={words.alt} value={node.attrs.alt} />
        {host.props().creditOf && <Row label={words.credit} value={host.props().creditOf?.(node.attrs.src) ?? ''} />}
      </dl>
    );
  const attributes = (node.attrs.attributes as ComponentAttribute[] | undefined) ?? [];
  if (attributes.length === 0) return null;
  return (
    <dl class="summary">
      {attributes.map(({ name, value, code }) => (
        <Row key={name} label={name} value={code ?? (value === true ? '✓' : value)} />
      ))}
    </dl>
  );
}

const Row = ({ label, value }: { label: string; value: string }) => (
  <div>
    <dt>{label}</dt>
    <dd>{value === '' ? words.notSet : value}</dd>
  </div>
);

function pictureOf(node: Node): string | undefined {
  if (node.type.name === 'picture') return node.attrs.src;
  if (node.type.name !== 'component_leaf' && node.type.name !== 'component') return undefined;
  if (node.attrs.name === 'Table') return undefined;
  const src = attributeOf(node, 'src') ?? attributeOf(node, 'picture');
  return src && /\.(?:jpe?g|png|webp|avif|gif|tiff?|heic)$|^picture:/i.test(src) ? src : undefined;
}

const altOf = (node: Node): string => node.attrs.alt ?? attributeOf(node, 'alt') ?? '';
