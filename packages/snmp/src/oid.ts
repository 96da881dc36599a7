/** Throws a TypeError for what is no object identifier in dotted decimal. */
export function checkOid(oid: string): void {
  if (!/^[0-2](\.(0|[1-9]\d{0,9}))+$/.test(oid)) throw new TypeError(`not an object identifier: ${oid}`);
}

/** Of characters: an OID is compared for each cell that is read, and a string for each character would be made otherwise. */
const dot = 46;
const zero = 48;

/** Below 0 if the one comes before the other in a MIB, 0 if they are the same: lexicographic by number, not by text. */
export function compareOids(one: string, other: string): number {
  let i = 0;
  let j = 0;
  while (i < one.length && j < other.length) {
    let a = 0;
    let b = 0;
    for (; i < one.length; i += 1) {
      const code = one.charCodeAt(i);
      if (code === dot) break;
      a = a * 10 + code - zero;
    }
    for (; j < other.length; j += 1) {
      const code = other.charCodeAt(j);
      if (code === dot) break;
      b = b * 10 + code - zero;
    }
    if (a !== b) return a - b;
    i += 1;
    j += 1;
  }
  // The shorter of two that begin alike comes first.
  return Number(i < one.length) - Number(j < other.length);
}

/** What follows the column in the OID of one of its instances; undefined if it is none. */
export function indexBelow(column: string, oid: string): string | undefined {
  const { length } = column;
  return oid.length > length + 1 && oid[length] === '.' && oid.startsWith(column)
    ? oid.slice(length + 1)
    : undefined;
}
