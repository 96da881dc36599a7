import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { VmId, VmOwner } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { isRefusal, type Refusal, refuse } from '@huismeester/events';
import { commandRoute, type Identity, itemRoute, personNamed } from '@huismeester/service';
import { Type } from 'typebox';
import { mayNotOffer, readsAsTeam } from '../core/may.ts';
import type { Which } from '../core/ownership.ts';
import { leaseTask } from '../leasing/lease-task.ts';
import { acceptVm, endOfferOf, offerVm } from '../owning/commands.ts';
import { type OwnedVm, type Reader, readOwned } from '../owning/whose.ts';
import type { PeopleDeps } from './people-deps.ts';

const askers = ['administrator', 'infrateam', 'trial', 'board', 'participant'] as const;
const Params = Type.Object({ id: VmId });
const Body = Type.Object(
  {
    person: Type.String({
      minLength: 1,
      maxLength: 256,
      description: 'By login name, or by id; only the id is stored',
    }),
  },
  { additionalProperties: false },
);
const statuses = {
  'not-allowed': 403,
  'not-offered': 403,
  'not-identified': 503,
  'owns-it': 400,
  'no-such-person': 400,
  'people-unknown': 503,
};

/** Whose a VM is: offered by its owner, or by the team where it has none, and accepted by whom it is offered to (PART-3). Long, since it is a list of routes. */
export function ownershipRoutes(deps: PeopleDeps): FastifyPluginAsyncTypebox {
  const { database, log, limits, tasks } = deps;
  return async (app) => {
    itemRoute(app, {
      url: '/vms/:id/owner',
      roles: askers,
      summary: 'Whose a VM is, and whom it is offered to: for those, and for the team and the board',
      item: VmOwner,
      params: Params,
      find: async ({ id }, { who }) => {
        const owned = await readOwned(database.orm, id);
        return owned && maySee(owned, who) ? resource(owned) : undefined;
      },
      missing: ({ id }) => `There is no VM ${id} whose owner you may see`,
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/vms/:id/owner',
      roles: askers,
      summary: 'Offer a VM to a person, who accepts it: by its owner, or by the team where it has none',
      params: Params,
      body: Body,
      answer: VmOwner,
      statuses,
      // Only for who may offer it is it asked who somebody is.
      async prepare({ params: { id }, body, who }) {
        const owned = await readOwned(database.orm, id);
        if (owned === undefined) return notListed(id);
        return mayNotOffer(who, owned.whose) ?? (await personNamed(deps, body.person, 'PART-3'));
      },
      async run(tx, { params: { id }, who, prepared: to, matches }) {
        const known = await identified(tx, id);
        if (isRefusal(known)) return known;
        const { which } = known;
        const asked = { which, to, asker: who, matches: (now: OwnedVm) => matches(resource(now)) };
        const done = await offerVm(tx, { log, actor: who.name }, asked);
        return isRefusal(done) ? done : await after(tx, id);
      },
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/vms/:id/owner/acceptance',
      roles: askers,
      person: true,
      summary: 'Take over a VM that is offered to oneself: one is responsible for it from then on',
      params: Params,
      answer: VmOwner,
      statuses,
      async run(tx, { params: { id }, who: { person = '', name } }) {
        const known = await identified(tx, id);
        if (isRefusal(known)) return known;
        const { which } = known;
        // Before the head of the log is locked, as whoever reports what was seen of the VM does.
        await tasks().enqueue(tx, leaseTask(id, { adopted: true }));
        const accepting = { which, person, listed: known.vm };
        const done = await acceptVm(tx, { log, actor: name, limits }, accepting);
        return isRefusal(done) ? done : await after(tx, id);
      },
    });
    commandRoute(app, deps, {
      method: 'DELETE',
      url: '/vms/:id/owner/offer',
      roles: askers,
      summary: 'Withdraw the offer of a VM, or decline it',
      params: Params,
      statuses,
      async run(tx, { params: { id }, who }) {
        const known = await identified(tx, id);
        if (isRefusal(known)) return known;
        return await endOfferOf(tx, { log, actor: who.name }, { which: known.which, asker: who });
      },
    });
  };
}

function notListed(id: string): Refusal {
  return refuse('not-found', `There is no VM ${id} in a listed pool`);
}

type Known = OwnedVm & { readonly which: Which; readonly ownership: string };

/** The VM, once it is known which guest it is. */
async function identified(tx: Tx, id: string): Promise<Known | Refusal> {
  const owned = await readOwned(tx, id);
  if (owned === undefined) return notListed(id);
  const { which, ownership } = owned;
  if (which !== undefined && ownership !== undefined) return { ...owned, which, ownership };
  return refuse('not-identified', `Which guest VM ${id} is was not read yet; ask again in a moment`);
}

async function after(from: Reader, id: string): Promise<VmOwner> {
  const owned = await readOwned(from, id);
  if (owned === undefined) throw new Error(`VM ${id} went away in the midst of a transaction that locks it`);
  return resource(owned);
}

function resource({ vm, ownership, owned, whose }: OwnedVm): VmOwner {
  return {
    vm: vm.id,
    ...(ownership !== undefined && { ownership }),
    ...(whose.owner !== undefined && { owner: whose.owner }),
    ...(owned?.project != null && { project: owned.project }),
    ...(owned?.offer && { offer: owned.offer }),
  };
}

function maySee({ owned, whose }: OwnedVm, who: Identity): boolean {
  if (readsAsTeam(who)) return true;
  if (who.person === undefined) return false;
  return [whose.owner, owned?.offer?.to].includes(who.person);
}
