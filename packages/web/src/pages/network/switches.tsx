import type { PortResource, SwitchResource } from '@huismeester/contracts';
import { lengthOf } from '@huismeester/contracts/sentences';
import { useList } from '../../api/resource.ts';
import { useAnchor } from '../../parts/anchor.ts';
import { Fetched } from '../../parts/fetched.tsx';
import { Mark, Shape } from '../../parts/mark.tsx';
import { Section } from '../../parts/page.tsx';
import { Table } from '../../parts/table.tsx';
import { Relative } from '../../parts/time.tsx';
import { common } from '../../words/common.ts';
import { HeldUntil } from './hold.tsx';
import { rateOf, stateOfPort, toneOfPort, tones } from './states.ts';
import { Remarks } from './thing.tsx';
import { words } from './words.ts';

/** A switch with more ports shows the table of them on demand. */
const mostShown = 12;

/** The switches, with the ports of each. */
export function Switches() {
  const text = words.value;
  const switches = useList<SwitchResource>('/api/v1/switches', ['netwatch']);
  const nothing = (
    <>
      <p class="strong">{text.noSwitches}</p>
      <p>{text.noSwitchesNext}</p>
    </>
  );
  return (
    <Section title={text.switches}>
      <Fetched of={switches} empty={nothing} lines={5}>
        {(all) => (
          <ul class="stack">
            {all.map((each) => (
              <li key={each.id} id={`switch/${each.id}`} class="thing">
                <SwitchCard of={each} />
              </li>
            ))}
          </ul>
        )}
      </Fetched>
    </Section>
  );
}

function SwitchCard({ of }: { readonly of: SwitchResource }) {
  const text = words.value;
  const { id, name, description, state, uptime_s, ports: count, ports_up } = of;
  const ports = useList<PortResource>(`/api/v1/ports?switch=${id}&order=ifIndex`, ['netwatch']);
  useAnchor(ports.state.value.kind === 'loaded' || undefined);
  const facts = [
    text.link(ports_up, count),
    uptime_s === undefined ? undefined : text.uptime(lengthOf(uptime_s)),
    description,
  ].filter((each) => each !== undefined);
  return (
    <article class="card" aria-label={id}>
      <div class="card-head">
        <h3>
          {id}
          {name !== undefined && name !== id && ` (${name})`}
        </h3>
        <Mark tone={tones[state]}>{common.value.terms.thingStates[state]}</Mark>
      </div>
      <div class="row">
        <p class="small">{facts.join(' · ')}</p>
        <HeldUntil target={`switch/${id}`} called={id} />
      </div>
      <Remarks thing={of} />
      <Fetched of={ports} empty={<p>{text.noPorts}</p>}>
        {(all) => (
          <>
            <Front ports={all} />
            <details open={all.length <= mostShown}>
              <summary>{text.portsOf(id)}</summary>
              <Ports of={id} ports={all} />
            </details>
          </>
        )}
      </Fetched>
    </article>
  );
}

/** The front of the switch, for the eye alone: the table has the same in words. */
function Front({ ports }: { readonly ports: readonly PortResource[] }) {
  return (
    <ul class="front" aria-hidden="true">
      {ports.map((each) => (
        <li key={each.id} title={`${each.name} ${each.alias ?? ''}`}>
          <Shape tone={toneOfPort(each)} />
          <small>{each.ifIndex}</small>
        </li>
      ))}
    </ul>
  );
}

function Ports({ of, ports }: { readonly of: string; readonly ports: readonly PortResource[] }) {
  const text = words.value;
  const { none, locale, unknown } = common.value;
  return (
    <Table
      caption={text.portsOf(of)}
      rows={ports}
      keyOf={({ id }) => id}
      columns={[
        {
          head: text.port,
          of: ({ id, name, alias }) => (
            <span id={`port/${of}/${id}`} class="thing">
              {name} {alias !== undefined && <span class="small">{alias}</span>}
            </span>
          ),
        },
        { head: text.state, of: (port) => <PortState port={port} /> },
        {
          head: text.role,
          of: ({ role, core }) =>
            (role === undefined ? none : (text.roles[role] ?? role)) + (core ? ` (${text.core})` : ''),
        },
        { head: text.speed, of: ({ speed_bps }) => rateOf(speed_bps, locale) ?? unknown, number: true },
        { head: text.into, of: ({ in_bps }) => rateOf(in_bps, locale) ?? unknown, number: true },
        { head: text.out, of: ({ out_bps }) => rateOf(out_bps, locale) ?? unknown, number: true },
        { head: text.since, of: ({ since }) => (since === undefined ? none : <Relative at={since} />) },
      ]}
    />
  );
}

function PortState({ port }: { readonly port: PortResource }) {
  const text = words.value;
  const state = stateOfPort(port);
  return (
    <>
      <Mark tone={toneOfPort(port)}>{state === 'unknown' ? common.value.unknown : text[state]}</Mark>
      <Remarks thing={port} />
    </>
  );
}
