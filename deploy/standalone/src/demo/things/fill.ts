import { AdviceResource, PersonResource, page, StewardResource } from '@huismeester/contracts';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { type Ask, withLocalApi } from '../local-api.ts';
import { untilDone } from '../until-done.ts';
import { advice, cables, type DemoItem, designDecisions, items, stewards } from './register.ts';

const Ids = page(Type.Object({ id: Type.String() }));
const dayMs = 86_400_000;

/**
 * Fills the demo's register of things, as people would over the local socket: items, cables, who can run them, design decisions. A register that has
 * anything at the start is left as it is.
 */
export function fillRegister(socketPath: string): { close(): Promise<void> } {
  let isBegun = false;
  return untilDone(() =>
    withLocalApi(socketPath, async (ask) => {
      const there = await idsOf(ask, 'items');
      if (!isBegun && there.size > 0) return;
      isBegun = true;
      const people = await uids(ask);
      for (const item of items)
        if (!there.has(item.id)) await ask('POST', '/items', itemOf(item, people), 'mira');
      await each(ask, 'cables', cables);
      await makeStewards(ask, people);
      await each(ask, 'design-decisions', designDecisions);
      // Looked at now, and not only when the day's look comes.
      await ask('POST', '/design-decisions/look', {}, 'mira');
      await advise(ask);
    }),
  );
}

async function each(ask: Ask, path: string, all: readonly { readonly id: string }[]): Promise<void> {
  const there = await idsOf(ask, path);
  for (const one of all) if (!there.has(one.id)) await ask('POST', `/${path}`, one, 'mira');
}

async function makeStewards(ask: Ask, people: ReadonlyMap<string, string>): Promise<void> {
  const list = page(StewardResource);
  for (const { item, person: uid, promotedBy } of stewards) {
    const person = people.get(uid);
    const { results } = Value.Parse(list, await ask('GET', '/stewards?limit=1000'));
    const found = results.find((one) => one.item === item && one.person === person);
    const made = found ?? Value.Parse(StewardResource, await ask('POST', '/stewards', { item }, uid));
    if (promotedBy !== undefined && made.role === 'learner')
      await ask('POST', `/stewards/${made.id}/promotion`, {}, promotedBy);
  }
}

/** What the team advises the board (TEAM-3), given and not answered yet. */
async function advise(ask: Ask): Promise<void> {
  const { results } = Value.Parse(page(AdviceResource), await ask('GET', '/advice?limit=1000'));
  const found = results.find(({ title }) => title === advice.title);
  const { id, state } = found ?? Value.Parse(AdviceResource, await ask('POST', '/advice', advice, 'mira'));
  if (state === 'open') await ask('POST', `/advice/${id}/giving`, {}, 'mira');
}

function itemOf({ tenure, ...item }: DemoItem, people: ReadonlyMap<string, string>): object {
  if (tenure === undefined) return item;
  const { person, days, ...rest } = tenure;
  const until =
    days === undefined ? undefined : new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);
  return {
    ...item,
    tenure: {
      ...rest,
      ...(person !== undefined && { person: idOf(people, person) }),
      ...(until !== undefined && { until }),
    },
  };
}

function idOf(people: ReadonlyMap<string, string>, uid: string): string {
  const id = people.get(uid);
  // Tried again: people are not known at once.
  if (id === undefined) throw new Error(`${uid} is not known yet`);
  return id;
}

async function uids(ask: Ask): Promise<ReadonlyMap<string, string>> {
  const { results } = Value.Parse(page(PersonResource), await ask('GET', '/people'));
  return new Map(results.flatMap(({ id, uid }) => (uid === undefined ? [] : [[uid, id]])));
}

async function idsOf(ask: Ask, path: string): Promise<ReadonlySet<string>> {
  const { results } = Value.Parse(Ids, await ask('GET', `/${path}?limit=1000`));
  return new Set(results.map(({ id }) => id));
}
