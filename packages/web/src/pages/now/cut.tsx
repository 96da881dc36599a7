import type { Now } from '@huismeester/contracts';
import { Mark, Shape } from '../../parts/mark.tsx';
import { Section } from '../../parts/page.tsx';
import { Countdown, When } from '../../parts/time.tsx';
import { common } from '../../words/common.ts';
import { inLanguage } from '../../words/says.ts';
import { words } from './words.ts';

type Outage = NonNullable<Now['outages']>[number];

/** The stages of a cut in their order; when mains is back there are none any more. */
const stages = ['hold', 'participant', 'space-wide', 'core'] as const;

/** Each power cut: how far it has come, when the next stage begins, and why. */
export function Cut({ outages }: { readonly outages: readonly Outage[] }) {
  return (
    <Section title={words.value.cut}>
      <div class="stack">
        {outages.map((each) => (
          <div key={each.ups} class="card">
            <p class="row">
              <span class="strong">{words.value.ups(each.ups)}</span>
              <When at={each.since} />
            </p>
            {each.stage !== 'recovering' && (
              <ol class="stages">
                {stages.map((stage) => (
                  <Stage key={stage} stage={stage} outage={each} />
                ))}
              </ol>
            )}
            <p>{inLanguage(each.says)}</p>
          </div>
        ))}
      </div>
    </Section>
  );
}

function Stage({ stage, outage }: { readonly stage: (typeof stages)[number]; readonly outage: Outage }) {
  const text = words.value;
  const name = common.value.terms.stages[stage];
  const at = stages.indexOf(stage);
  const now = stages.indexOf(outage.stage as (typeof stages)[number]);
  if (at > now) {
    const isNext = outage.next?.stage === stage;
    return (
      <li class="stage">
        <Shape tone="calm" /> {name}{' '}
        {isNext && outage.next !== undefined && <Countdown at={outage.next.at} />}
      </li>
    );
  }
  return (
    <li class={at === now ? 'stage current' : 'stage'} aria-current={at === now ? 'step' : undefined}>
      <Mark tone={at === now ? 'bad' : 'calm'}>{name}</Mark>{' '}
      <span class="small">{at === now ? text.stageNow : text.stageDone}</span>
    </li>
  );
}
