import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { PersonId, VmId, VmOwner } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { isRefusal, type Refusal, refuse } from '@huismeester/events';
import { commandRoute, type Identity, itemRoute } from '@huismeester/service';
import { Type } from 'typebox';
import { mayNot, readsAsTeam } from '../core/may.ts';
import type { Which } from '../core/ownership.ts';
import { leaseTask } from '../leasing/lease-task.ts';
import { acceptVm, endOfferOf, offerVm } from '../owning/commands.ts';
import { type OwnedVm, type Reader, readOwned } from '../owning/whose.ts';
import type { PeopleDeps } from './people-deps.ts';

const askers = ['administrator', 'infrateam', 'trial', 'participant'] as const;
const Params = Type.Object({ id: VmId });
const Body = Type.Object({ person: PersonId }, { additionalProperties: false });
const statuses = { 'not-allowed': 403, 'not-offered': 403, 'not-identified': 503, 'owns-it': 400 };

/** Whose a VM is: offered by its owner, or by the team where it has none, and accepted by whom it is offered to (PART-3). Long, since it is a list of routes. */
export function ownershipRoutes(deps: PeopleDeps): FastifyPluginAsyncTypebox {
  const { database, log, limits, tasks } = deps;
  return async (app) => {
    itemRoute(app, {
      url: '/vms/:id/owner',
      roles: [...askers, 'board'],
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
      async run(tx, { params: { id }, body, who, matches }) {
        const known = await identified(tx, id);
        if (isRefusal(known)) return known;
        const { whose, which } = known;
        const no = mayNot(whose.owner === undefined ? 'adopt' : 'hand-over', who, whose);
        if (no) return refuse(no.code, no.title, no);
        if (!matches(resource(known))) return refuse('stale', `Whose VM ${id} is has changed; read it again`);
        const done = await offerVm(tx, { log, actor: who.name }, { which, to: body.person });
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
        const accepting = { which, person, name: known.vm.name };
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
        const { whose, which } = known;
        const mayOffer = mayNot(whose.owner === undefined ? 'adopt' : 'hand-over', who, whose) === undefined;
        return await endOfferOf(tx, { log, actor: who.name }, { which, person: who.person, mayOffer });
      },
    });
  };
}

type Known = OwnedVm & { readonly which: Which; readonly ownership: string };

/** The VM, once it is known which guest it is. */
async function identified(tx: Tx, id: string): Promise<Known | Refusal> {
  const owned = await readOwned(tx, id);
  if (owned === undefined) return refuse('not-found', `There is no VM ${id} in a listed pool`);
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
