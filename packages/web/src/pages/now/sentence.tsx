import type { Now } from '@huismeester/contracts';
import { heardAt } from '../../api/live.ts';
import { toneOf } from '../../app/space-state.ts';
import { Shape } from '../../parts/mark.tsx';
import { Countdown, Relative } from '../../parts/time.tsx';
import { inLanguage } from '../../words/says.ts';
import { words } from './words.ts';

/** How the space is: a shape, one sentence, how old it is, and in a power cut what comes next. */
export function Sentence({ now }: { readonly now: Now }) {
  const tone = toneOf(now);
  const text = words.value;
  // While nothing changes it is answered as it was, and is as of then.
  const asOf = heardAt.value === undefined ? now.at : new Date(heardAt.value).toISOString();
  const named = (state: 'behind' | 'away') =>
    now.sources.filter((each) => each.state === state).map(({ service }) => service);
  const [behind, away] = [named('behind'), named('away')];
  return (
    <div class={`sentence ${tone}`} aria-live="polite">
      <Shape tone={tone} size={44} />
      <div>
        <p class="says">{inLanguage(now.says)}</p>
        {now.next !== undefined && (
          <p class="next">
            {text.left} <Countdown at={now.next.at} />
          </p>
        )}
        <p class="small">
          {text.since} <Relative at={asOf} />
          {away.length > 0 && <> · {text.away(away.join(', '))}</>}
          {behind.length > 0 && <> · {text.behind(behind.join(', '))}</>}
        </p>
      </div>
    </div>
  );
}
