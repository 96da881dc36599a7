import type { AvailabilityResource } from '@huismeester/contracts';
import { common } from '../../words/common.ts';
import { percentOf, stateOfHalfHour } from './states.ts';
import { words } from './words.ts';

/** Heights differ too, so that nobody has to tell colours apart. */
const heights = { up: 14, partly: 24, down: 24, unknown: 5 } as const;
const size = { width: 480, height: 24 } as const;

/** The last day in 48 half hours, oldest first. */
export function DayStrip({ of: { half_hours, day } }: { readonly of: AvailabilityResource }) {
  const text = words.value;
  const states = half_hours.map(stateOfHalfHour);
  const step = size.width / states.length;
  const away = states.filter((each) => each === 'down' || each === 'partly').length;
  const unknown = states.filter((each) => each === 'unknown').length;
  const up = percentOf(day.availability_ratio, common.value.locale) ?? common.value.unknown;
  return (
    <>
      <svg
        viewBox={`0 0 ${size.width} ${size.height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={text.strip(up, away, unknown)}
      >
        {states.map((state, index) => (
          <rect
            key={index}
            class={state}
            x={index * step + 1}
            y={size.height - heights[state]}
            width={step - 2}
            height={heights[state]}
          />
        ))}
      </svg>
      <p class="row small" aria-hidden="true">
        <span>{text.dayAgo}</span>
        <span>{text.now}</span>
      </p>
    </>
  );
}

/** What the colours and heights of strips say. */
export function StripLegend() {
  const text = words.value;
  return (
    <ul class="strip-legend small">
      {(['up', 'partly', 'down', 'unknown'] as const).map((state) => (
        <li key={state}>
          <svg viewBox={`0 0 8 ${size.height}`} width="8" height="16" aria-hidden="true">
            <rect class={state} y={size.height - heights[state]} width="8" height={heights[state]} />
          </svg>{' '}
          {text.legend[state]}
        </li>
      ))}
    </ul>
  );
}
