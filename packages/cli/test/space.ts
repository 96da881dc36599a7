import type { Drill, Hold, Rule, Violation, Vm, Wish } from '@huismeester/contracts';
import type { Answer, Asked } from './server.ts';

const vm = (id: string, name: string): Vm => ({
  ...{ id, name, hypervisor: 'pve', vmid: Number(id), kind: 'qemu', class: 'participant' },
  ...{ pool: 'deelnemers', node: 'pve1', status: 'running' },
});

const since = '2026-11-22T12:00:00.000Z';
const until = '2026-11-22T16:00:00.000Z';

/** A small space as its REST API shows it: two VMs, of which people can put one on hold, and what policy says of them. */
export class Space {
  readonly vms = [vm('104', 'wiki'), vm('105', 'games')];
  readonly holds = new Map<string, Hold>();
  readonly violations: Violation[] = [];
  rules: Rule[] = [
    { rule: 'power', clause: 'SPACE-3', title: 'Participants’ VMs are shut down', mode: 'dry-run' },
    { rule: 'power', clause: 'CORE-1', title: 'Core VMs are shut down last', mode: 'enforce' },
  ];
  readonly wishes: Wish[] = [];
  /** As at the socket of a process that policy does not run in. */
  holdsAreElsewhere = false;
  drill: Drill = { fits: true, ups: ['rack'], from: [], stages: [], guests: [], nodes: [], problems: [] };

  /** Other registers. */
  readonly lists: { [kind: string]: readonly unknown[] } = { nodes: [], hypervisors: [], tokens: [] };

  readonly answer = (asked: Asked): Answer => {
    const [, , , kind = '', id] = asked.path.split('/');
    if (kind === 'holds' && this.holdsAreElsewhere) return problem(404, 'not-found', 'No such route');
    if (asked.path === '/health/ready') return { body: { ready: true, parts: [] } };
    if (kind === 'power') return { body: { stage: 'mains', outages: [] } };
    if (kind === 'drill') return this.#drill(asked);
    if (asked.method === 'POST' && kind === 'holds') return this.#place(asked);
    if (asked.method === 'DELETE' && kind === 'holds') return this.#release(id ?? '');
    const lists: { readonly [kind: string]: readonly unknown[] } = {
      ...this.lists,
      ...{ ups: [], decisions: [], vms: this.vms, rules: this.rules },
      ...{ holds: [...this.holds.values()], violations: this.violations, preview: this.wishes },
    };
    const results = lists[kind];
    if (results) return { body: { results, next: null, count: results.length } };
    return problem(404, 'not-found', 'No such route');
  };

  #drill({ search }: Asked): Answer {
    const known = search.getAll('ups').every((ups) => ups === 'rack' || ups === 'attic');
    return known ? { body: this.drill } : problem(404, 'no-such-ups', 'Settings name no such UPS');
  }

  #place({ body }: Asked): Answer {
    if (!isWish(body)) throw new Error('the hold says too little');
    if (!this.vms.some(({ id }) => `vm/${id}` === body.target)) {
      return problem(404, 'no-such-target', 'No VM of that id is known');
    }
    if (body.for === '99h') {
      const errors = [{ field: 'for', found: '99h', allowed: 'at most 24h' }];
      return problem(422, 'invalid', 'The hold cannot be placed', { errors });
    }
    const hold = {
      id: `h${this.holds.size + 1}`,
      target: body.target,
      since,
      until,
      because: body.because,
      by: 'local:root',
    };
    this.holds.set(hold.id, hold);
    return { status: 201, body: hold };
  }

  #release(id: string): Answer {
    return this.holds.delete(id) ? { status: 204 } : problem(404, 'no-such-hold', 'There is no such hold');
  }
}

function isWish(body: unknown): body is { target: string; for: string; because: string } {
  const has = (key: string) =>
    typeof body === 'object' && body !== null && typeof Reflect.get(body, key) === 'string';
  return has('target') && has('for') && has('because');
}

function problem(status: number, code: string, title: string, more: object = {}): Answer {
  return { status, body: { type: 'about:blank', status, code, title, ...more } };
}
