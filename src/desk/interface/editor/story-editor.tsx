import type { EditorState } from '@milkdown/kit/prose/state';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TextMoment } from '../state/history.ts';
import { type OpenText, openText, type SourceOnly } from './markdown/story-text.ts';
import { LinkDialog } from './parts/link-dialog.tsx';
import { ShortcutsDialog } from './parts/shortcuts-dialog.tsx';
import { SlashMenu } from './parts/slash-menu.tsx';
import { Toolbar, toolbarState } from './parts/toolbar.tsx';
import type { StoryEditorProps } from './props.ts';
import { marksOf, offsetOfLine } from './source/places.ts';
import type { SourceView } from './source/source-view.ts';
import { focusLater, linkAt, setLink } from './view/commands.ts';
import { directionOf } from './view/direction.ts';
import { useFlushBefore } from './view/flush-before.ts';
import type { Host, SlashState } from './view/host.ts';
import { type Insertable, insertables } from './view/inserts.ts';
import { insertPictures } from './view/paste.ts';
import { bodyAsIs, DocumentMoment, historyOfText, type TextHistory } from './view/text-history.ts';
import { TextView } from './view/text-view.ts';
import { words } from './words.ts';

/** The text of a story: as one reads it, or as its source. Another story gets another editor. */
export const StoryEditor = (props: StoryEditorProps) => <EditorOfStory key={props.path} {...props} />;

/**
 * What both views share is the body, which is that of the view that is shown. The view of the text stays while the source
 * is shown, so that edits in the source can be undone too.
 */
