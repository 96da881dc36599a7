import { compareOids, type Oid, startsWith } from './ber.ts';
import type { Value } from './pdu.ts';

/** One object of the MIB with all its instances: a column of a table, or a scalar, whose one instance is 0. */
export interface MibObject {
  /** As in the MIB module: `ifName`. */
  readonly name: string;
  /** The table that it is a column of. */
  readonly table?: string;
  readonly oid: Oid;
  /** The last arc of each instance, rising. */
  readonly instances: readonly number[];
  /** The value of the instance at that place in `instances`, at `now` of the clock's monotonic time. */
  read(place: number, now: number): Value;
}

/** An instance: the object's and the instance's place. */
interface Position {
  readonly object: number;
  readonly place: number;
}

/** Columns that a walk does not get out of, by name. */
export interface Twists {
  /** After the row in its middle the column answers with that row again, for ever. */
  readonly loop?: string | undefined;
  /** After the row in its middle the column answers with its first row. */
  readonly stepBack?: string | undefined;
}

export interface Mib {
  get(oid: Oid, now: number): Value;
  /** The first instance after the OID; undefined at the end. SNMPv1 has no Counter64, so it skips those (RFC 3584, section 4.2.2.1). */
  next(oid: Oid, now: number, v1: boolean): { oid: Oid; value: Value } | undefined;
}

export function createMib(given: readonly MibObject[], twists: Twists = {}): Mib {
  const objects = given.filter(({ instances }) => instances.length > 0);
  objects.sort((one, other) => compareOids(one.oid, other.oid));

  /** The last object whose OID is not after this one; -1 if there is none. */
  const objectAt = (oid: Oid) =>
    lastNotAbove(objects.length, (at) => compareOids(objects[at]?.oid ?? [], oid));
  const positionAfter = (oid: Oid): Position => {
    const at = objectAt(oid);
    const object = objects[at];
    if (!object || !startsWith(oid, object.oid)) return { object: at + 1, place: 0 };
    const instance = oid[object.oid.length];
    if (instance === undefined) return { object: at, place: 0 };
    const place = lastNotAbove(object.instances.length, (row) => (object.instances[row] ?? 0) - instance);
    const exact = oid.length === object.oid.length + 1 && object.instances[place] === instance;
    const following = exact ? successor(object, place, twists) : place + 1;
    return following < object.instances.length
      ? { object: at, place: following }
      : { object: at + 1, place: 0 };
  };
  return {
    get(oid, now) {
      const object = objects[objectAt(oid)];
      if (!object || !startsWith(oid, object.oid)) return { type: 'noSuchObject' };
      const instance = oid[object.oid.length] ?? -1;
      const place = lastNotAbove(object.instances.length, (row) => (object.instances[row] ?? 0) - instance);
      const exact = oid.length === object.oid.length + 1 && object.instances[place] === instance;
      return exact ? object.read(place, now) : { type: 'noSuchInstance' };
    },
    next(oid, now, v1) {
      let from = oid;
      for (;;) {
        const { object: at, place } = positionAfter(from);
        const object = objects[at];
        if (!object) return undefined;
        const value = object.read(place, now);
        from = [...object.oid, object.instances[place] ?? 0];
        if (!(v1 && value.type === 'counter64')) return { oid: from, value };
      }
    },
  };
}

function successor({ name, instances }: MibObject, place: number, { loop, stepBack }: Twists): number {
  const middle = Math.floor(instances.length / 2);
  if (place !== middle) return place + 1;
  if (name === loop) return middle;
  return name === stepBack ? 0 : place + 1;
}

/** Binary search: the last place whose `difference` is not above 0; -1 if there is none. */
function lastNotAbove(size: number, difference: (place: number) => number): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (difference(middle) <= 0) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
