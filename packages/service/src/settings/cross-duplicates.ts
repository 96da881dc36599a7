import type { Mismatch } from '../schema/mismatch.ts';

export type Named = [path: (string | number)[], value: string | undefined];

/** Values that are to be unique, and are there twice. */
export function duplicates(named: Named[]): Mismatch[] {
  return named.flatMap(([path, value], index) => {
    const first = named.findIndex(([, other]) => other !== undefined && other === value);
    if (value === undefined || first === index || first === -1) return [];
    const found = value === '' ? 'nothing, as in another' : `"${value}", as in another`;
    return [{ path, found, allowed: 'a value that no other has' }];
  });
}