function EditorOfStory(props: StoryEditorProps) {
  const { value, version, path, eol, view: asked, problems, goTo, elements } = props;
  const isMdx = path.endsWith('.mdx');
  const latest = useRef(props);
  latest.current = props;

  const place = useRef<HTMLDivElement>(null);
  const sourcePlace = useRef<HTMLDivElement>(null);
  const text = useRef<TextView | undefined>(undefined);
  const source = useRef<SourceView | undefined>(undefined);
  const body = useRef(value);
  const offset = useRef(0);
  const historyNow = useRef<TextHistory>(undefined);
  const keys = useRef<((key: string) => boolean) | undefined>(undefined);
  const toolbar = useRef<HTMLDivElement>(null);
  const [state, setState] = useState('');
  const [slash, setSlash] = useState<SlashState>();
  const [dialog, setDialog] = useState<'link' | 'shortcuts'>();
  const [fault, setFault] = useState<SourceOnly>();
  const [own, setOwn] = useState<'text' | 'source'>();
  const [loaded, setLoaded] = useState(0);

  // The view around the editor may decide which view is shown. If it does not, the editor does.
  const wanted = latest.current.onView ? asked : (own ?? asked);
  const shown = fault ? 'source' : wanted;
  const changeView = (to: 'text' | 'source') => {
    if (latest.current.onView) latest.current.onView(to);
    else setOwn(to);
  };
  const host = useMemo<Host>(
    () => ({
      isMdx,
      props: () => latest.current,
      elements: () => latest.current.elements,
      openLink: () => setDialog('link'),
      openShortcuts: () => setDialog('shortcuts'),
      openSource: () => changeView('source'),
      focusToolbar: () =>
        (
          toolbar.current?.querySelector<HTMLElement>('[role=toolbar] > button[tabindex="0"]') ??
          // The source view has no toolbar if the view around the editor has the switch.
          document.querySelector<HTMLElement>('.view-switch [aria-pressed=true]')
        )?.focus(),
      travel: (way) => historyNow.current?.[way](),
      slash: setSlash,
      slashKey: (key) => keys.current?.(key) ?? false,
      announce: (message) => latest.current.announce(message),
      tell: (message) => latest.current.tell(message),
    }),
    [isMdx],
  );

  const changed = (now: string) => {
    body.current = now;
    latest.current.onChange(now);
  };
  const told = (at: number) => {
    offset.current = at;
    latest.current.onBlock?.(at);
  };
  const exchange = (moment: TextMoment): TextMoment => {
    const now = source.current?.now() ?? text.current?.now() ?? bodyAsIs(body.current);
    if (source.current) source.current.restore(moment);
    else if (text.current && shown === 'text' && moment instanceof DocumentMoment) text.current.restore(moment);
    else {
      changed(moment.body());
      const open = text.current && shown === 'text' ? openText(body.current, isMdx, eol) : undefined;
      // At once, because the next key is about what is shown.
      if (open && 'doc' in open) text.current?.replace(open);
      else setLoaded((count) => count + 1);
    }
    return now;
  };
  const exchangeNow = useRef(exchange);
  exchangeNow.current = exchange;
  const alone = useMemo(() => historyOfText((moment) => exchangeNow.current(moment)), []);
  const history = props.history ?? alone;
  historyNow.current = history;
  const opened = (): OpenText | undefined => {
    const open = openText(body.current, isMdx, eol);
    if ('doc' in open) {
      setFault(undefined);
      return open;
    }
    setFault(open);
    latest.current.onSourceOnly?.(open.says);
    return undefined;
  };

  // A text from outside replaces what is shown.
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) {
      body.current = value;
      setLoaded((count) => count + 1);
    }
    first.current = false;
  }, [version]);

  useEffect(() => {
    if (!place.current || !sourcePlace.current) return;
    if (shown === 'source') return openSource(sourcePlace.current);
    // A new text moves the caret, which would change this.
    const at = offset.current;
    if (text.current?.body !== body.current) {
      const open = opened();
      if (!open) return;
      if (text.current) text.current.replace(open);
      else text.current = createView(place.current, open);
    }
    if (at > 0) text.current.goTo(at);
    text.current.showProblems(latest.current.problems);
    return () => {
      offset.current = text.current?.caretOffset() ?? 0;
      setSlash(undefined);
    };
  }, [shown, loaded]);

  // A text that could only be shown as source may be right by now.
  useEffect(() => {
    if (asked === 'text' && fault) tryAgain();
  }, [asked]);

  useFlushBefore(() => source.current?.flush() ?? text.current?.flush());
  useEffect(() => () => text.current?.destroy(), []);

  const createView = (element: HTMLElement, open: OpenText): TextView =>
    new TextView({
      place: element,
      host,
      open,
      language: props.language,
      dir: directionOf(props.language),
      history,
      onChange: changed,
      onBlock: told,
      onState: (now: EditorState) => setState(toolbarState(now)),
    });

  const openSource = (element: HTMLElement) => {
    let isGone = false;
    const inner = document.createElement('div');
    inner.className = 'story-source';
    element.append(inner);
    import('./source/source-view.ts').then(({ SourceView }) => {
      if (isGone) return;
      source.current = new SourceView({
        place: inner,
        body: body.current,
        eol,
        label: words.sourceText,
        language: props.language,
        offset: offset.current,
        history,
        onChange: changed,
        onOffset: told,
        onLeave: () => host.focusToolbar(),
      });
      source.current.mark(marksOf(latest.current));
      if (fault?.line) source.current.goTo(offsetOfLine(body.current, fault.line));
      else source.current.focus();
    });
    return () => {
      isGone = true;
      if (source.current) {
        source.current.flush();
        offset.current = source.current.offset();
        source.current.destroy();
        source.current = undefined;
      }
      inner.remove();
    };
  };

  useEffect(() => {
    text.current?.showProblems(problems);
    source.current?.mark(marksOf(latest.current));
  }, [problems]);

  useEffect(() => {
    if (!goTo) return;
    offset.current = goTo.offset;
    if (source.current) source.current.goTo(goTo.offset);
    else text.current?.goTo(goTo.offset);
  }, [goTo]);

  useEffect(() => {
    latest.current.onReady?.({
      flush: () => source.current?.flush() ?? text.current?.flush() ?? body.current,
      focus: () => (source.current ?? text.current?.view)?.focus(),
      exchange: (moment) => exchangeNow.current(moment),
    });
  }, []);

  const choose = (item: Insertable, typed?: SlashState) => {
    const view = text.current?.view;
    if (!view) return;
    if (typed) view.dispatch(view.state.tr.delete(typed.from, typed.to));
    setSlash(undefined);
    if (item.command === 'picture') void insertPictures(view, host);
    else if (item.command === 'mdx') latest.current.offerMdx?.();
    else {
      item.command(view.state, view.dispatch, view);
      view.focus();
      if (!typed) focusLater(view);
      host.announce(item.label);
    }
  };
  const link = (href: string, title?: string) => {
    const view = text.current?.view;
    setDialog(undefined);
    if (!view) return;
    setLink(href, title)(view.state, view.dispatch);
    focusLater(view);
  };
  const view = text.current?.view;
  const tryAgain = () => {
    body.current = source.current?.flush() ?? body.current;
    if (opened()) setOwn('text');
  };

  return (
    <div class="story-editor">
      <div class="toolbar-place" ref={toolbar}>
        {!(shown === 'source' && props.onView) && (
          <Toolbar
            view={view}
            state={state}
            isSource={shown === 'source'}
            history={history}
            items={insertables(elements, isMdx, false).map((item) => ({ ...item, onSelect: () => choose(item) }))}
            onLink={() => setDialog('link')}
            onPicture={() => view && void insertPictures(view, host)}
            onShortcuts={() => setDialog('shortcuts')}
            // The view around the editor has its own switch.
            onView={
              props.onView ? undefined : fault ? tryAgain : () => changeView(shown === 'source' ? 'text' : 'source')
            }
          />
        )}
      </div>
      {fault && shown === 'source' && <p class="source-only">{fault.says}</p>}
      <div class="text-place" ref={place} hidden={shown === 'source'} />
      <div class="text-place" ref={sourcePlace} hidden={shown !== 'source'} />
      {slash && view && shown === 'text' && (
        <SlashMenu
          view={view}
          slash={slash}
          items={insertables(elements, isMdx, true)}
          keys={keys}
          onChoose={(item) => choose(item, slash)}
          announce={host.announce}
        />
      )}
      {dialog === 'link' && view && (
        <LinkDialog
          host={host}
          href={linkAt(view.state)?.href ?? ''}
          onClose={() => setDialog(undefined)}
          onLink={link}
        />
      )}
      {dialog === 'shortcuts' && <ShortcutsDialog onClose={() => setDialog(undefined)} />}
    </div>
  );
}
