import { because } from '@huismeester/contracts';
import { type DirectoryFact, theDirectory } from '../../facts/directory.ts';
import type { Facts } from '../../facts/index.ts';
import { noDirectory } from '../../facts/of-team.ts';
import {
  defineRule,
  type Notice,
  type Outcome,
  type RuleContext,
  type Undecided,
  type ViolationFound,
  type Watch,
} from '../define.ts';
import { changeNotices, Row, remember } from './changes.ts';
import { differenceOf } from './difference.ts';

const clause = 'TEAM-1';
const reads = ['person', 'member', 'directory'] as const;
type Known = Pick<Facts, (typeof reads)[number]>;
type Finding = Pick<ViolationFound, 'cause' | 'severity' | 'reasons'>;

const differs = 'team-differs';
const uidReused = 'uid-reused';
const renumbered = 'directory-renumbered';

/**
 * The team is who both the register and the directory say it is (TEAM-1): where they differ it is a violation that names both. So is a uid that
 * another person has now, and a directory that gave many people other ids at once, each until somebody of the team confirms it. Who was suspended,
 * ended, reinstated or confirmed reads that it is so. The rule only watches: it takes no group and no role from anybody. While the directory cannot be read whole, or somebody is not seen, nothing opens
 * or closes: what people were last known to be may be so no more.
 */
export const rule = defineRule({
  name: 'team',
  clauses: new Map([[clause, 'nothing: where register and directory differ is reported']]),
  reads,
  row: Row,
  violationKinds: [differs, uidReused, renumbered],
  tiers: [],
  notSetUp: ({ directory }) => (directory ? undefined : noDirectory),
  *decide(
    known: Known,
    memory: ReadonlyMap<string, Row>,
    { now }: RuleContext,
  ): Generator<undefined, Outcome<Row>> {
    const rows = new Map<string, Row>();
    const notices: Notice[] = [];
    const found: ViolationFound[] = [];
    const undecided: Undecided[] = [];
    const directory = known.directory.get(theDirectory);
    const isHeard = directory !== undefined && directory.unseen !== true;
    const isKnown = isHeard && directory.state === 'known';
    const add = (kind: string, subject: string, isClear: boolean, finding: Finding | undefined) => {
      if (!isClear) undecided.push({ kind, subject });
      else if (finding) found.push({ kind, subject, clause, evidence: [], ...finding });
    };
    for (const id of new Set([...known.person.keys(), ...known.member.keys()])) {
      yield;
      const [person, member] = [known.person.get(id), known.member.get(id)];
      const subject = `person/${id}`;
      const before = memory.get(id);
      const row = member && !member.unseen ? remember(before, member, now) : before;
      if (row) {
        rows.set(id, row);
        notices.push(...changeNotices(id, row, now));
      }
      const isSeen = isKnown && person?.unseen !== true && member?.unseen !== true;
      add(differs, subject, isSeen, differenceOf(person, member));
      const reused = person && uidReusedBy(person);
      // What was confirmed is over, whether the directory can be read or not.
      add(uidReused, subject, isSeen || (isHeard && person?.unseen !== true && !reused), reused);
    }
    const anew = directory && renumberedBy(directory);
    add(renumbered, `directory/${theDirectory}`, isKnown || (isHeard && !anew), anew);
    return {
      opinions: [],
      memory: rows,
      events: [],
      notices,
      violations: { found, undecided },
      clauses: new Map<string, Watch>([[clause, watchOf(directory)]]),
    };
  },
});

/** Who has it gets nothing that was the other's, so nobody has more than before: a warning. */
function uidReusedBy({ tookUidOf }: { readonly tookUidOf?: string }): Finding | undefined {
  if (tookUidOf === undefined) return undefined;
  const other = `person/${tookUidOf}`;
  return { cause: other, severity: 'warning', reasons: [because('uid-of-another', { text: other })] };
}

/** Until somebody has looked, what everybody may rests on uids alone, which are given by whoever may write the directory: serious. */
function renumberedBy({ renumbered: people }: DirectoryFact): Finding | undefined {
  if (people === undefined) return undefined;
  return { severity: 'serious', reasons: [because('ids-changed', { text: `${people}` })] };
}

function watchOf(directory: DirectoryFact | undefined): Watch {
  if (directory === undefined) {
    return {
      unknown:
        'nothing was heard of the directory yet: where services are processes of their own, `services` in space.yaml must name membership',
    };
  }
  if (directory.unseen) return { unknown: 'what membership says of the directory cannot be read now' };
  if (directory.state === 'not-set-up')
    return { notSetUp: 'membership has read no directory yet, or its settings name none' };
  if (directory.state === 'known') return 'watched';
  return { unknown: `the directory cannot be read whole${whySo(directory)}` };
}

function whySo({ since, reason }: DirectoryFact): string {
  const from = since === undefined ? '' : ` since ${new Date(since).toISOString()}`;
  return `${from}${reason === undefined ? '' : `: ${reason}`}`;
}
