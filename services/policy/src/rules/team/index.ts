import { because } from '@huismeester/contracts';
import { Type } from 'typebox';
import { type DirectoryFact, theDirectory } from '../../facts/directory.ts';
import type { Facts } from '../../facts/index.ts';
import { defineRule, type Outcome, type Undecided, type ViolationFound, type Watch } from '../define.ts';
import { differenceOf } from './difference.ts';

const clause = 'TEAM-1';
const noDirectory =
  'space.yaml names no directory of people: name a file or an LDAP server under `directory`; `huismeester init --ldap ldaps://…` proposes the settings';
const reads = ['person', 'member', 'directory'] as const;
type Known = Pick<Facts, (typeof reads)[number]>;
type Finding = Pick<ViolationFound, 'cause' | 'severity' | 'reasons'>;

const differs = 'team-differs';
const uidReused = 'uid-reused';
const renumbered = 'directory-renumbered';

/**
 * The team is who both the register and the directory say it is (TEAM-1): where they differ it is a violation that names both. So is a uid that
 * another person has now, and a directory that gave many people other ids at once, each until somebody of the team confirms it. The rule
 * only watches: it takes no group and no role from anybody. While the directory cannot be read whole, or somebody is not seen, nothing opens
 * or closes: what people were last known to be may be so no more.
 */
export const rule = defineRule({
  name: 'team',
  clauses: new Map([[clause, 'nothing: where register and directory differ is reported']]),
  reads,
  row: Type.Object({}),
  violationKinds: [differs, uidReused, renumbered],
  tiers: [],
  notSetUp: ({ directory }) => (directory ? undefined : noDirectory),
  *decide(known: Known): Generator<undefined, Outcome<never>> {
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
      memory: new Map<string, never>(),
      events: [],
      notices: [],
      violations: { found, undecided },
      clauses: new Map([[clause, watchOf(directory)]]),
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
