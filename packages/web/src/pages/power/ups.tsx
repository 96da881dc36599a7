import type { Ups } from '@huismeester/contracts';
import { lengthOf } from '@huismeester/contracts/sentences';
import { Mark } from '../../parts/mark.tsx';
import { Meter } from '../../parts/meter.tsx';
import { Facts } from '../../parts/table.tsx';
import { Relative } from '../../parts/time.tsx';
import type { Tone } from '../../parts/tone.ts';
import { common } from '../../words/common.ts';
import { History } from './history.tsx';
import { words } from './words.ts';

/** One UPS: what feeds it, its battery, what it carries, and whether it is heard. */
export function UpsCard({ ups }: { readonly ups: Ups }) {
  const text = words.value;
  const { id, manufacturer, model, charge_pct, since } = ups;
  const make = [manufacturer, model].filter((each) => each !== undefined).join(' ');
  const { tone, state } = sourceOf(ups);
  return (
    <section class="card ups" aria-label={id}>
      <div class="card-head">
        <h2>{id}</h2>
        <Mark tone={tone}>{state}</Mark>
      </div>
      {make !== '' && <p class="small">{make}</p>}
      <Meter
        label={text.charge}
        text={percent(charge_pct)}
        part={charge_pct === undefined ? undefined : charge_pct / 100}
        tone={toneOfCharge(charge_pct)}
      />
      <Facts
        of={[
          [text.runtime, ups.runtime_s === undefined ? common.value.unknown : lengthOf(ups.runtime_s)],
          [text.load, percent(ups.load_pct)],
          [text.power, unit(ups.power_w, 'W')],
          [text.input, unit(ups.input_v, 'V')],
          [text.contact, common.value.terms.contacts[ups.contact]],
          [text.since, since === undefined ? common.value.none : <Relative at={since} />],
        ]}
      />
      <Flags ups={ups} />
      <History ups={id} />
    </section>
  );
}

function Flags({ ups }: { readonly ups: Ups }) {
  const text = words.value;
  const all: readonly (readonly [boolean, Tone, string])[] = [
    [ups.low, 'bad', text.low],
    [ups.forced, 'bad', text.forced],
    [ups.stuckForced, 'warn', text.stuck],
    [ups.replaceBattery, 'warn', text.replace],
    [ups.testing, 'calm', text.testing],
  ];
  const set = all.filter(([isSet]) => isSet);
  if (set.length === 0) return null;
  return (
    <ul class="stack">
      {set.map(([, tone, what]) => (
        <li key={what}>
          <Mark tone={tone}>{what}</Mark>
        </li>
      ))}
    </ul>
  );
}

/** What feeds it; without contact that is unknown, whatever it was. */
function sourceOf({ mains, contact }: Ups): { readonly tone: Tone; readonly state: string } {
  const text = words.value;
  if (contact !== 'ok' && mains !== 'on-battery') return { tone: 'unknown', state: text.notSeen };
  if (mains === 'unknown') return { tone: 'unknown', state: common.value.unknown };
  return mains === 'on-battery'
    ? { tone: 'bad', state: text.onBattery }
    : { tone: 'good', state: text.onMains };
}

function toneOfCharge(charge: number | undefined): Tone {
  if (charge === undefined) return 'unknown';
  if (charge < 20) return 'bad';
  return charge < 50 ? 'warn' : 'good';
}

function percent(value: number | undefined): string {
  return unit(value, '%');
}

function unit(value: number | undefined, name: string): string {
  return value === undefined ? common.value.unknown : `${Math.round(value)} ${name}`;
}
