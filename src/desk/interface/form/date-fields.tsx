import { GroupFrame } from './field-frame.tsx';
import { idOf, useForm, type ValueProps } from './state.ts';
import { TextField } from './text-fields.tsx';
import { formWords } from './words.ts';

/** A date as a file contains it: its day, and what follows. */
const written = /^(\d{4}-\d\d-\d\d)(?:([T ])(\d\d:\d\d)(:\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * A day with or without a time. Seconds and an offset from UTC stay if the time changes. A date that is written in
 * another way is shown as text.
 */
export function DateField(props: ValueProps) {
  const { edit, id: form, timeZone } = useForm();
  const parts = written.exec(String(props.value ?? ''));
  if (props.value !== undefined && !parts)
    return <TextField {...props} label={`${props.label} (${formWords.dateAsText})`} />;
  const [, day = '', sign = 'T', time = '', seconds = '', offset = ''] = parts ?? [];
  const put = (newDay: string, newTime: string) =>
    edit({
      path: props.path,
      value:
        newDay === ''
          ? undefined
          : newTime === ''
            ? newDay
            : `${newDay}${sign}${newTime.slice(0, 5)}${seconds}${offset}`,
    });
  const id = idOf(form, props.path);
  return (
    <GroupFrame {...props} note={offset ? formWords.ownZone(offset) : formWords.timeIn(timeZone)}>
      <div class="field-date">
        <label for={`${id}:day`}>{formWords.day}</label>
        <input id={`${id}:day`} type="date" value={day} onInput={(event) => put(event.currentTarget.value, time)} />
        <label for={`${id}:time`}>{formWords.time}</label>
        <input
          id={`${id}:time`}
          type="time"
          value={time}
          disabled={day === ''}
          onInput={(event) => put(day, event.currentTarget.value)}
        />
        {time !== '' && (
          <button type="button" onClick={() => put(day, '')}>
            {formWords.removeTime}
          </button>
        )}
      </div>
    </GroupFrame>
  );
}

/** The most important point of a picture, as two percentages. */
export function FocusField(props: ValueProps) {
  const { edit, id: form } = useForm();
  const parts = /^(\d{1,3})% (\d{1,3})%$/.exec(String(props.value ?? ''));
  if (props.value !== undefined && !parts) return <TextField {...props} />;
  const [left, top] = [parts?.[1] ?? '', parts?.[2] ?? ''];
  const put = (x: string, y: string) => {
    const at = (text: string, other: string) => (text === '' && other !== '' ? '50' : text);
    const point = [at(x, y), at(y, x)];
    const isPoint = point.every((text) => /^\d{1,3}$/.test(text) && Number(text) <= 100);
    if (x === '' && y === '') edit({ path: props.path });
    else if (isPoint) edit({ path: props.path, value: `${Number(point[0])}% ${Number(point[1])}%` });
  };
  const id = idOf(form, props.path);
  return (
    <GroupFrame {...props}>
      <div class="field-focus">
        <label for={`${id}:left`}>{formWords.fromLeft}</label>
        <input
          id={`${id}:left`}
          type="number"
          min={0}
          max={100}
          value={left}
          onInput={(event) => put(event.currentTarget.value, top)}
        />
        <label for={`${id}:top`}>{formWords.fromTop}</label>
        <input
          id={`${id}:top`}
          type="number"
          min={0}
          max={100}
          value={top}
          onInput={(event) => put(left, event.currentTarget.value)}
        />
      </div>
    </GroupFrame>
  );
}
