import fc from 'fast-check';
import { expect, it } from 'vitest';
import { attribute, tasksFrom } from './attribution.ts';
import type { GuestTask, Power } from './guest.ts';
import type { Request } from './request.ts';
import { startOf } from './start.ts';

/*
 * Random histories of one guest, as Proxmox does and logs them, seen by looks that come late: a lease begins by a person's start of a guest that
 * was off, by each of them that is seen to have lasted, and by nothing else.
 */

const wanted = process.env.HUISMEESTER_HISTORIES;
const search = wanted === undefined ? { numRuns: 300, seed: 1 } : { numRuns: Number(wanted) };

const [token, root, jan] = ['hm@pve!op', 'root@pam', 'jan@pve'];
const [second, minute] = [1_000, 60_000];

/** What people, nodes and we do; each takes some seconds, and tasks of what is part of it run within. */
const deeds = [
  'person-starts',
  'person-starts-through-us',
  'person-starts-many',
  'person-stops',
  'goes-down-by-itself',
  'reboots',
  'resets',
  'migrates',
  'backs-up',
  'backs-up-with-others',
  'ha-recovers',
  'rolls-back',
  'node-boots',
  'we-restore',
  'we-stop',
] as const;
type Deed = (typeof deeds)[number];

/** One guest at Proxmox, and vm-lifecycle's look at it. */
class World {
  now = Date.parse('2026-12-01T12:00:00Z');
  status: Power = 'running';
  readonly tasks: GuestTask[] = [];
  readonly begun: string[] = [];
  /**
   * Who has started it since it was last looked at: a person, of whom nobody shut it down after that, so that the lease goes on whatever else
   * happens; we, by a decision; somebody of whom that cannot be said.
   */
  private readonly startedBy = new Set<'person' | 'us' | 'unclear'>();
  /** Whether HA looks after it. */
  private isHa = false;
  private known: Power = 'running';
  private changedAt = this.now;
  private nodeSince: number | undefined;
  private request: Request | undefined;
  private readonly forPeople: { upid: string; by: string }[] = [];
  /** What should have begun, in order. */
  readonly expected: string[] = [];

  private task(type: string, user: string, takesS: number): GuestTask {
    const task: GuestTask = {
      upid: `UPID:${type}:${this.tasks.length}`,
      type,
      user,
      startedAt: new Date(this.now),
      endedAt: new Date(this.now + takesS * second),
      running: false,
      ok: true,
    };
    this.tasks.push(task);
    return task;
  }

  private comesUp(isPersons: boolean): void {
    this.status = 'running';
    if (isPersons) this.startedBy.add('person');
  }

  private isShutDown(): void {
    this.status = 'stopped';
    this.startedBy.delete('person');
  }

  play(deed: Deed): void {
    const isUp = this.status === 'running';
    const needsUp = !/^(person-starts|node-boots|we-restore|rolls-back)/.test(deed);
    if (needsUp !== isUp && deed !== 'rolls-back') return;
    this[deed]();
    // By then what we asked for was followed to its end.
    if (this.request) this.request = { ...this.request, phase: 'done' };
    this.now += 6 * minute;
  }

  private 'person-starts'(): void {
    this.task('qmstart', jan, 3);
    this.comesUp(true);
  }
  private 'person-starts-through-us'(): void {
    this.forPeople.push({ upid: this.task('qmstart', token, 3).upid, by: 'person:1' });
    this.comesUp(true);
  }
  private 'person-starts-many'(): void {
    this.task('startall', jan, 15);
    this.task('qmstart', jan, 3);
    this.comesUp(true);
  }
  private 'person-stops'(): void {
    this.task('qmstop', jan, 2);
    this.isShutDown();
  }
  private 'goes-down-by-itself'(): void {
    this.status = 'stopped';
  }
  private reboots(): void {
    this.task('qmreboot', jan, 10);
    this.now += 2 * second;
    this.task('qmstart', root, 2);
  }
  private resets(): void {
    this.task('qmreset', jan, 1);
  }
  private migrates(): void {
    this.task('qmigrate', jan, 15);
    this.now += 2 * second;
    this.task('qmstart', root, 5);
  }
  private 'backs-up'(): void {
    this.task('vzdump', root, 18);
    this.now += second;
    this.task('qmshutdown', root, 3);
    this.now += 4 * second;
    this.task('qmstart', root, 2);
  }
  /** Its task names no guest, so that it is none of this one's: who never saw it run before takes it for a start by root. */
  private 'backs-up-with-others'(): void {
    if (this.known === 'stopped') this.startedBy.add('unclear');
    this.task('qmshutdown', root, 3);
    this.now += 4 * second;
    this.task('qmstart', root, 2);
  }
  /** After its node was lost, of which it has no trace. */
  private 'ha-recovers'(): void {
    this.isHa = true;
    this.task('qmstart', root, 3);
  }
  private 'rolls-back'(): void {
    this.task('qmrollback', jan, 8);
    this.status = 'stopped';
  }
  private 'node-boots'(): void {
    this.nodeSince = this.now;
    this.task('startall', root, 15);
    this.now += second;
    this.task('qmstart', root, 3);
    this.comesUp(false);
  }
  private 'we-restore'(): void {
    this.request = this.ours('start', this.task('qmstart', token, 3));
    this.startedBy.add('us');
    this.comesUp(false);
  }
  private 'we-stop'(): void {
    this.request = this.ours('shutdown', this.task('qmshutdown', token, 3));
    this.isShutDown();
  }

  private ours(act: Request['act'], { upid, startedAt }: GuestTask): Request {
    return {
      act,
      decision: upid,
      correlation: upid,
      phase: 'accepted',
      upid,
      intendedAt: startedAt,
    } as Request;
  }

  /** As `confirm` looks at a guest that is in another state than was known. */
  look(): void {
    if (this.status === this.known) return;
    const from = tasksFrom(new Date(this.changedAt), new Date(this.now), false);
    const tasks = this.tasks.filter(({ startedAt }) => startedAt >= from);
    const seen = { status: this.status, paused: false, ha: this.isHa } as const;
    const { forPeople, request } = this;
    const by = attribute({
      to: this.status,
      now: new Date(this.now),
      seen,
      tasks,
      request,
      token,
      changedAt: new Date(this.changedAt),
      forPeople,
      ...(this.nodeSince !== undefined && { nodeSince: new Date(this.nodeSince) }),
    });
    if (by === undefined) return;
    if (this.status === 'running') {
      const how = startOf({ by, tasks, forPeople, token }) ?? 'none';
      // Whose it is after a person's start and one of ours is nobody's to say.
      const who = this.startedBy;
      if (!who.has('unclear') && !(who.has('person') && who.has('us'))) {
        this.begun.push(how);
        this.expected.push(who.has('person') ? 'started' : 'none');
      }
    }
    this.startedBy.clear();
    this.known = this.status;
    this.changedAt = this.now;
  }
}

it('a lease begins by the start of a person, and by nothing else', { timeout: 600_000 }, () => {
  let begun = 0;
  fc.assert(
    fc.property(
      fc.array(fc.record({ deed: fc.constantFrom(...deeds), looks: fc.boolean() }), {
        minLength: 3,
        maxLength: 20,
      }),
      (story) => {
        const world = new World();
        for (const { deed, looks } of story) {
          world.play(deed);
          if (looks) world.look();
        }
        expect(world.begun).toEqual(world.expected);
        begun += world.begun.filter((how) => how === 'started').length;
      },
    ),
    search,
  );
  // Something has to have happened.
  expect(begun).toBeGreaterThan(0);
});
