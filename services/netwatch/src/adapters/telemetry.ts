import type { BrokerConnection, SaidState } from '@huismeester/broker';
import type { PortResource, ProbeResource, SwitchResource } from '@huismeester/contracts';
import type { Clock } from '@huismeester/service';
import type { Incident } from '../core/incident.ts';
import { vantageId } from '../core/judge.ts';
import { type Oper, operNames } from '../core/port-watch.ts';
import { createPivots } from './pivots.ts';

/** Publishes what is watched on MQTT: a retained state each, and a pivot a metric. */
export interface Telemetry {
  probe(probe: ProbeResource): void;
  switch(found: SwitchResource): void;
  port(port: PortResource): void;
  /** A port that was not looked at since the start. */
  unseenPort(thing: string, options: { readonly flapping: boolean }): void;
  incident(incident: Incident, options: { readonly core: boolean; readonly time: number }): void;
  forgetIncident(id: string): void;
  /** Clears the states of things that left the settings. */
  forget(things: readonly string[]): void;
}

const dayMs = 86_400_000;

export function createTelemetry(broker: BrokerConnection | undefined, clock: Clock): Telemetry {
  const pivots = createPivots(broker, clock);
  return {
    probe(probe) {
      broker?.state('probe', probe.id, probePayload(probe, clock.now().getTime()));
      pivots.set('latency_ms', probe.id, probe.latency_ms);
    },
    switch: (found) => broker?.state('switch', found.id, switchPayload(found)),
    port(port) {
      broker?.state('port', `${port.switch}/${port.id}`, portPayload(port));
      if (port.role === undefined || port.role === 'ignore') return;
      const key = `${port.switch}-${port.id}`;
      pivots.set('in_bps', key, isKnown(port) ? port.in_bps : undefined);
      pivots.set('out_bps', key, isKnown(port) ? port.out_bps : undefined);
    },
    unseenPort: (thing, { flapping }) =>
      broker?.state('port', thing.slice('port/'.length), { flapping: flag(flapping) }),
    incident: (incident, more) => broker?.state('incident', incident.id, incidentPayload(incident, more)),
    forgetIncident: (id) => broker?.removeState('incident', id),
    forget(things) {
      for (const thing of things) {
        const [kind = '', ...ids] = thing.split('/');
        if (kind === 'probe' || kind === 'switch' || kind === 'port')
          broker?.removeState(kind, ids.join('/'));
      }
    },
  };
}

function stateOf({ state, because }: Pick<ProbeResource, 'state' | 'because'>) {
  return { state, up: state === 'unknown' ? undefined : state === 'up' ? 1 : 0, because } as const;
}

const flag = (is: boolean) => (is ? 1 : 0);

function probePayload(probe: ProbeResource, time: number): SaidState<'probe'> {
  const { certificate, degraded, flapping, latency_ms } = probe;
  const left = certificate && (Date.parse(certificate.until) - time) / dayMs;
  return {
    ...stateOf(probe),
    degraded: flag(degraded !== undefined),
    flapping: flag(flapping),
    latency_ms,
    // Hours are exact enough, and a state that changes with each look would be sent with each look.
    cert_left_d: left === undefined ? undefined : Math.round(left * 24) / 24,
  };
}

function switchPayload(found: SwitchResource): SaidState<'switch'> {
  const { ports, ports_up, uptime_s, traps, state } = found;
  return {
    ...stateOf(found),
    ports,
    ports_up,
    uptime_s: state === 'up' ? uptime_s : undefined,
    traps: traps.taken,
    traps_dropped: traps.dropped,
  };
}

/** Of a port whose switch cannot be read nothing is known now: there is no row then, but for one from before our place was lost. */
function isKnown({ because, oper }: PortResource): boolean {
  return oper !== undefined && because !== vantageId;
}

function portPayload(port: PortResource): SaidState<'port'> {
  const { admin_up, flapping, speed_bps, in_bps, out_bps } = port;
  if (!isKnown(port)) return { flapping: flag(flapping) };
  const oper = port.oper as Oper;
  return {
    flapping: flag(flapping),
    oper,
    oper_n: operNames.indexOf(oper),
    up: flag(oper === 'up'),
    admin_up: admin_up === undefined ? undefined : flag(admin_up),
    speed_bps,
    in_bps,
    out_bps,
  };
}

function incidentPayload(
  { root, since, members, outage }: Incident,
  { core, time }: { readonly core: boolean; readonly time: number },
): SaidState<'incident'> {
  return {
    root,
    since_s: Math.max(0, Math.round((time - since.time) / 1000)),
    members: Object.keys(members).length,
    core: flag(core),
    outage: flag(outage),
  };
}
