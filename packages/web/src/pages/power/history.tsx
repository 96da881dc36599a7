import type { Power, UpsHistory } from '@huismeester/contracts';
import { known, useResource } from '../../api/resource.ts';
import { useNow } from '../../app/clock.ts';
import { Chart, type Span } from '../../parts/chart.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Lacking } from '../../parts/lacking.tsx';
import { common } from '../../words/common.ts';
import { words } from './words.ts';

const dayMs = 24 * 3_600_000;

type Sample = UpsHistory['points'][number];

/** The last day of a UPS: its charge, with the limits of the stages and power cuts marked, and its load. */
export function History({ ups }: { readonly ups: string }) {
  const text = words.value;
  const history = useResource<UpsHistory>(`/api/v1/ups/${ups}/history?hours=24`, ['ups-monitor']);
  const power = useResource<Power>('/api/v1/power', ['policy']);
  const to = useNow();
  const found = known(power);
  const limits = found === undefined ? [] : limitsOf(found);
  return (
    <>
      <h3>{text.day}</h3>
      <Lacking of={power}>{text.lacks.limits}</Lacking>
      <Fetched of={history}>
        {({ points, step_s }) => {
          if (points.length === 0) return <p class="soft">{text.noHistory}</p>;
          const shared = {
            from: to - dayMs,
            to,
            unit: '%',
            spans: cutsIn(points, text.cut, to),
            gapMs: step_s * 2_500,
          };
          const of = (value: (sample: Sample) => number | undefined) =>
            points.map((each) => ({ at: Date.parse(each.at), value: value(each) }));
          return (
            <>
              <Chart
                {...shared}
                label={text.chargeOf(ups)}
                max={100}
                points={of(({ charge_pct }) => charge_pct)}
                limits={limits}
              />
              <Chart {...shared} label={text.loadOf(ups)} points={of(({ load_pct }) => load_pct)} />
            </>
          );
        }}
      </Fetched>
    </>
  );
}

/** Below which charge the stages of a power cut begin. */
function limitsOf({ limits }: Power): { value: number; text: string }[] {
  if (limits === undefined) return [];
  return (['space-wide', 'core'] as const).map((stage) => ({
    value: limits[stage].charge_pct,
    text: common.value.terms.stages[stage],
  }));
}

/** The times on battery; one that goes on lasts until now. */
function cutsIn(points: readonly Sample[], text: string, now: number): Span[] {
  const spans: Span[] = [];
  let from: number | undefined;
  for (const { at, mains } of points) {
    const time = Date.parse(at);
    if (mains === 'on-battery') from ??= time;
    else if (from !== undefined) {
      spans.push({ from, to: time, tone: 'bad', text });
      from = undefined;
    }
  }
  return from === undefined ? spans : [...spans, { from, to: now, tone: 'bad', text }];
}
