import type { IncidentResource, PortResource, ProbeResource, SwitchResource } from '@huismeester/contracts';
import { targetOf } from './about.ts';
import { type Incident, isOpen } from './core/incident.ts';
import { iso, lengthOf } from './core/moment.ts';
import { operNames } from './core/port-watch.ts';
import { shownMembers } from './core/shown-members.ts';
import type { Thing } from './core/thing.ts';
import type { About, World } from './core/world.ts';
import type { LastLook, WatchedProbe } from './probing/watched-probe.ts';
import type { WatchedPort } from './switches/watched-port.ts';
import type { WatchedSwitch } from './switches/watched-switch.ts';
import type { Watchers } from './watchers.ts';

/** All that is watched as people see it: made of what is in memory, at each question. */
export interface Views {
  probes(): ProbeResource[];
  switches(): SwitchResource[];
  ports(): PortResource[];
  probe(watched: WatchedProbe): ProbeResource;
  switch(watched: WatchedSwitch): SwitchResource;
  port(owner: WatchedSwitch, port: WatchedPort): PortResource;
}

export function createViews(
  { probes, switches }: Watchers,
  world: () => World,
  about: (thing: string) => About,
): Views {
  const status = (id: string) => statusOf(world().things.get(id), about(id));
  const self: Views = {
    probes: () => probes.map(self.probe),
    switches: () => switches.map(self.switch),
    ports: () => switches.flatMap((each) => [...each.ports.values()].map((port) => self.port(each, port))),
    probe: (watched) => probeResource(watched, status(watched.id)),
    switch: (watched) => switchResource(watched, status(watched.id)),
    port: (owner, port) => portResource(owner, port, status(port.thing)),
  };
  return self;
}

type Status = ReturnType<typeof statusOf>;

/** A thing that was not looked at since the start is unknown, whatever it was before. */
function statusOf(thing: Thing | undefined, { core }: About) {
  if (!thing?.look) return { state: 'unknown' as const, core, flapping: thing?.flapping ?? false };
  const { state, since, root, reason, detail, incident, flapping } = thing;
  return {
    state,
    core,
    flapping,
    ...(since && { since: iso(since) }),
    ...(root !== undefined && { because: root }),
    ...(state !== 'up' && reason && { reason }),
    ...(state !== 'up' && detail !== undefined && { detail }),
    ...(incident !== undefined && { incident }),
  };
}

function probeResource(watched: WatchedProbe, status: Status): ProbeResource {
  const { settings, last, certificate } = watched;
  const { degraded } = watched.memory;
  const isGood = last?.outcome === 'up' || last?.outcome === 'degraded';
  return {
    id: settings.id,
    kind: settings.kind,
    target: targetOf(settings),
    ...(settings.role && { role: settings.role }),
    ...status,
    ...(degraded && { degraded: degraded.defect }),
    ...(isGood && last.latencyMs !== undefined && { latency_ms: last.latencyMs }),
    ...(last && { lookedAt: iso(last.at), found: foundBy(last) }),
    ...(certificate && {
      certificate: {
        until: new Date(certificate.notAfter).toISOString(),
        ...(certificate.stage && { stage: certificate.stage }),
        ...(certificate.fault && { fault: certificate.fault }),
      },
    }),
  };
}

function foundBy({ outcome, reason, detail, defect }: LastLook): NonNullable<ProbeResource['found']> {
  return {
    outcome,
    ...(reason && { reason }),
    ...(detail !== undefined && { detail }),
    ...(defect && { defect }),
  };
}

function switchResource(watched: WatchedSwitch, status: Status): SwitchResource {
  const { settings, ports, hints, about, authenticationFailures } = watched;
  const { list, uptime_s } = about;
  return {
    id: settings.id,
    host: settings.host,
    ...status,
    ...(list?.name !== undefined && { name: list.name }),
    ...(list?.description !== undefined && { description: list.description }),
    ...(uptime_s !== undefined && { uptime_s }),
    ports: ports.size,
    ports_up: [...ports.values()].filter(({ watch }) => watch.row?.oper === 1).length,
    traps: { taken: hints.taken, dropped: hints.dropped, refused: authenticationFailures },
  };
}

function portResource(owner: WatchedSwitch, port: WatchedPort, status: Status): PortResource {
  const { known, watch, rates, counters } = port;
  const role = owner.roleOf(port);
  const { row } = watch;
  const speed_bps = counters ? port.speed_bps : undefined;
  return {
    switch: owner.settings.id,
    id: known.id,
    name: known.label,
    ifIndex: known.ifIndex,
    ...status,
    ...(known.alias !== undefined && { alias: known.alias }),
    ...(role && { role }),
    ...(row?.oper !== undefined && { oper: operNames[row.oper] ?? 'unknown' }),
    ...(row?.admin !== undefined && { admin_up: row.admin === 1 }),
    ...(speed_bps !== undefined && { speed_bps }),
    ...rates,
  };
}

/** An incident, open or closed, as REST has it. */
export function incidentResource(
  incident: Incident,
  things: ReadonlyMap<string, Thing>,
  about: (thing: string) => About,
): IncidentResource {
  const { id, root, since, until, outage, others, cause } = incident;
  const { members, core } = shownMembers(incident, (thing) => things.get(thing), about);
  return {
    id,
    state: isOpen(incident) ? 'open' : 'closed',
    root,
    since: iso(since),
    ...(until && { until: iso(until), lasted_s: lengthOf(since, until).lasted_s }),
    core,
    outage,
    members,
    others: [...others],
    correlationid: cause.correlationid,
  };
}
