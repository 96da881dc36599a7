import { expect } from 'vitest';
import { type Incident, isOpen } from '../../src/core/incident.ts';
import { type Caretaker, isPower, type Taken } from './caretaker.ts';
import { Given } from './given.ts';
import { Said } from './said.ts';
import type { Truth } from './truth.ts';

const vantage = 'vantage/main';

/** What holds after each step, whatever happens. */
export class Check {
  readonly #given: Given;
  readonly #said: Said;
  readonly #spans = new Map<string, number>();
  /** What a power cut explained. */
  readonly #off = new Set<string>();
  #startedAt = 0;

  constructor(truth: Truth) {
    this.#given = new Given(truth);
    this.#said = new Said(this.#given);
  }

  step(taken: Taken, caretaker: Caretaker): void {
    if (this.#startedAt !== caretaker.startedAt) this.#given.restart();
    this.#startedAt = caretaker.startedAt;
    for (const signal of taken.signals) this.#given.take(signal);
    this.#answering(taken, caretaker);
    this.#explained(taken);
    this.#lost(taken);
    this.#incidents(taken);
    this.#intervals(taken, caretaker);
    this.#said.check(taken);
  }

  /** A thing that answers is up. */
  #answering({ after }: Taken, { looks }: Caretaker): void {
    for (const { item, good } of looks?.places.values() ?? []) {
      if (after.vantage && !item.here) continue;
      if (good >= item.counting.good) expect(after.things.get(item.id)?.state, item.id).toBe('up');
    }
  }

  /** What a state is because of has failed, is needed, and has no failed parents; what is down by itself has none either. */
  #explained({ step, before }: Taken): void {
    for (const [id, { state, root, look }] of step.things) {
      const was = before.things.get(id);
      if ((was?.state === state && was.root === root) || state === 'up' || !look?.judged) continue;
      const about = `${id} is ${state} because of ${root}`;
      if (root === vantage) expect(this.#given.isLost, about).toBe(true);
      else if (root === undefined) expect(this.#given.explained(id), about).toBeUndefined();
      else {
        const found = this.#given.explained(id);
        expect([...(found?.roots ?? [])], about).toContain(root);
        expect(state, about).toBe(this.#given.sight(id) === 'unseen' ? 'unknown' : found?.state);
      }
    }
  }

  /** While no other machine answers, nothing but what is here is down. */
  #lost({ after }: Taken): void {
    expect(after.vantage !== undefined).toBe(this.#given.isLost);
    if (!after.vantage) return;
    for (const { id, state } of after.things.values()) {
      if (!this.#given.isHere(id)) expect(state, id).not.toBe('down');
    }
  }

  /** One root each, of which none is known to be well; no thing in two; none closes while a member is not back. */
  #incidents({ step, after }: Taken): void {
    const open = [...after.incidents.values()].filter(isOpen);
    const roots = open.map(({ root }) => root);
    expect(new Set(roots).size, roots.join()).toBe(open.length);
    for (const { id, root, members } of open) {
      for (const [each, { backAt }] of Object.entries(members)) {
        if (!backAt) expect(after.things.get(each)?.incident, `${each} in incident ${id}`).toBe(id);
      }
      const own = Object.keys(members).filter((each) => {
        const thing = after.things.get(each);
        const isHere = thing?.incident === id && thing.look?.judged && !thing.flapping;
        return isHere && thing.state === 'down' && thing.root === undefined;
      });
      if (this.#given.isWell(root))
        expect(own, `down in incident ${id}, whose root ${root} is well`).toEqual([]);
    }
    for (const each of step.incidents.values()) this.#ended(each, after);
    for (const { data, cause } of step.events) {
      if (!('outage' in data)) continue;
      const about = `incident ${data.incident} of ${data.root}`;
      const things = data.members.map(({ thing }) => thing);
      if (isPower(data.root)) expect(data.outage, about).toBe(true);
      // What was off boots after the cut is over.
      else if (data.outage)
        expect(
          things.some((thing) => this.#off.has(thing)),
          about,
        ).toBe(true);
      if (data.outage) for (const thing of things) this.#off.add(thing);
      if (data.outage) expect(cause?.correlationid, about).toMatch(/^cut of /);
    }
  }

  #ended(incident: Incident, after: Taken['after']): void {
    const { id, root, members, mergedInto } = incident;
    if (isOpen(incident) || root === vantage || mergedInto !== undefined) return;
    for (const [each, { backAt }] of Object.entries(members)) {
      expect(backAt, `${each}, as incident ${id} closes`).toBeDefined();
      // One that came back before this incident was opened again may have another by now; none can be seen now from a lost vantage.
      const { state, incident: other } = after.things.get(each) ?? {};
      if (other === undefined) expect(state, `${each}, as incident ${id} closes`).not.toBe('down');
    }
  }

  /** Only what turned out to be unknown is written over what was recorded before; nothing is before the start or in the future. */
  #intervals({ step }: Taken, caretaker: Caretaker): void {
    for (const { thing, at, state } of step.spans) {
      const time = caretaker.trueTime(at);
      const about = `${thing} ${state} from ${time} on`;
      expect(time, about).toBeLessThanOrEqual(caretaker.queue.now);
      if (state === 'unknown') continue;
      expect(time, about).toBeGreaterThanOrEqual(Math.max(caretaker.startedAt, this.#spans.get(thing) ?? 0));
      this.#spans.set(thing, time);
    }
  }
}
