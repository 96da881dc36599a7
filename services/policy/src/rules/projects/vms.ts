import { type Static, Type } from 'typebox';
import type { Facts } from '../../facts/index.ts';
import type { ProjectFact } from '../../facts/project.ts';
import type { ProjectVmFact } from '../../facts/project-vm.ts';

/** A VM may stand in the pool of another class for so long: it is moved within a minute, or by hand, ms. */
const movedWithinMs = 24 * 3_600_000;

/** What is remembered of a VM of a project, by the ownership's id. */
export const Row = Type.Object({
  project: Type.String(),
  /** When it was first seen to belong to it. */
  seenAt: Type.Number(),
  /** It stood while its project was space-wide. */
  spaceWide: Type.Boolean(),
  /** Since when it stands in the pool of another class than its project's. */
  differsAt: Type.Optional(Type.Number()),
  /** When it was first seen to be gone. */
  goneAt: Type.Optional(Type.Number()),
});
export type Row = Static<typeof Row>;

interface Finding {
  readonly subject: string;
  /** The ownership's id: tells the VMs of a project apart. */
  readonly cause: string;
  readonly vm: string;
}

export interface Findings {
  readonly destroyed: readonly Finding[];
  /** Those that stand in the pool of another class; `of`: the project's. */
  readonly elsewhere: readonly (Finding & { readonly of: string })[];
  /** The projects of which a VM is not seen now. */
  readonly unseen: ReadonlySet<string>;
  readonly memory: ReadonlyMap<string, Row>;
  /** When time alone changes what is found, ms since 1970. */
  readonly times: readonly number[];
}

type Known = Pick<Facts, 'project' | 'projectVm' | 'vm'>;

/** What is found of the VMs of projects. */
export function* lookAtVms(
  known: Known,
  before: ReadonlyMap<string, Row>,
  now: number,
): Generator<undefined, Findings> {
  const memory = new Map<string, Row>();
  const unseen = new Set<string>();
  for (const each of known.projectVm.values()) {
    yield;
    const row = before.get(each.ownership);
    const project = known.project.get(each.project);
    const isUnseen = each.unseen || project === undefined || project.unseen || known.vm.get(each.vm)?.unseen;
    if (isUnseen) {
      unseen.add(`project/${each.project}`);
      if (row) memory.set(each.ownership, row);
      continue;
    }
    const after = rowOf(each, project, known.vm.get(each.vm)?.class, row, now);
    if (after) memory.set(each.ownership, row && isSame(row, after) ? row : after);
  }
  return { memory, unseen, ...violationsIn(known, memory, unseen, now) };
}

/** What is to be remembered of a VM; undefined: nothing. */
function rowOf(
  { project: id, ended }: ProjectVmFact,
  project: ProjectFact,
  stands: ProjectFact['class'] | undefined,
  row: Row | undefined,
  now: number,
): Row | undefined {
  // One that was gone before anybody looked: under which class, nobody knows.
  if (ended && row === undefined) return undefined;
  const { seenAt = now, spaceWide = false, differsAt, goneAt } = row ?? {};
  const base = { project: id, seenAt, spaceWide: spaceWide || (project.class === 'space-wide' && !ended) };
  if (ended) return { ...base, goneAt: goneAt ?? now };
  const differs = stands !== undefined && stands !== project.class && project.state !== 'retired';
  return { ...base, ...(differs && { differsAt: differsAt ?? now }) };
}

function isSame(one: Row, other: Row): boolean {
  return (
    one.spaceWide === other.spaceWide && one.differsAt === other.differsAt && one.goneAt === other.goneAt
  );
}

function violationsIn(
  known: Known,
  memory: ReadonlyMap<string, Row>,
  unseen: ReadonlySet<string>,
  now: number,
): Pick<Findings, 'destroyed' | 'elsewhere' | 'times'> {
  const destroyed: Finding[] = [];
  const elsewhere: (Finding & { of: string })[] = [];
  const times: number[] = [];
  for (const [cause, row] of memory) {
    const [fact, project] = [known.projectVm.get(cause), known.project.get(row.project)];
    const subject = `project/${row.project}`;
    if (fact === undefined || project === undefined || unseen.has(subject)) continue;
    const finding = { subject, cause, vm: fact.vm };
    if (row.goneAt !== undefined) {
      if (isMissed(row, project, memory)) destroyed.push(finding);
    } else if (row.differsAt !== undefined) {
      const due = row.differsAt + movedWithinMs;
      if (now < due) times.push(due);
      else elsewhere.push({ ...finding, of: project.class });
    }
  }
  return { destroyed, elsewhere, times };
}

/** A VM that is gone is missed until the project is retired, or has another that came after. */
function isMissed(row: Row, project: ProjectFact, memory: ReadonlyMap<string, Row>): boolean {
  if (!row.spaceWide || project.class !== 'space-wide' || project.state === 'retired') return false;
  const goneAt = row.goneAt ?? 0;
  return ![...memory.values()].some(
    (other) => other.project === row.project && other.goneAt === undefined && other.seenAt > goneAt,
  );
}
