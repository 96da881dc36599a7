import type { Promotion, PromotionStep, PromotionWithSteps } from '@huismeester/contracts';
import { known, useResource } from '../../api/resource.ts';
import { ClauseLink } from '../../parts/clause.tsx';
import { Copyable } from '../../parts/copy.tsx';
import { Mark } from '../../parts/mark.tsx';
import type { Tone } from '../../parts/tone.ts';
import { requestPath } from './ask.ts';
import { words } from './words.ts';

const tones: Readonly<Record<PromotionStep['state'], Tone>> = {
  'to-do': 'calm',
  asked: 'warn',
  failed: 'bad',
  done: 'good',
};

/** How far what was decided is, VM by VM; and before the decision to core, what is open. */
export function Transition({ request: { id, state, to, done } }: { readonly request: Promotion }) {
  const text = words.value.promotion;
  const hasMore = state === 'granted' || state === 'undone' || (state === 'pending' && to === 'core');
  const found = known(
    useResource<PromotionWithSteps>(hasMore ? requestPath(id) : undefined, ['vm-lifecycle']),
  );
  if (found === undefined) return null;
  const { steps, open_points: points = [] } = found;
  const { points: asked } = words.value.projectWording;
  return (
    <>
      {points.length > 0 && (
        <div>
          <h4>{text.openPoints}</h4>
          <ul class="plain">
            {points.map(({ clause }) => (
              <li key={clause}>
                <ClauseLink clause={clause} /> {asked[clause]}
              </li>
            ))}
          </ul>
        </div>
      )}
      {done !== undefined && (
        <p>
          <Mark tone={done ? 'good' : 'warn'}>{done ? text.carriedOut : text.unfinished}</Mark>
        </p>
      )}
      {steps.length > 0 && (
        <div>
          <h4>{text.checklist}</h4>
          <ul class="rows">
            {steps.map((each) => (
              <StepLine key={each.ownership} step={each} />
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function StepLine({ step: { vm, pool, state, error, command } }: { readonly step: PromotionStep }) {
  const text = words.value.promotion;
  return (
    <li>
      <div class="row">
        <a class="project-link" href={`/vms/${encodeURIComponent(vm)}`}>
          {text.vmTo(vm, pool)}
        </a>
        <Mark tone={tones[state]}>{words.value.projectWording.steps[state]}</Mark>
      </div>
      {error !== undefined && <p class="error">{error}</p>}
      {command !== undefined && (
        <p>
          {text.asRoot} <Copyable text={command} what={text.command(vm)} />
        </p>
      )}
    </li>
  );
}
