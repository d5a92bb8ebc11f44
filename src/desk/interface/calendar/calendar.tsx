import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ApiError, api } from '../api.ts';
import type { Calendar as Answer } from '../contract.ts';
import { State } from '../list/story-row.tsx';
import { Fault } from '../parts/fault.tsx';
import { Shell } from '../parts/shell.tsx';
import { dayKeyOf, longDayOf, timeOf } from '../state/dates.ts';
import { addressOf, editAddress, route } from '../state/route.ts';
import { onEvent, session } from '../state/session.ts';
import { words } from '../words.ts';

/** A month, with what is due and what was published on each day. */
export function Calendar() {
  const month = /^\d{4}-\d{2}$/.test(route.value.asked.get('month') ?? '')
    ? route.value.asked.get('month')!
    : dayKeyOf(new Date()).slice(0, 7);
  const answer = useSignal<Answer | undefined>(undefined);
  const error = useSignal<ApiError | undefined>(undefined);
  const days = daysOf(month);
  useEffect(() => {
    const read = () =>
      api
        .calendar(days[0]!, days.at(-1)!)
        .then((made) => (answer.value = made))
        .catch((failure) => {
          if (!(failure instanceof ApiError)) throw failure;
          error.value = failure;
        });
    void read();
    return onEvent(() => void read());
  }, [month, session.value]);
  const stories = new Map(answer.value?.days.map(({ day, stories }) => [day, stories]));
  const today = dayKeyOf(new Date());
  return (
    <Shell>
      <div class="view-head">
        <h1>{monthName(month)}</h1>
        <nav aria-label={words.calendar.months} class="months">
          <a href={addressOf('calendar', { month: shifted(month, -1) })}>{words.calendar.before}</a>
          <a href={addressOf('calendar')}>{words.calendar.today}</a>
          <a href={addressOf('calendar', { month: shifted(month, 1) })}>{words.calendar.after}</a>
        </nav>
      </div>
      <Fault error={error.value} />
      <ol class="calendar">
        {days.map((day, at) => {
          const here = stories.get(day) ?? [];
          return (
            <li
              key={day}
              class={`day ${day === today ? 'is-today' : ''} ${here.length === 0 ? 'is-empty' : ''}`}
              style={at === 0 ? { gridColumnStart: String(weekdayOf(day)) } : {}}
            >
              <h2>
                <time dateTime={day}>{longDayOf(`${day}T12:00:00Z`)}</time>
                {day === today && <span class="today-word"> {words.calendar.isToday}</span>}
              </h2>
              {here.length > 0 && (
                <ul>
                  {here.map((story) => (
                    <li key={story.path}>
                      <State state={story.state} />{' '}
                      <time>{timeOf(story.due ?? story.published ?? `${day}T12:00:00Z`)}</time>{' '}
                      <a href={editAddress(story.path)}>{story.headline}</a>
                    </li>
                  ))}
                </ul>
              )}
            </li>
          );
        })}
      </ol>
    </Shell>
  );
}

function daysOf(month: string): string[] {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const count = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return Array.from({ length: count }, (_, at) => `${month}-${String(at + 1).padStart(2, '0')}`);
}

/** 1 is Monday. */
const weekdayOf = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay() || 7;

function shifted(month: string, by: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

const monthName = (month: string): string =>
  new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-15T12:00:00Z`),
  );
