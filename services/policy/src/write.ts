import { nodeId } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { type EventLog, type NewEvent, newEvent } from '@huismeester/events';
import type { Decided } from './core/decide.ts';
import type { NodeDecided } from './core/nodes.ts';
import type { OutageChange } from './core/outage.ts';
import type { Settled } from './core/settle.ts';
import { removeHolds, saveNodeStandings, saveOutages, saveStandings, saveViolations } from './store.ts';

const actor = 'service:policy';

/** The subject of the decisions about a node. */
export function nodeSubject(hypervisor: string, node: string): string {
  return `node-state/${nodeId(hypervisor, node)}`;
}

/** Appends what was found to the log, and remembers it. Nothing was found, nothing is written. */
export async function write(tx: Tx, log: EventLog, found: Settled): Promise<void> {
  const news = [
    ...found.outages.flatMap((change) => outageEvents(change, found)),
    ...found.endedHolds.map(({ vm }) =>
      newEvent('hold.released', `hold/${vm}`, { vm, how: 'ended' as const }, { actor }),
    ),
    ...found.decisions.map(decisionEvent),
    ...found.nodes.map(nodeEvent),
    ...found.violations.opened.map((each) =>
      newEvent('violation.opened', `violation/${each.violation}`, each, { actor }),
    ),
    ...found.violations.closed.map((violation) =>
      newEvent('violation.closed', `violation/${violation}`, { violation }, { actor }),
    ),
  ];
  if (news.length === 0) return;
  const stored = await log.append(tx, news);
  const ids = new Map(stored.map((event) => [event.subject, event.id]));
  await remember(tx, found, (subject) => ids.get(subject) ?? '');
}

async function remember(tx: Tx, found: Settled, idOf: (subject: string) => string): Promise<void> {
  const { model, outages, decisions, nodes, violations } = found;
  await saveOutages(tx, outages);
  await removeHolds(
    tx,
    found.endedHolds.map(({ vm }) => vm),
  );
  await saveStandings(
    tx,
    decisions.flatMap(({ desired: { vm } }) => {
      const state = model.standings.get(vm);
      return state ? [{ vm, state, decision: idOf(`desired-state/${vm}`) }] : [];
    }),
  );
  await saveNodeStandings(
    tx,
    nodes.flatMap(({ key, desired }) => {
      const state = model.nodeStandings.get(key);
      return state ? [{ key, state, decision: idOf(nodeSubject(desired.hypervisor, desired.node)) }] : [];
    }),
  );
  const opened = violations.opened.flatMap(({ violation }) => model.violations.get(violation) ?? []);
  await saveViolations(tx, opened, violations.closed);
}

function outageEvents({ ups, outage, events }: OutageChange, { model }: Settled): NewEvent[] {
  const feed = model.feeds.get(ups);
  const newest = feed?.evidence.at(-1);
  const correlationid = outage?.correlationid || feed?.evidence[0]?.correlationid;
  const cause = newest && correlationid ? { id: newest.id, correlationid } : undefined;
  return events.map(({ type, data }) =>
    newEvent(type, `outage/${ups}`, data, { actor, ...(cause && { cause }) }),
  );
}

function decisionEvent({ desired, cause }: Decided): NewEvent {
  const subject = `desired-state/${desired.vm}`;
  return newEvent('desired-state.decided', subject, desired, { actor, ...(cause && { cause }) });
}

function nodeEvent({ desired, cause }: NodeDecided): NewEvent {
  const subject = nodeSubject(desired.hypervisor, desired.node);
  return newEvent('node-state.decided', subject, desired, { actor, ...(cause && { cause }) });
}
