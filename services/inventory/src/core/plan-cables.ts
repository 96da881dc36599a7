import { isDeepStrictEqual } from 'node:util';
import type { CableFields } from '@huismeester/contracts';
import { type Cable, type CableEnd, type NewCableEvent, portKey } from './cable.ts';
import type { Fault } from './fault.ts';
import type { Items } from './graph.ts';
import { isRetired } from './item.ts';

/** All that a decision about cables goes by. */
export interface CableWorld {
  readonly items: Items;
  readonly cables: ReadonlyMap<string, Cable>;
}

/** A cable as it is to be. */
export interface WantedCable {
  readonly id: string;
  readonly fields: CableFields;
}

/** What follows from a command about cables; with faults nothing does. */
export interface CablePlan {
  readonly faults: readonly Fault[];
  readonly events: readonly NewCableEvent[];
  /** The ids of those that are new, and of those that change. */
  readonly new: readonly string[];
  readonly changed: readonly string[];
}

interface Planned extends WantedCable {
  readonly index: number;
  readonly before: Cable | undefined;
}

const sides = ['a', 'b'] as const;

/** Records and changes cables, all of them or none: each is judged by what there is once all are done. */
export function planCables({ items, cables }: CableWorld, wanted: readonly WantedCable[]): CablePlan {
  const planned = wanted.map((each, index) => ({ ...each, index, before: cables.get(each.id) }));
  const after = new Map<string, Pick<Cable, 'fields'>>([
    ...cables,
    ...planned.map(({ id, fields }) => [id, { fields }] as const),
  ]);
  const atPort = endsOf(after);
  const faults = [
    ...doubleFaults(planned),
    ...planned.flatMap((each) => [
      ...freeEndFaults(each),
      ...itemFaults(each, items),
      ...samePortFault(each),
      ...takenFaults(each, atPort),
    ]),
  ].toSorted((a, b) => a.index - b.index);
  const isSame = ({ fields, before }: Planned) => isDeepStrictEqual(before?.fields, fields);
  const changing = faults.length > 0 ? [] : planned.filter((each) => !isSame(each));
  return {
    faults,
    events: changing.map(eventOf),
    new: changing.flatMap(({ id, before }) => (before === undefined ? [id] : [])),
    changed: changing.flatMap(({ id, before }) => (before === undefined ? [] : [id])),
  };
}

function eventOf({ id, fields, before }: Planned): NewCableEvent {
  const subject = `cable/${id}`;
  const data = { cable: id, ...fields };
  return before === undefined
    ? { type: 'cable.recorded', subject, data }
    : { type: 'cable.changed', subject, data };
}

type Ends = ReadonlyMap<string, readonly { readonly cable: string; readonly other: CableEnd | undefined }[]>;

/** By port: the cables that go to it, with their other ends. */
function endsOf(cables: ReadonlyMap<string, Pick<Cable, 'fields'>>): Ends {
  const ends = new Map<string, { cable: string; other: CableEnd | undefined }[]>();
  for (const [cable, { fields }] of cables) {
    for (const side of sides) {
      const end = fields[side];
      if (end === undefined) continue;
      const other = fields[side === 'a' ? 'b' : 'a'];
      const known = ends.get(portKey(end));
      if (known) known.push({ cable, other });
      else ends.set(portKey(end), [{ cable, other }]);
    }
  }
  return ends;
}

function doubleFaults(planned: readonly Planned[]): Fault[] {
  const seen = new Set<string>();
  return planned.flatMap(({ index, id }) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    const title = `Cable ${id} is given twice`;
    return [{ index, code: 'twice', title, field: 'id', found: id, allowed: 'each cable once' }];
  });
}

/** One end may be free while it is planned. */
function freeEndFaults({ index, fields }: Planned): Fault[] {
  const free = sides.filter((side) => fields[side] === undefined);
  const allowed = fields.state === 'planned' ? 1 : 0;
  if (free.length <= allowed) return [];
  const title =
    fields.state === 'planned' ? 'A cable goes somewhere' : 'Only a cable that is planned has a free end';
  return free.slice(0, free.length - allowed).map((side) => ({
    index,
    code: 'free-end',
    title,
    clause: 'INFRA-2',
    field: side,
    found: 'nothing',
    allowed: 'an item and a port of it; one end may be free while the state is `planned`',
  }));
}

function itemFaults({ index, fields, before }: Planned, items: Items): Fault[] {
  return sides.flatMap((side) => {
    const end = fields[side];
    if (end === undefined || end.item === before?.fields[side]?.item) return [];
    const item = items.get(end.item);
    if (item && !isRetired(item)) return [];
    const found = item ? `${end.item}, which is retired` : end.item;
    return [
      {
        index,
        code: item ? 'retired' : 'no-such-item',
        title: item ? `Item ${end.item} is retired` : `There is no item ${end.item}`,
        clause: 'INFRA-2',
        field: `${side}.item`,
        found,
        allowed: 'an item of the register that is not retired',
      },
    ];
  });
}

function samePortFault({ index, fields: { a, b } }: Planned): Fault[] {
  if (a === undefined || b === undefined || portKey(a) !== portKey(b)) return [];
  return [
    {
      index,
      code: 'same-port',
      title: `Both its ends are at ${a.item} ${a.port}`,
      clause: 'INFRA-2',
      field: 'b.port',
      found: b.port,
      allowed: 'another port, or another item',
    },
  ];
}

function takenFaults({ index, id, fields }: Planned, atPort: Ends): Fault[] {
  return sides.flatMap((side) => {
    const end = fields[side];
    const taken = end && atPort.get(portKey(end))?.find(({ cable }) => cable !== id);
    if (end === undefined || taken === undefined) return [];
    const { cable, other } = taken;
    const title = other
      ? `${end.item} ${end.port} already goes to ${other.item} ${other.port}`
      : `${end.item} ${end.port} already has cable ${cable}, whose other end is free`;
    return [
      {
        index,
        code: 'port-taken',
        title,
        clause: 'INFRA-2',
        field: `${side}.port`,
        found: `${end.item} ${end.port}, which has cable ${cable}`,
        allowed: 'a port without a cable',
      },
    ];
  });
}
