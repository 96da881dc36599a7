import type { TeamResource } from '@huismeester/contracts';
import { differs } from '@huismeester/directory';
import type { Identity } from '@huismeester/service';
import type { RouteDeps } from '../inside.ts';
import { awaited } from '../schema.ts';
import type { AwaitedRow } from './awaited.ts';
import { type MemberRow, type PersonRow, readMembers, readPeople } from './person-rows.ts';

/** For the command that a person is to run the directory is asked; the list is not to wait for it. */
const instructionsMs = 3_000;
const seesAll = ['administrator', 'service', 'infrateam', 'trial', 'board'] as const;

/** Whoever sees of the team more than who it is. */
export function isOfTeamOrBoard({ roles }: Pick<Identity, 'roles'>): boolean {
  return seesAll.some((role) => roles.includes(role));
}

/** Everybody in the register or in a group of the team. Participants see who the team is, and no more. */
export async function readTeam(deps: RouteDeps, who: Identity): Promise<TeamResource[]> {
  const { database } = deps;
  const found = await database.transaction(
    async (tx) => ({
      people: await readPeople(tx),
      members: await readMembers(tx),
      awaited: await tx.select().from(awaited),
    }),
    { isolation: 'repeatable read', readOnly: true },
  );
  const isOpen = isOfTeamOrBoard(who);
  const instructions = isOpen ? await instructionsOf(deps, found.awaited, found.people) : new Map();
  const all = found.people.flatMap((row) => {
    const register = found.members.get(row.id);
    const isOfTeam = row.goneAt === null && row.groups.some((group) => group === 'team' || group === 'trial');
    if (register === undefined && !isOfTeam) return [];
    const own = found.awaited.filter(({ person }) => person === row.id);
    return [{ row, resource: resource(deps, row, register, own, instructions) }];
  });
  if (isOpen) return all.map(({ resource: each }) => each);
  return all.flatMap(({ row, resource: each }) =>
    row.roles.some((role) => role === 'infrateam' || role === 'trial') || row.id === who.person
      ? [publicPart(each)]
      : [],
  );
}

function resource(
  { memory, opened }: RouteDeps,
  row: PersonRow,
  register: MemberRow | undefined,
  own: readonly AwaitedRow[],
  instructions: ReadonlyMap<AwaitedRow, string>,
): TeamResource {
  const gone = row.goneAt !== null;
  const groups = gone ? [] : row.groups.filter((group) => group !== 'participants');
  const shown = memory.shown(row.id);
  return {
    person: row.id,
    ...(shown && { uid: shown.uid }),
    ...(shown?.name !== undefined && { name: shown.name }),
    ...(register && { register: register.state, since: register.since.toISOString() }),
    ...(register?.until && { until: register.until.toISOString() }),
    ...(register?.before && { suspended_from: register.before.state }),
    groups,
    roles: row.roles,
    differs: differs({ enabled: row.enabled && !gone, groups: new Set(groups), register: register?.state }),
    awaited: own.map((edit) => {
      const command = instructions.get(edit);
      return {
        group: edit.group,
        change: edit.change,
        since: edit.since.toISOString(),
        how: howOf(edit, { memory, opened }),
        ...(command !== undefined && { command }),
        ...(edit.trouble !== null && { trouble: edit.trouble }),
      };
    }),
  };
}

function howOf(
  { group }: AwaitedRow,
  { memory, opened }: Pick<RouteDeps, 'memory' | 'opened'>,
): TeamResource['awaited'][number]['how'] {
  if (memory.latest()?.groups[group].state === 'not-set-up') return 'no-group';
  return opened?.directory.write === undefined ? 'theirs' : 'ours';
}

/** What every participant may know: whom to ask. */
function publicPart({ until: _, suspended_from: __, ...each }: TeamResource): TeamResource {
  return { ...each, differs: false, awaited: [] };
}

async function instructionsOf(
  { opened, logger }: RouteDeps,
  edits: readonly AwaitedRow[],
  people: readonly PersonRow[],
): Promise<Map<AwaitedRow, string>> {
  const directoryIds = new Map(people.map(({ id, directoryId }) => [id, directoryId]));
  const signal = AbortSignal.timeout(instructionsMs);
  const found = edits.map(async (edit): Promise<[AwaitedRow, string][]> => {
    const person = directoryIds.get(edit.person);
    // Where we write ourselves nobody has to.
    if (opened === undefined || opened.directory.write !== undefined || person === undefined) return [];
    try {
      const text = await opened.directory.instructionsFor({ ...edit, person }, signal);
      return text === undefined ? [] : [[edit, text]];
    } catch (error) {
      logger.warn(
        { reason: error instanceof Error ? error.message : '' },
        'the command for a group is not known now',
      );
      return [];
    }
  });
  return new Map((await Promise.all(found)).flat());
}
