import { randomUUID } from 'node:crypto';
import type { Grant, Problem, Role, VmAct } from '@huismeester/contracts';
import { waitFor } from '@huismeester/testkit';
import type { Static } from 'typebox';
import { openSpace, type Space, type SpaceOptions } from './space.ts';

/** Somebody who has logged in. */
export interface Somebody {
  readonly person: string;
  readonly secret: string;
}

export interface Answered {
  readonly status: number;
  readonly location: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  readonly body: any;
}

export type PeopleSpace = Awaited<ReturnType<typeof openPeopleSpace>>;

/** A space in which people log in and ask for things. */
export async function openPeopleSpace(options: SpaceOptions) {
  const space = await openSpace({ ...options, changing: true });
  const ask = async (who: Somebody, path: string, method = 'GET', body?: object): Promise<Answered> => {
    const { url } = space.home.running;
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${who.secret}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const location = answer.headers.get('location');
    return { status: answer.status, location, body: text === '' ? undefined : JSON.parse(text) };
  };
  return {
    space,
    ask,
    /** Somebody with these roles, who logs in. */
    somebody: (...roles: Static<typeof Role>[]) => logIn(roles, []),
    /** Somebody on trial, to whom this was granted. */
    onTrial: (...grants: Grant[]) => logIn(['participant', 'trial'], grants),
    /** Makes a VM somebody's: the team offers it, and they accept. */
    async give(team: Somebody, vm: number, to: Somebody): Promise<void> {
      await known(space, vm);
      const offered = await ask(team, `/vms/${vm}/owner`, 'POST', { person: to.person });
      const accepted = await ask(to, `/vms/${vm}/owner/acceptance`, 'POST');
      if (offered.status !== 200 || accepted.status !== 200)
        throw new Error(`VM ${vm}: ${JSON.stringify([offered, accepted])}`);
    },
    /** Asks something of a VM and waits for its end. */
    async done(who: Somebody, vm: number, body: object): Promise<VmAct> {
      const asked = await ask(who, `/vms/${vm}/acts`, 'POST', body);
      if (asked.status !== 202) throw new Error(JSON.stringify(asked));
      return await ended(asked.body.id, who);
    },
    ended: (id: string, who: Somebody) => ended(id, who),
  };

  async function logIn(roles: Static<typeof Role>[], grants: Grant[]): Promise<Somebody> {
    const { database, access } = space.home.access();
    const person = randomUUID();
    return await database.transaction(async (tx) => {
      await access.people.readWhole(tx, new Date());
      await access.people.save(tx, [{ id: person, uidHash: person, roles, grants }]);
      const { secret } = await access.sessions.create(tx, person);
      return { person, secret };
    });
  }

  async function ended(id: string, who: Somebody): Promise<VmAct> {
    const over = async () => {
      const { body } = await ask(who, `/acts/${id}`);
      return body.ended === undefined ? undefined : (body as VmAct);
    };
    return await waitFor(`the end of act ${id}`, over, { timeoutMs: 30_000 });
  }
}

/** Waits until it is known which guest a VM is. */
export async function known(space: Space, vm: number): Promise<void> {
  const look = async () => (await space.home.vm(vm)).incarnation;
  await waitFor(`the incarnation of VM ${vm}`, look, { timeoutMs: 30_000 });
}

/** A refusal, as far as tests look. */
export function refusal({ status, body }: Answered) {
  const { code, clause, errors } = body as Problem;
  return { status, code, ...(clause && { clause }), ...(errors && { errors }) };
}
