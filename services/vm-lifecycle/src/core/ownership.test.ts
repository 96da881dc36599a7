import { isNo, type No } from '@huismeester/contracts';
import { expect, it } from 'vitest';
import type { Asker } from './may.ts';
import { accept, end, evolveOwnership, type OwnershipFact, type OwnershipState, offer } from './ownership.ts';

const id = '104-1f3c9a2b';
const which = { vm: '104', hypervisor: 'pve', vmid: 104, incarnation: 'uuid-1' };
const team = { roles: ['infrateam'] } as const;
const whose = { class: 'participant', managers: [], retired: false } as const;

const begun: OwnershipState = {
  ...which,
  owner: 'ann',
  project: 'p-1',
  offer: null,
  since: new Date(0),
  ended: false,
};

function after(state: OwnershipState | undefined, facts: readonly OwnershipFact[] | No) {
  if (isNo(facts)) throw new Error(facts.title);
  return facts.reduce<OwnershipState | undefined>(
    (so, fact) => evolveOwnership(so, { ...fact, time: new Date(60_000) }),
    state,
  );
}
const offered = (state: OwnershipState | undefined, to: string, asker: Asker = team) =>
  offer(state, { id, which, to, by: 'person:cas', asker, whose });
const accepted = (state: OwnershipState | undefined, person: string) =>
  accept(state, { id, vm: '104', person, project: 'p-2', classes: ['participant'] });

it('a guest that is back after its end is nobody’s: it is offered anew, and inherits neither owner nor project', () => {
  const gone = after(begun, end(begun, { id, because: 'destroyed' }));
  expect(gone).toMatchObject({ ended: true });
  expect(accepted(gone, 'ann')).toMatchObject({ code: 'not-offered' });
  const again = after(gone, offered(gone, 'bob'));
  expect(again).toMatchObject({ ended: false, owner: null, project: null, offer: { to: 'bob' } });
  expect(offered(again, 'bob')).toEqual([]);
  expect(accepted(again, 'ann')).toMatchObject({ code: 'not-offered' });
  const facts = accepted(again, 'bob');
  // Whose it was before its end is not said of it: they gave nothing away.
  expect(isNo(facts) ? facts : facts.map(({ data }) => data)).toEqual([
    { ownership: id, vm: '104', owner: 'bob', project: 'p-2' },
  ]);
  expect(after(again, facts)).toMatchObject({ owner: 'bob', project: 'p-2', offer: null, ended: false });
});

it('whose it was may get it back', () => {
  const gone = after(begun, end(begun, { id, because: 'replaced' }));
  const again = after(gone, offered(gone, 'ann'));
  expect(after(again, accepted(again, 'ann'))).toMatchObject({ owner: 'ann', project: 'p-2', ended: false });
});

it('an offer of it that is declined leaves nothing', () => {
  const gone = after(begun, end(begun, { id, because: 'destroyed' }));
  const again = after(gone, offered(gone, 'bob'));
  const data = { ownership: id, vm: '104', to: 'bob', how: 'declined' } as const;
  const event = { type: 'ownership.offer-ended', data, time: new Date(0) } as const;
  expect(evolveOwnership(again, event)).toBeUndefined();
});

it('one that goes on is handed over within its project', () => {
  const owner = { roles: ['participant'], person: 'ann' } as const;
  const facts = accepted(after(begun, offered(begun, 'bob', owner)), 'bob');
  expect(isNo(facts) ? facts : facts.map(({ data }) => data)).toEqual([
    { ownership: id, vm: '104', owner: 'bob', project: 'p-1', before: 'ann' },
  ]);
});
