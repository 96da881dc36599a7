import { isDeepStrictEqual } from 'node:util';
import { isInfra } from '@huismeester/contracts';
import type { Fault } from './fault.ts';
import { tenureFaults } from './tenure.ts';
import type { Planned, World } from './world.ts';

/** Faults of an item's own fields. */
export function fieldFaults(planned: Planned, world: World): Fault[] {
  return [
    ...ofTenure(planned),
    ...personFaults(planned, world),
    ...notInfra(planned, world),
    ...unknownThing(planned, world),
  ];
}

function ofTenure({ index, after: { fields } }: Planned): Fault[] {
  if (fields.tenure === undefined) return [];
  return tenureFaults(fields.tenure).map(({ field, found, allowed }) => ({
    index,
    code: 'tenure-misfit',
    title: 'What is said of whose it is does not fit together',
    clause: 'INFRA-1',
    field: `tenure.${field}`,
    found,
    allowed,
  }));
}

/** A person by id is somebody of the directory; who was named before may have left. */
function personFaults({ index, before, after: { fields } }: Planned, { people }: World): Fault[] {
  const person = fields.tenure?.person;
  if (person === undefined || person === before?.fields.tenure?.person) return [];
  if (people === undefined || people.has(person)) return [];
  return [
    {
      index,
      code: 'no-such-person',
      title: 'The directory has nobody with this id',
      clause: 'PRIV-1',
      field: 'tenure.person',
      found: person,
      allowed: 'the id of a person whom `GET /people` lists; an organisation by its name',
    },
  ];
}

/** By which fields an item that is no infra is judged. */
const judgedBy = ['tenure', 'layer', 'core', 'space_wide', 'stands_for'] as const;

/** What is somebody's own and supports nothing directly is no infra: kept as such, and core for nothing (INFRA-1). */
function notInfra({ index, before, after: { fields } }: Planned, { things }: World): Fault[] {
  if (isInfra(fields) || fields.life === 'retired') return [];
  // The class of a VM changes without us: it refuses no other change of what stands for it.
  if (before && judgedBy.every((field) => isDeepStrictEqual(before.fields[field], fields[field]))) return [];
  const fault = (field: string, found: string, allowed: string): Fault => ({
    index,
    code: 'not-infra',
    title: 'It is somebody’s own and supports nothing directly, so it is no infra',
    clause: 'INFRA-1',
    field,
    found,
    allowed,
  });
  const { core, space_wide: spaceWide, stands_for: thing } = fields;
  const ofVm = thing === undefined ? undefined : things.get(thing)?.class;
  return [
    ...(core === 'no'
      ? []
      : [fault('core', core, '`no`; or layer `supporting`; or a tenure that is not private')]),
    ...(spaceWide
      ? [fault('space_wide', 'true', 'false; or layer `supporting`; or a tenure that is not private')]
      : []),
    ...(thing !== undefined && (ofVm === 'core' || ofVm === 'space-wide')
      ? [fault('stands_for', `${thing}, which is ${ofVm}`, 'nothing that is core or space-wide')]
      : []),
  ];
}

/** A thing that nobody sees is not registered: it may be the board's (PRIV-2). */
function unknownThing({ index, before, after: { fields } }: Planned, { things }: World): Fault[] {
  const { stands_for: thing } = fields;
  if (thing === undefined || thing === before?.fields.stands_for || things.has(thing)) return [];
  return [unknownThingFault(index, 'stands_for', thing)];
}

/** That a thing was not seen, or is not ours. */
export function unknownThingFault(index: number, field: string, thing: string): Fault {
  return {
    index,
    code: 'unknown-thing',
    title: `${thing} was not seen, or is not ours`,
    clause: thing.startsWith('vm/') ? 'PRIV-2' : 'INFRA-1',
    field,
    found: thing,
    allowed: 'a thing that another service lists: `GET /proposals`, /vms, /nodes, /switches, /ups, /probes',
  };
}
