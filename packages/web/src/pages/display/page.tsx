import type { Now } from '@huismeester/contracts';
import { lengthOf } from '@huismeester/contracts/sentences';
import { useEffect } from 'preact/hooks';
import { heardAt, version } from '../../api/live.ts';
import type { Failure } from '../../api/request.ts';
import { useResource } from '../../api/resource.ts';
import { useNow } from '../../app/clock.ts';
import { isOffline } from '../../app/connection.ts';
import { newest, nowServices, toneOf } from '../../app/space-state.ts';
import { titleOf } from '../../app/title.ts';
import { Mark, Shape } from '../../parts/mark.tsx';
import { Countdown } from '../../parts/time.tsx';
import { common } from '../../words/common.ts';
import { inLanguage } from '../../words/says.ts';
import { civil, relative } from '../../words/time.ts';
import { isNight } from './night.ts';
import './style.css';
import { words } from './words.ts';

/** What was not answered anew for so long is grey, as without any contact. */
const oldMs = 30_000;

/** `/display`: how the space is, for a screen on a wall. It asks nothing of anybody, and looks after itself. */
export default function DisplayPage() {
  const now = useResource<Now>('/api/v1/now', nowServices);
  const state = now.state.value;
  const time = useNow();
  useEffect(() => {
    newest.value = state.kind === 'loaded' ? state.value : undefined;
  }, [state]);
  useNewVersion();
  titleOf(common.value.pages.display);
  const hour = Number(civil(time, { hour: '2-digit', hourCycle: 'h23' }));
  // While the stream goes on `/now` may fail: then what is shown is as old as its last answer.
  const isStale = state.kind === 'loaded' && state.stale !== undefined && time - state.at > oldMs;
  const of = isStale ? state.at : isOffline.value ? heardAt.value : undefined;
  const isCut = state.kind === 'loaded' && state.value.state === 'cut';
  const look = [
    'display',
    ...(of === undefined ? [] : ['old']),
    ...(isNight(hour) && !isCut ? ['night'] : []),
  ];
  return (
    <main class={look.join(' ')} id="content">
      <h1 class="for-readers">{common.value.pages.display}</h1>
      {state.kind === 'loaded' && <Shown now={state.value} />}
      {state.kind === 'loading' && <p class="aside">{words.value.notYet}</p>}
      {state.kind === 'failed' && <NotShown failure={state.failure} />}
      {of !== undefined && (
        <p class="aside" role="status">
          {words.value.noContact(relative(of, time))}
        </p>
      )}
    </main>
  );
}

function Shown({ now }: { readonly now: Now }) {
  const { says, next, core, ups = [] } = now;
  return (
    <>
      <p class="sentence-line">
        <Shape tone={toneOf(now)} size={96} />
        <span>{inLanguage(says)}</span>
      </p>
      {next !== undefined && (
        <p class="next-line">
          {words.value.left} <Countdown at={next.at} />
        </p>
      )}
      <ul class="things">
        <li>
          <CoreLine core={core} />
        </li>
        {ups.map((each) => (
          <li key={each.id}>
            <UpsLine ups={each} />
          </li>
        ))}
      </ul>
    </>
  );
}

function CoreLine({ core: { down } }: Pick<Now, 'core'>) {
  const text = words.value;
  if (down === undefined)
    return (
      <Mark tone="unknown">
        {text.core} {common.value.unknown}
      </Mark>
    );
  return (
    <Mark tone={down === 0 ? 'good' : 'bad'}>
      {text.core} {down === 0 ? text.coreFine : text.coreDown(down)}
    </Mark>
  );
}

function UpsLine({
  ups: { id, mains, seen, charge_pct, runtime_s },
}: {
  readonly ups: NonNullable<Now['ups']>[number];
}) {
  const text = words.value;
  if (!seen || mains === 'unknown') return <Mark tone="unknown">{`${text.ups(id)} ${text.notSeen}`}</Mark>;
  const parts = [
    mains === 'on-mains' ? text.onMains : text.onBattery,
    ...(charge_pct === undefined ? [] : [`${Math.round(charge_pct)} %`]),
    ...(runtime_s === undefined ? [] : [text.lasts(lengthOf(runtime_s))]),
  ];
  return <Mark tone={mains === 'on-mains' ? 'good' : 'bad'}>{`${text.ups(id)} ${parts.join(', ')}`}</Mark>;
}

function NotShown({ failure }: { readonly failure: Failure }) {
  const text = words.value;
  // A service is away, or none answers: it is asked again by itself.
  if (failure.kind === 'unreachable' || failure.problem.status >= 500)
    return <p class="aside">{common.value.failure.unreachable}</p>;
  return (
    <div class="aside">
      <p class="strong">{text.refused}</p>
      <p>{text.refusedNext}</p>
    </div>
  );
}

/** Loads the page anew when the program has another version than at first. */
function useNewVersion(): void {
  useEffect(() => {
    let first: string | undefined;
    return version.subscribe((found) => {
      if (found === undefined) return;
      first ??= found;
      if (found !== first) location.reload();
    });
  }, []);
}
