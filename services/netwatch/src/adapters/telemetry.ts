import type { BrokerConnection } from '@huismeester/broker';
import type { PortResource, ProbeResource, SwitchResource } from '@huismeester/contracts';
import type { Clock } from '@huismeester/service';
import type { Incident } from '../core/incident.ts';
import { operNames } from '../core/port-watch.ts';
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
      const { id, certificate, degraded, flapping, latency_ms } = probe;
      const left = certificate && (Date.parse(certificate.until) - clock.now().getTime()) / dayMs;
      broker?.state('probe', id, {
        ...stateOf(probe),
        degraded: degraded === undefined ? 0 : 1,
        flapping: flapping ? 1 : 0,
        latency_ms,
        // Hours are exact enough, and a state that changes with each look would be sent with each look.
        cert_left_d: left === undefined ? undefined : Math.round(left * 24) / 24,
      });
      pivots.set('latency_ms', id, latency_ms);
    },
    switch(found) {
      const { id, ports, ports_up, uptime_s, traps } = found;
      broker?.state('switch', id, {
        ...stateOf(found),
        ports,
        ports_up,
        uptime_s: found.state === 'up' ? uptime_s : undefined,
        traps: traps.taken,
        traps_dropped: traps.dropped,
      });
    },
    port(port) {
      const { oper, admin_up, flapping, speed_bps, in_bps, out_bps, role } = port;
      // Of a port whose switch cannot be read nothing is known now.
      const isKnown = port.because === undefined && oper !== undefined;
      const key = `${port.switch}-${port.id}`;
      broker?.state('port', `${port.switch}/${port.id}`, {
        flapping: flapping ? 1 : 0,
        ...(isKnown && {
          oper: oper as (typeof operNames)[number],
          oper_n: operNames.indexOf(oper as (typeof operNames)[number]),
          up: oper === 'up' ? 1 : 0,
          admin_up: admin_up === undefined ? undefined : admin_up ? 1 : 0,
          speed_bps,
          in_bps,
          out_bps,
        }),
      });
      if (role === undefined || role === 'ignore') return;
      pivots.set('in_bps', key, isKnown ? in_bps : undefined);
      pivots.set('out_bps', key, isKnown ? out_bps : undefined);
    },
    unseenPort: (thing, { flapping }) =>
      broker?.state('port', thing.slice('port/'.length), { flapping: flapping ? 1 : 0 }),
    incident({ id, root, since, members, outage }, { core, time }) {
      broker?.state('incident', id, {
        root,
        since_s: Math.max(0, Math.round((time - since.time) / 1000)),
        members: Object.keys(members).length,
        core: core ? 1 : 0,
        outage: outage ? 1 : 0,
      });
    },
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
