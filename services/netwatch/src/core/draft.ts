import type { EventData, EventType } from '@huismeester/contracts';
import { createExplainer, type Explainer, type Explanation } from './explain.ts';
import { type Incident, isOpen, type Membership } from './incident.ts';
import type { Evidence, Outside, Thing } from './thing.ts';
import { newThing } from './thing.ts';
import type { Span, Surroundings, Vantage, World } from './world.ts';

/** An event with its id, since others name it as their cause. */
export interface IdentifiedEvent<T extends EventType = EventType> {
  readonly id: string;
  readonly type: T;
  readonly subject: string;
  readonly data: EventData<T>;
  readonly cause?: Evidence;
}

/** What a step changes, beside the world that it began with: nothing of that is written to until all is stored. */
export interface Changes {
  readonly things: ReadonlyMap<string, Thing>;
  readonly outside: ReadonlyMap<string, Outside | undefined>;
  readonly incidents: ReadonlyMap<string, Incident>;
  readonly nextIncident: number;
  readonly vantage: Vantage | undefined;
  readonly events: readonly IdentifiedEvent[];
  readonly spans: readonly Span[];
}

/** What one step has changed so far, over the world that it began with. */
export class Draft {
  readonly world: World;
  readonly around: Surroundings;
  readonly things = new Map<string, Thing>();
  readonly outsides = new Map<string, Outside | undefined>();
  readonly incidents = new Map<string, Incident>();
  readonly events: IdentifiedEvent[] = [];
  readonly spans: Span[] = [];
  /** Incidents of which something may have to be said. */
  readonly touched = new Set<string>();
  /** To be looked at at once. */
  readonly lookAt = new Set<string>();
  /** To be looked at from zero: what was counted so far does not count. */
  readonly fresh = new Set<string>();
  vantage: Vantage | undefined;
  nextIncident: number;
  /** When something waits for this step's successor, ms from now. */
  dueMs: number | undefined;
  /** A verdict waits for looks. */
  waits: boolean = false as boolean;
  /** Members of incidents as this step has them: one copy each, since there may be thousands. */
  readonly #members = new Map<string, Record<string, Membership>>();
  #explainer: Explainer | undefined;

  constructor(world: World, around: Surroundings) {
    this.world = world;
    this.around = around;
    this.vantage = world.vantage;
    this.nextIncident = world.nextIncident;
  }

  thing(id: string): Thing | undefined {
    return this.things.get(id) ?? this.world.things.get(id);
  }

  allThings(): Set<string> {
    return new Set([...this.world.things.keys(), ...this.things.keys()]);
  }

  /**
   * The thing, changed in these fields; undefined takes a field away. It is left in as undefined, which reads the same and is not
   * stored: thousands of things may change in one step.
   */
  change(id: string, fields: { readonly [K in keyof Thing]?: Thing[K] | undefined }): Thing {
    const changed = { ...(this.thing(id) ?? newThing(id)), ...fields } as Thing;
    this.things.set(id, changed);
    return changed;
  }

  outside(id: string): Outside | undefined {
    return this.outsides.has(id) ? this.outsides.get(id) : this.world.outside.get(id);
  }

  incident(id: string | undefined): Incident | undefined {
    if (id === undefined) return undefined;
    return this.incidents.get(id) ?? this.world.incidents.get(id);
  }

  /** The incident with a member set, or taken out. */
  withMember(incident: Incident, id: string, member: Membership | undefined): Incident {
    const members = this.#members.get(incident.id) ?? { ...incident.members };
    this.#members.set(incident.id, members);
    if (member) members[id] = member;
    else Reflect.deleteProperty(members, id);
    return { ...incident, members };
  }

  allIncidents(): Incident[] {
    return [...new Map([...this.world.incidents, ...this.incidents]).values()];
  }

  openWithRoot(root: string): Incident | undefined {
    return this.allIncidents().find((each) => isOpen(each) && each.root === root);
  }

  /** What explains that a thing fails, by what is known now; all sights must have been taken in. */
  explain(id: string): Explanation | undefined {
    return this.#explained().explain(id);
  }

  /** Whether a thing has failed, for itself or because of another. */
  hasFailed(id: string): boolean {
    return this.#explained().hasFailed(id);
  }

  #explained(): Explainer {
    this.#explainer ??= createExplainer({
      graph: this.around.graph,
      thing: (each) => this.thing(each),
      outside: (each) => this.outside(each),
    });
    return this.#explainer;
  }

  say<T extends EventType>(type: T, subject: string, data: EventData<T>, cause?: Evidence): Evidence {
    const id = this.around.newId();
    this.events.push({ id, type, subject, data, ...(cause && { cause }) });
    return { id, correlationid: cause?.correlationid ?? id };
  }

  /** The next step is due after so long, or sooner. */
  due(ms: number): void {
    this.dueMs = Math.min(this.dueMs ?? ms, ms);
  }
}
