import type { BrokerConnection } from '@huismeester/broker';
import type { Clock } from '@huismeester/clock';
import { createTelemetry } from './adapters/telemetry.ts';
import type { Step } from './core/advance.ts';
import { type Incident, isOpen } from './core/incident.ts';
import { shownMembers } from './core/shown-members.ts';
import type { Thing } from './core/thing.ts';
import type { About, World } from './core/world.ts';
import { WatchedProbe } from './probing/watched-probe.ts';
import type { WatchedPort } from './switches/watched-port.ts';
import { WatchedSwitch } from './switches/watched-switch.ts';
import type { Views } from './views.ts';
import type { Watchers } from './watchers.ts';

/** What is published on MQTT, when it changed. */
export interface Show {
  probe(watched: WatchedProbe): void;
  /** The switch and its ports. */
  switch(watched: WatchedSwitch): void;
  /** What a step changed. */
  step(step: Step): void;
  /** Ports that their switch lists no more. */
  forget(things: readonly string[]): void;
  /** How long incidents are open. */
  tick(): void;
  /** At the start: all is unknown until it is looked at, and what is no more is cleared from the broker. */
  start(): void;
}

export interface ShowOptions {
  readonly broker: BrokerConnection | undefined;
  readonly clock: Clock;
  readonly views: Views;
  readonly watchers: Watchers;
  readonly about: (thing: string) => About;
  readonly world: () => World;
  /** Whether settings give a role to a port that was seen before, though no list of its switch was read yet. */
  readonly hasRole: (port: string) => boolean;
  /** Incidents that closed shortly before the process before this one ended: their state may still be on the broker. */
  readonly closed: readonly string[];
}

export function createShow(options: ShowOptions): Show {
  const { broker, clock, views, watchers, about, world, hasRole, closed } = options;
  const telemetry = createTelemetry(broker, clock);
  const showIncident = (incident: Incident) => {
    const { things } = world();
    const { core } = shownMembers(incident, (thing) => things.get(thing), about);
    telemetry.incident(incident, { core, time: clock.now().getTime() });
  };
  const showThing = (thing: string) => {
    const watched = watchers.of(thing);
    if (watched instanceof WatchedProbe) telemetry.probe(views.probe(watched));
    if (!(watched instanceof WatchedSwitch)) return;
    const port = watched.port(thing);
    if (port) telemetry.port(views.port(watched, port));
    else telemetry.switch(views.switch(watched));
  };
  const isAsShown = createComparison();
  return {
    probe: (watched) => telemetry.probe(views.probe(watched)),
    switch(watched) {
      telemetry.switch(views.switch(watched));
      const { things } = world();
      for (const port of watched.ports.values()) {
        if (!isAsShown(port, things.get(port.thing))) telemetry.port(views.port(watched, port));
      }
    },
    step({ things, incidents }) {
      for (const thing of things.keys()) showThing(thing);
      for (const incident of incidents.values()) {
        if (isOpen(incident)) showIncident(incident);
        else telemetry.forgetIncident(incident.id);
      }
    },
    forget: telemetry.forget,
    tick() {
      for (const incident of world().incidents.values()) if (isOpen(incident)) showIncident(incident);
    },
    start() {
      const { things, incidents } = world();
      // Ports without a role are shown once their switch lists them: one that left its list must not come back.
      const isShown = (thing: string) =>
        watchers.of(thing) !== undefined && (!thing.startsWith('port/') || hasRole(thing));
      telemetry.forget([...things.keys()].filter((thing) => !isShown(thing)));
      for (const id of closed) {
        const incident = incidents.get(id);
        // It may have been opened again since the start.
        if (!incident || !isOpen(incident)) telemetry.forgetIncident(id);
      }
      for (const { id } of watchers.all) showThing(id);
      for (const { id, flapping } of things.values())
        if (id.startsWith('port/') && isShown(id)) telemetry.unseenPort(id, { flapping });
    },
  };
}

/** Whether a port is as it was when it was asked here before: with thousands of them nearly every look changes nothing of that. */
function createComparison(): (port: WatchedPort, thing: Thing | undefined) => boolean {
  const shown = new WeakMap<
    WatchedPort,
    Pick<WatchedPort, 'known' | 'watch' | 'rates'> & { thing: Thing | undefined }
  >();
  return (port, thing) => {
    const { known, watch, rates } = port;
    const before = shown.get(port);
    if (before?.known === known && before.watch === watch && before.rates === rates && before.thing === thing)
      return true;
    shown.set(port, { known, watch, rates, thing });
    return false;
  };
}
