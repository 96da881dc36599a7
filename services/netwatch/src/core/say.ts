import type { Draft } from './draft.ts';
import { kindOf } from './graph.ts';
import { iso, lengthOf, type Moment } from './moment.ts';
import type { Evidence, Thing } from './thing.ts';

/** The ids in a thing's subject, by what they are called in its events. */
function portOf(id: string): { switch: string; port: string } {
  const [, switchId = '', port = ''] = id.split('/');
  return { switch: switchId, port };
}

function ownId(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}

/** What is refused is the switch itself answering: of anything else that cannot be looked at the state alone shows it. */
const refusals: ReadonlySet<string | undefined> = new Set(['refused', 'wrong-secret']);

/**
 * Says that a thing is down, or up again, if that was not said before. What something else explains says nothing; nor does what is
 * flapping.
 */
export function announce(draft: Draft, thing: Thing): void {
  const { state, root, flapping, look, said, reason, since = draft.around.now } = thing;
  if (flapping) return;
  const say = (what: Thing['said'], evidence: Evidence | undefined) =>
    draft.change(thing.id, { said: what, saidSince: since, saidBy: evidence });
  if (state === 'down' && root === undefined && said !== 'down') {
    say('down', isBaseline(thing) ? undefined : sayDown(draft, thing, since));
  } else if (state === 'up' && said !== 'up') {
    say('up', isBaseline(thing) ? undefined : sayUp(draft, thing, since));
  } else if (look?.sight === 'unseen' && kindOf(thing.id) === 'switch') {
    if (refusals.has(reason) && said !== 'refused')
      say('refused', draft.say('switch.refused', thing.id, { switch: ownId(thing.id), since: iso(since) }));
    // It is not known to be down, but as long as nothing can be read of it people must know.
    if (reason === 'wrong-answer' && root === undefined && said !== 'down')
      say('down', sayDown(draft, thing, since));
  }
}

/** How a port was when it was first seen is no news. */
function isBaseline({ id, said }: Thing): boolean {
  return said === undefined && kindOf(id) === 'port';
}

function sayDown(draft: Draft, { id, reason, detail }: Thing, since: Moment): Evidence {
  const from = { since: iso(since) };
  const why = reason ?? 'no-answer';
  switch (kindOf(id)) {
    case 'switch':
      return draft.say('switch.unreachable', id, { switch: ownId(id), ...from, error: why });
    case 'port':
      return draft.say('port.down', id, { ...portOf(id), ...from });
    default:
      return draft.say('probe.down', id, {
        probe: ownId(id),
        ...from,
        reason: why,
        ...(detail !== undefined && { detail }),
      });
  }
}

function sayUp(draft: Draft, { id, saidSince, saidBy: cause }: Thing, since: Moment): Evidence {
  const lasted = saidSince ? lengthOf(saidSince, since) : {};
  const data = { since: iso(since), ...lasted };
  switch (kindOf(id)) {
    case 'switch':
      return draft.say('switch.reachable', id, { switch: ownId(id), ...data }, cause);
    case 'port':
      return draft.say('port.up', id, { ...portOf(id), ...data }, cause);
    default:
      return draft.say('probe.up', id, { probe: ownId(id), ...data }, cause);
  }
}

export function sayFlapping(draft: Draft, id: string, changes: number, within_s: number): Evidence {
  const flaps = { changes, within_s };
  return kindOf(id) === 'port'
    ? draft.say('port.flapping', id, { ...portOf(id), ...flaps })
    : draft.say('probe.flapping', id, { probe: ownId(id), ...flaps });
}

export function sayStable(draft: Draft, { id, state, saidBy: cause }: Thing): Evidence {
  return kindOf(id) === 'port'
    ? draft.say('port.stable', id, { ...portOf(id), state }, cause)
    : draft.say('probe.stable', id, { probe: ownId(id), state }, cause);
}
