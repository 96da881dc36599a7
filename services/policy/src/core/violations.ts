import { because, nodeId, phrase, type Reason, type Violation } from '@huismeester/contracts';
import { clauseOf, type Model } from './model.ts';

/** Something that is not as the policy wants it. */
export type Found = Omit<Violation, 'since'>;

/** One that is open, and since when (ms since 1970). */
export interface Open {
  readonly found: Found;
  readonly since: number;
}

/** What is not as the policy wants it now, by id. */
export function violationsOf(model: Model): Map<string, Found> {
  const found = [...stuck(model), ...notRestored(model), ...notShutDown(model), ...notBack(model)];
  return new Map(found.map((each) => [each.violation, each]));
}

/** A forced shutdown that nobody saw being set, or that stands beside mains: upsd keeps it until it restarts. */
function stuck({ feeds }: Model): Found[] {
  return [...feeds.values()].flatMap((feed) => {
    if (feed.stuck === undefined) return [];
    const code = feed.stuck === 'at-contact' ? 'fsd-at-contact' : 'fsd-beside-mains';
    const reasons = [because(code, { ups: feed.ups })];
    const about = `ups/${feed.ups}`;
    return [violation(`fsd-${feed.ups}`, 'stuck-forced-shutdown', 'warning', 'CORE-1', about, reasons)];
  });
}

/** A guest that ran before a power cut and could not be started after it. */
function notRestored({ guests, standings }: Model): Found[] {
  return [...guests.values()].flatMap((guest) => {
    const desired = standings.get(guest.vm)?.desired;
    if (guest.running || desired?.reasons?.[0]?.code !== 'gave-up') return [];
    const reasons = [because('gave-up')];
    const id = `not-restored-${guest.vm}`;
    return [
      violation(
        id,
        'not-restored',
        'serious',
        clauseOf[guest.class],
        `vm/${guest.vm}`,
        reasons,
        desired.evidence,
      ),
    ];
  });
}

/** A guest whose shutdown was given up while its power is running out. */
function notShutDown({ guests, standings }: Model): Found[] {
  return [...guests.values()].flatMap((guest) => {
    const desired = standings.get(guest.vm)?.desired;
    if (!guest.running || desired?.state !== 'stopped') return [];
    // The decision that was given up, or the one that was made anew after it.
    if (guest.gaveUp === undefined || guest.gaveUp < desired.generation - 1) return [];
    const reasons = [because('shutdown-failed')];
    const id = `not-shut-down-${guest.vm}`;
    return [
      violation(
        id,
        'not-shut-down',
        'serious',
        clauseOf[guest.class],
        `vm/${guest.vm}`,
        reasons,
        desired.evidence,
      ),
    ];
  });
}

/** A node that we shut down, is wanted back for longer than a boot takes, and is not. */
function notBack({ nodeStandings }: Model): Found[] {
  return [...nodeStandings.values()].flatMap(({ desired, shed, wakes }) => {
    // Each decision to wake it holds for ten minutes.
    if (!shed || desired.state !== 'running' || desired.mode !== 'enforce' || wakes < 2) return [];
    const name = nodeId(desired.hypervisor, desired.node);
    const reasons = [because('node-not-back')];
    const id = `node-not-back-${name}`;
    return [violation(id, 'node-not-back', 'serious', 'CORE-1', `node/${name}`, reasons, desired.evidence)];
  });
}

function violation(
  id: string,
  kind: Found['kind'],
  severity: Found['severity'],
  clause: string,
  about: string,
  reasons: Reason[],
  evidence: readonly string[] = [],
): Found {
  const reason = phrase(reasons, 'en');
  return { violation: id, kind, severity, clause, about, reason, reasons, evidence: [...evidence] };
}

/** What opened and closed since the last look. */
export function violationChanges(model: Model): { opened: Found[]; closed: string[] } {
  const found = violationsOf(model);
  return {
    opened: [...found.values()].filter(({ violation: id }) => !model.violations.has(id)),
    closed: [...model.violations.keys()].filter((id) => !found.has(id)),
  };
}
