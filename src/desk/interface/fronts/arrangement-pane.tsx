import { useSignalEffect } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { DeskProblem } from '../contract.ts';
import { Form } from '../form/index.ts';
import { speak } from '../state/announce.ts';
import { dayKeyOf, timeOf } from '../state/dates.ts';
import type { OpenFile } from '../state/open-file.ts';
import { forms, session } from '../state/session.ts';
import type { Values } from '../state/values.ts';
import type { GoTo } from '../story/go-to.ts';
import { words } from '../words.ts';
import { type Arrangement, keyOfPlace, nameAt, type Place } from './arrangement.ts';
import { Gap } from './gap.tsx';
import { fateOf, type NamedStories } from './named-stories.ts';
import { handleHelpId, type LineContext, StoryLine } from './story-line.tsx';

interface PaneProps extends LineContext {
  file: OpenFile;
  stories: NamedStories;
  problems: DeskProblem[];
  goTo: GoTo;
}

/** A front as an editor decides it: the stories that open it, the pinned one, and the banner. */
export function ArrangementPane(props: PaneProps) {
  const { file, carrying, goTo } = props;
  const arrangement = carrying.arrangement.value;
  useSignalEffect(() => {
    const key = carrying.focus.value;
    if (key === undefined) return;
    // After the lines are drawn in their new order.
    requestAnimationFrame(() => {
      carrying.focus.value = undefined;
      document.querySelector<HTMLElement>(`[data-focus="${CSS.escape(key)}"]`)?.focus();
    });
  });
  useEffect(() => {
    const place = goTo.field && placeOfField(goTo.field);
    if (place) document.querySelector<HTMLElement>(`[data-focus="${keyOfPlace(place)}"]`)?.focus();
  }, [goTo]);
  if (!arrangement) return <p class="pane-note">{words.fronts.asText}</p>;
  return (
    <div class="arrangement">
      <p class="hidden" id={handleHelpId}>
        {words.fronts.handleHelp}
      </p>
      <Moving carrying={carrying} />
      <section class="front-part" aria-labelledby="front-opening">
        <h2 id="front-opening">{words.fronts.openingTitle}</h2>
        <p class="front-help">{words.fronts.openingHelp}</p>
        <FrontForm {...props} keys={['layout']} />
        <Opening {...props} arrangement={arrangement} />
      </section>
      <section class="front-part" aria-labelledby="front-pinned">
        <h2 id="front-pinned">{words.fronts.pinned}</h2>
        <p class="front-help">{words.fronts.pinnedHelp}</p>
        <Sole {...props} arrangement={arrangement} place={{ in: 'pinned' }} />
      </section>
      <section class="front-part" aria-labelledby="front-banner">
        <h2 id="front-banner">{words.fronts.banner}</h2>
        <p class="front-help">{words.fronts.bannerHelp}</p>
        <FrontForm {...props} keys={['banner']} />
        {hasEnded(file.values.value) && <p class="pane-note">{words.fronts.bannerEnded}</p>}
        <Sole {...props} arrangement={arrangement} place={{ in: 'banner' }} />
      </section>
    </div>
  );
}

/** Says that a story is being moved, for people who see the page, with a way out that needs no keys. */
function Moving({ carrying }: Pick<PaneProps, 'carrying'>) {
  const carried = carrying.carried.value;
  const arrangement = carrying.arrangement.value;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') carrying.cancel();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  // Undo, or another program: the places are no longer those that the story was picked up among.
  useEffect(() => carrying.cancel(), [arrangement]);
  if (carried?.by !== 'keys') return null;
  return (
    <div class="moving">
      <p>
        <b>{words.fronts.moving(carried.headline)}</b> {words.fronts.movingHelp}
      </p>
      <button type="button" class="small" onClick={() => carrying.cancel()}>
        {words.fronts.cancel}
      </button>
    </div>
  );
}

type PartProps = PaneProps & { arrangement: Arrangement };

/** A place with room for one story. */
function Sole(props: PartProps & { place: Place }) {
  const { carrying, arrangement, place } = props;
  const isFull = nameAt(arrangement, place) !== undefined;
  const says = place.in === 'banner' || place.in === 'pinned' ? words.fronts.slots[place.in] : undefined;
  return (
    <>
      {isFull && <Placed {...props} place={place} />}
      {(!isFull || carrying.carried.value?.by === 'keys') && (
        <Gap carrying={carrying} arrangement={arrangement} place={place} says={isFull ? undefined : says} />
      )}
    </>
  );
}

function Opening(props: PartProps) {
  const { carrying, arrangement } = props;
  const { entries } = arrangement;
  const gap = (place: Place, says?: string) => (
    <Gap carrying={carrying} arrangement={arrangement} place={place} says={says} />
  );
  return (
    <>
      {entries.length > 0 && (
        <ol class="opening">
          {entries.map((entry, of) => (
            <li key={of}>
              {gap({ in: 'stories', at: of })}
              <Placed {...props} place={{ in: 'stories', at: of }} last={entries.length - 1} />
              <div class="with">
                {gap({ in: 'with', of, at: 0 })}
                {entry.with.length > 0 && (
                  <ol>
                    {entry.with.map((_, at) => (
                      <li key={at}>
                        <Placed {...props} place={{ in: 'with', of, at }} last={entry.with.length - 1} />
                        {gap({ in: 'with', of, at: at + 1 })}
                      </li>
                    ))}
                  </ol>
                )}
              </div>
            </li>
          ))}
        </ol>
      )}
      {gap({ in: 'stories', at: entries.length }, entries.length === 0 ? words.fronts.slots.stories : undefined)}
    </>
  );
}

