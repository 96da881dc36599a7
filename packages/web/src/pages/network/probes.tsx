import type { AvailabilityResource, Hold, ProbeResource } from '@huismeester/contracts';
import { done, useAct } from '../../api/act.ts';
import { send } from '../../api/request.ts';
import { known, useList } from '../../api/resource.ts';
import { may } from '../../app/session.ts';
import { useAnchor } from '../../parts/anchor.ts';
import { Button } from '../../parts/button.tsx';
import { FailureNote } from '../../parts/failure.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Lacking } from '../../parts/lacking.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Section } from '../../parts/page.tsx';
import { Facts } from '../../parts/table.tsx';
import { Relative } from '../../parts/time.tsx';
import { common } from '../../words/common.ts';
import { HeldUntil } from './hold.tsx';
import { percentOf, toneOfProbe } from './states.ts';
import { DayStrip, StripLegend } from './strip.tsx';
import { Remarks } from './thing.tsx';
import { words } from './words.ts';

/** The services that are probed, with the last day of each. */
export function Probes() {
  const text = words.value;
  const probes = useList<ProbeResource>('/api/v1/probes', ['netwatch']);
  const nothing = (
    <>
      <p class="strong">{text.noProbes}</p>
      <p>{text.noProbesNext}</p>
    </>
  );
  return (
    <Section title={text.probes}>
      <Fetched of={probes} empty={nothing} lines={5}>
        {(all) => <ProbeCards all={all} />}
      </Fetched>
    </Section>
  );
}

const weights = { bad: 0, warn: 1, unknown: 2, calm: 3, good: 4 } as const;

function ProbeCards({ all }: { readonly all: readonly ProbeResource[] }) {
  const availability = useList<AvailabilityResource>('/api/v1/availability', ['netwatch']);
  const figures = new Map(known(availability)?.map((each) => [each.thing, each] as const));
  const holds = useList<Hold>('/api/v1/holds', ['policy']);
  const weight = (probe: ProbeResource): number => weights[toneOfProbe(probe)];
  useAnchor(all);
  return (
    <>
      <Lacking of={holds}>{words.value.lacks.holds}</Lacking>
      <ul class="cards">
        {all
          .toSorted((a, b) => weight(a) - weight(b))
          .map((each) => (
            <li key={each.id} id={`probe/${each.id}`} class="thing">
              <ProbeCard probe={each} figures={figures.get(`probe/${each.id}`)} />
            </li>
          ))}
      </ul>
      <StripLegend />
    </>
  );
}

function ProbeCard({
  probe,
  figures,
}: {
  readonly probe: ProbeResource;
  readonly figures: AvailabilityResource | undefined;
}) {
  const text = words.value;
  const { id, kind, target, state, since, core, latency_ms, lookedAt } = probe;
  const { terms, unknown, locale } = common.value;
  const look = useAct(async () => {
    const { value } = await send(`/api/v1/probes/${id}/look`, { method: 'POST' });
    done(text.looked(id, terms.thingStates[(value as ProbeResource).state]));
  });
  return (
    <article class="card" aria-label={id}>
      <div class="card-head">
        <h3>
          {id} {core && <span class="chip">{text.core}</span>}
        </h3>
        <Mark tone={toneOfProbe(probe)}>{terms.thingStates[state]}</Mark>
      </div>
      <p class="small target">
        {kind} {target}
      </p>
      <Remarks thing={probe} />
      <Quality probe={probe} />
      <div class="strip">{figures !== undefined && <DayStrip of={figures} />}</div>
      <Facts
        of={[
          [text.available, percentOf(figures?.day.availability_ratio, locale) ?? unknown],
          [text.latency, latency_ms === undefined ? unknown : `${Math.round(latency_ms)} ms`],
          [text.since, since === undefined ? unknown : <Relative at={since} />],
        ]}
      />
      <div class="row">
        <span class="small">
          {text.lookedAt} {lookedAt === undefined ? unknown : <Relative at={lookedAt} />}
        </span>
        <span class="row">
          <HeldUntil target={`probe/${id}`} called={id} />
          {may('trial', 'infrateam', 'administrator') && (
            <Button look="quiet" busy={look.busy} label={text.lookAt(id)} onClick={() => void look.run()}>
              {text.look}
            </Button>
          )}
        </span>
      </div>
      {look.failure && <FailureNote failure={look.failure} />}
    </article>
  );
}

/** What is not as it should be with one that answers. */
function Quality({ probe: { degraded, certificate } }: { readonly probe: ProbeResource }) {
  const text = words.value;
  const { fault, stage, until } = certificate ?? {};
  return (
    <>
      {degraded !== undefined && (
        <p>
          <Mark tone="warn">{text.degraded(text.defects[degraded] ?? degraded)}</Mark>
        </p>
      )}
      {fault !== undefined && (
        <p>
          <Mark tone="bad">{text.certificateFault(common.value.terms.certificateFaults[fault])}</Mark>
        </p>
      )}
      {stage !== undefined && until !== undefined && (
        <p>
          <Mark tone={stage === 'urgent' ? 'bad' : 'warn'}>
            {text.certificateEnds} <Relative at={until} />
          </Mark>
        </p>
      )}
    </>
  );
}
