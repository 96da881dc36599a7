import { useNow } from '../app/clock.ts';
import { countdown, fullMoment, moment, relative } from '../words/time.ts';

type Moment = { readonly at: string };

/** A moment: `14:03`, with the day where that is another. */
export function When({ at }: Moment) {
  return (
    <time dateTime={at} title={fullMoment(at)}>
      {moment(at, useNow())}
    </time>
  );
}

/** How long ago, or from now, a moment is. */
export function Relative({ at }: Moment) {
  return (
    <time dateTime={at} title={fullMoment(at)}>
      {relative(at, useNow())}
    </time>
  );
}

/** What is left until a moment, by the second: `2:05`; nothing once it has come. No live region: it would be read out each second. */
export function Countdown({ at }: Moment) {
  const now = useNow();
  if (Date.parse(at) <= now) return null;
  return (
    <span class="countdown" role="timer">
      {countdown(at, now)}
    </span>
  );
}
