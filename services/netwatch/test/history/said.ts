import { events, faults } from '@huismeester/contracts';
import { expect } from 'vitest';
import type { Taken } from './caretaker.ts';
import type { Given } from './given.ts';

const news: Readonly<Record<string, 'up' | 'down' | 'refused'>> = {
  'probe.down': 'down',
  'probe.up': 'up',
  'port.down': 'down',
  'port.up': 'up',
  'switch.unreachable': 'down',
  'switch.reachable': 'up',
  'switch.refused': 'refused',
};

/** What holds of all that is said, whatever happens. */
export class Said {
  readonly #given: Given;
  readonly #last = new Map<string, unknown>();
  readonly #incidents = new Map<string, 'open' | 'closed'>();

  constructor(given: Given) {
    this.#given = given;
  }

  check({ step, after }: Taken): void {
    for (const { type, subject, data } of step.events) {
      const about = `${type} ${subject} ${JSON.stringify(data)}`;
      expect(faults(events[type].data, data), about).toEqual([]);
      if (subject.startsWith('incident/')) this.#incident(type, subject, about);
      else if (!subject.startsWith('vantage/')) this.#thing(type, subject, about);
      if (type.endsWith('.stable')) this.#stable(after.things.get(subject), about);
    }
  }

  /** It goes up and down by turns, says nothing before its looks do, and nothing for what it needs. */
  #thing(type: string, subject: string, about: string): void {
    expect(this.#given.sight(subject), `${about}: not looked at`).toBeDefined();
    if (type.endsWith('.flapping')) expect(this.#given.explained(subject), about).toBeUndefined();
    const state = news[type];
    if (!state) return;
    expect(this.#last.get(subject), about).not.toBe(state);
    this.#last.set(subject, state);
    if (state !== 'down') return;
    expect(this.#given.explained(subject), about).toBeUndefined();
    expect(this.#given.isLost && !this.#given.isHere(subject), about).toBe(false);
  }

  /** The end of flapping says the state, too. */
  #stable(
    thing: { readonly id: string; readonly state: string; readonly root?: string } | undefined,
    about: string,
  ) {
    if (!thing) throw new Error(about);
    if (thing.state !== 'unknown' && thing.root === undefined) this.#last.set(thing.id, thing.state);
  }

  #incident(type: string, subject: string, about: string): void {
    const before = { opened: undefined, reopened: 'closed', changed: 'open', closed: 'open' };
    const how = type.slice('incident.'.length) as keyof typeof before;
    expect(this.#incidents.get(subject), about).toBe(before[how]);
    this.#incidents.set(subject, how === 'closed' ? 'closed' : 'open');
  }
}
