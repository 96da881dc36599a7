import { because } from '@huismeester/contracts';
import { type PowerTarget, targetOfNode, targetOfVm } from '../../desired/target.ts';
import { holdsByTarget } from '../../facts/hold.ts';
import type { Facts } from '../../facts/index.ts';
import { nodeKey } from '../../facts/node.ts';
import {
  defineRule,
  type Ending,
  type Notice,
  type Opinion,
  type Outcome,
  type RuleContext,
} from '../define.ts';
import type { PolicySettings } from '../settings.ts';
import { type Index, indexOf, neededOf } from './budget.ts';
import { effectiveOutages } from './effective-outage.ts';
import { decideGuests } from './guests.ts';
import type { Verdict } from './here.ts';
import { decideNodes } from './nodes.ts';
import { leftOutages, type OutageNow, outageChange } from './outage.ts';
import { stageOf } from './stage.ts';
import { type Memory, outagesOf, PowerRow } from './state.ts';
import { violationKinds, violationsOf } from './violations.ts';

type Known = Pick<Facts, 'ups' | 'vm' | 'node' | 'hypervisor' | 'hold'>;

/** What a power cut asks for: shutting down in time what hangs on the battery, and starting it again (SPACE-3, CORE-1). */
export const power = defineRule({
  name: 'power',
  clauses: new Map([
    [
      'SPACE-3',
      "Participants' and then space-wide VMs are shut down cleanly when the battery runs out, and start again after it",
    ],
    [
      'CORE-1',
      'Core VMs, and the nodes that settings leave to Huismeester, are shut down cleanly, last, when the battery runs out, and start again first',
    ],
  ]),
  reads: ['ups', 'vm', 'node', 'hypervisor', 'hold'],
  violationKinds,
  tiers: ['power', 'restore'],
  row: PowerRow,
  notSetUp: ({ ups }) =>
    ups.length === 0 ? 'name a UPS under `ups`, and the nodes that it feeds (`poweredBy`)' : undefined,
  maySpeakOf: targetsWithFeeds,
  decide,
});

/** Guests on nodes that some UPS feeds, and these nodes: no other can be in a power cut. */
function targetsWithFeeds({ vm, node }: Facts, { nodes }: PolicySettings): PowerTarget[] {
  const isFed = (key: string): boolean => (nodes.get(key)?.poweredBy.length ?? 0) > 0;
  const guests = [...vm.values()].filter(({ hypervisor, node: on }) => isFed(nodeKey(hypervisor, on)));
  const fed = [...node].filter(([key]) => isFed(key));
  return [...guests.map((guest) => targetOfVm(guest.vm)), ...fed.map(([, { id }]) => targetOfNode(id))];
}

function decide(known: Known, memory: Memory, context: RuleContext): Outcome<PowerRow> {
  const { settings, now } = context;
  const index = indexOf(known, holdsByTarget(known.hold, now));
  const outages = outagesNow(known, memory, context, index);
  const effective = effectiveOutages(outages, settings, now);
  const guests = decideGuests(known, memory, context, index, effective);
  const nodes = decideNodes({ facts: known, memory, context, index, effective });
  const rows = new Map<string, PowerRow | undefined>();
  const changes = outages.flatMap((each) => {
    const change = outageChange(each);
    if (change) rows.set(`ups/${each.feed.ups}`, change.outage);
    return change ?? [];
  });
  const left = leftOutages(memory, known, settings, now);
  for (const { row } of left) rows.set(row, undefined);
  for (const [guest, { row }] of guests) rows.set(targetOfVm(guest.vm), row);
  for (const [node, { row }] of nodes) rows.set(targetOfNode(node.id), row);
  const after = withRows(memory, rows);
  const { lookAgainAt, ...violations } = violationsOf(known, after, context);
  const verdicts = [
    ...[...guests].map(([guest, verdict]) => [targetOfVm(guest.vm), verdict] as const),
    ...[...nodes].map(([node, verdict]) => [targetOfNode(node.id), verdict] as const),
  ];
  const due = [
    ...outages.map(({ verdict }) => verdict.next?.at),
    ...verdicts.map(([, verdict]) => verdict.lookAgainAt),
    lookAgainAt,
  ].flatMap((at) => at ?? []);
  return {
    ...said(verdicts),
    memory: after,
    events: [...changes.flatMap(({ events }) => events), ...left.map(({ event }) => event)],
    notices: cutNotices(after),
    violations,
    clauses: new Map([
      ['SPACE-3', 'watched'],
      ['CORE-1', 'watched'],
    ]),
    ...(due.length > 0 && { lookAgainAt: Math.min(...due) }),
  };
}

/** One for each power cut, as long as it lasts. */
function cutNotices(memory: Memory): Notice[] {
  return [...outagesOf(memory)].map(([ups, { since }]) => ({
    kind: 'power-cut',
    subject: `ups/${ups}`,
    moment: new Date(since).toISOString(),
    to: 'team',
    urgency: 'now',
    severity: 'serious',
    clause: 'SPACE-3',
    reasons: [because('mains-lost')],
  }));
}

/** How each UPS's power cut is now; those that left the settings are left out. */
export function outagesNow(
  { ups }: Pick<Facts, 'ups'>,
  memory: Memory,
  { settings, now }: Pick<RuleContext, 'settings' | 'now'>,
  index: Index,
): OutageNow[] {
  const outages = outagesOf(memory);
  const known = new Map(settings.ups.flatMap((id) => (ups.has(id) ? [[id, ups.get(id)] as const] : [])));
  return [...known.values()].flatMap((feed) => {
    if (!feed) return [];
    const before = outages.get(feed.ups);
    return [
      {
        feed,
        before,
        verdict: stageOf(feed, before, settings.plan, neededOf(feed, ups, index, settings), now),
      },
    ];
  });
}

function said(verdicts: readonly (readonly [PowerTarget, Verdict<unknown>])[]) {
  const opinions: Opinion[] = verdicts.flatMap(([, { opinion }]) => opinion ?? []);
  const ended = new Map<PowerTarget, Ending>(
    verdicts.flatMap(([target, { ending }]) => (ending ? [[target, ending] as const] : [])),
  );
  return { opinions, ended };
}

/** The memory with these rows, undefined for those that go; the same map when nothing changed. */
function withRows(memory: Memory, rows: ReadonlyMap<string, PowerRow | undefined>): Memory {
  const changed = [...rows].filter(([key, row]) => memory.get(key) !== row);
  if (changed.length === 0) return memory;
  const after = new Map(memory);
  for (const [key, row] of changed) {
    if (row) after.set(key, row);
    else after.delete(key);
  }
  return after;
}