/** A story at its place, with the buttons that move it among its neighbours and remove it. */
function Placed({
  carrying,
  dragging,
  stories,
  arrangement,
  place,
  last = 0,
}: PartProps & { place: Place; last?: number }) {
  const name = nameAt(arrangement, place) ?? '';
  const story = stories.known.value.get(name);
  const headline = story?.headline ?? name;
  const key = keyOfPlace(place);
  const isLead = place.in === 'stories' && carrying.isLead(place.at);
  const at = place.in === 'stories' || place.in === 'with' ? place.at : undefined;
  const to = (gap: number): Place => ({ ...place, at: gap }) as Place;
  return (
    <StoryLine
      carrying={carrying}
      dragging={dragging}
      from={place}
      name={name}
      story={story}
      label={isLead ? words.fronts.places.lead : undefined}
      facts={sectionOf(story?.section)}
      fate={fateOf(arrangement, place, stories, (one) => carrying.placeWords(one, arrangement))}
    >
      {at !== undefined && (
        <>
          <button
            type="button"
            data-focus={`${key}:up`}
            disabled={at === 0}
            aria-label={words.fronts.up(headline)}
            onClick={() => carrying.put(place, to(at - 1), (now) => `${now}:${at === 1 ? 'down' : 'up'}`)}
          >
            <span aria-hidden="true">↑</span>
          </button>
          <button
            type="button"
            data-focus={`${key}:down`}
            disabled={at === last}
            aria-label={words.fronts.down(headline)}
            onClick={() => carrying.put(place, to(at + 2), (now) => `${now}:${at === last - 1 ? 'up' : 'down'}`)}
          >
            <span aria-hidden="true">↓</span>
          </button>
        </>
      )}
      <button type="button" aria-label={words.fronts.remove(headline)} onClick={() => carrying.remove(place)}>
        <span aria-hidden="true">×</span>
      </button>
    </StoryLine>
  );
}

/** The fields of some keys, without the stories, which are arranged below. The last one shows what nobody knows, too. */
function FrontForm({ file, problems, goTo, keys }: PaneProps & { keys: ('banner' | 'layout')[] }) {
  const all = forms.value?.front;
  const description = useMemo(() => all && { ...all, fields: withoutStory(all.fields, keys) }, [all]);
  const values = useMemo(() => valuesOf(file.values.value, keys), [file.values.value]);
  const { site } = session.value ?? {};
  if (!description) return null;
  const mine = problems.filter(({ field }) => keys.includes(field?.[0] as 'banner') && field?.[1] !== 'story');
  const goesHere = goTo.field && keys.includes(goTo.field[0] as 'banner');
  return (
    <Form
      description={description}
      values={values}
      onEdit={(edit) => file.edit(edit)}
      problems={mine}
      {...(goesHere && goTo.field && { goTo: { field: goTo.field } })}
      timeZone={site?.timeZone ?? 'UTC'}
      language={site?.language ?? 'en'}
      announce={speak}
      choices={{
        ...{ sections: [], authors: [], topics: [], series: [] },
        findStories: async () => [],
        choosePicture: async () => undefined,
        findPictures: async () => [],
        thumbnail: async () => '',
      }}
    />
  );
}

type FieldsOf = NonNullable<typeof forms.value>[string]['fields'];

function withoutStory(fields: FieldsOf, keys: string[]): FieldsOf {
  return fields
    .filter(({ key }) => keys.includes(key))
    .map((field) =>
      field.value.kind === 'group'
        ? { ...field, value: { ...field.value, fields: field.value.fields.filter(({ key }) => key !== 'story') } }
        : field,
    );
}

/** Keys that nobody knows are shown with the banner. */
function valuesOf(values: Values, keys: string[]): Record<string, unknown> {
  const others = keys.includes('banner')
    ? ['stories', 'pinned', 'layout']
    : Object.keys(values).filter((key) => !keys.includes(key));
  const own = Object.fromEntries(Object.entries(values).filter(([key]) => !others.includes(key)));
  const { banner } = own;
  if (banner === null || typeof banner !== 'object' || Array.isArray(banner)) return own;
  const rest = Object.entries(banner).filter(([key]) => key !== 'story');
  return { ...own, banner: Object.fromEntries(rest) };
}

/** The place that a field names. */
function placeOfField([first, second, third, fourth]: readonly (string | number)[]): Place | undefined {
  if (first === 'pinned') return { in: 'pinned' };
  if (first === 'banner' && second === 'story') return { in: 'banner' };
  if (first !== 'stories' || typeof second !== 'number') return undefined;
  return third === 'with' && typeof fourth === 'number'
    ? { in: 'with', of: second, at: fourth }
    : { in: 'stories', at: second };
}

/** Whether the banner has a day and time that have passed. A day without a time begins at midnight. */
function hasEnded({ banner }: Values): boolean {
  const until = banner !== null && typeof banner === 'object' && 'until' in banner ? String(banner.until) : '';
  const [, day, time = '00:00'] = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d))?$/.exec(until) ?? [];
  const now = new Date();
  return day !== undefined && `${day} ${time}` <= `${dayKeyOf(now)} ${timeOf(now)}`;
}

const sectionOf = (id: string | undefined): string | undefined =>
  id === undefined ? undefined : (session.value?.site.sections.find((one) => one.id === id)?.title ?? id);
