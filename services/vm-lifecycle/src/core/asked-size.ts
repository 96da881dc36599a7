import { type No, no } from '@huismeester/contracts';
import type { SizeOf } from './act.ts';
import type { Amounts } from './quota.ts';

const fields = { cores: 'cores', memoryMib: 'memory', diskGib: 'disk' } as const;
const units = { cores: 'cores', memoryMib: 'MiB', diskGib: 'GiB' } as const;

type Has = Pick<Amounts, 'cores' | 'memoryMib' | 'diskGib'>;

/** What of a size is more than a VM has, and how much more; refused where it is less, or nothing is more: nothing gets smaller here (PART-2). */
export function growth(
  asked: SizeOf,
  has: Has & { readonly running: boolean },
): { readonly more: Partial<Amounts>; readonly size: SizeOf } | No {
  const keys = (['cores', 'memoryMib', 'diskGib'] as const).filter((key) => asked[key] !== undefined);
  const less = keys.filter((key) => (asked[key] ?? 0) < has[key]);
  if (less.length > 0) {
    return no('not-larger', 'A VM only gets larger here: make another one, and move what is in it', {
      clause: 'PART-2',
      errors: less.map((key) => ({
        field: `body.size.${fields[key]}`,
        found: `${asked[key]} ${units[key]}`,
        allowed: `${has[key]} ${units[key]} or more`,
      })),
    });
  }
  const grown = keys.filter((key) => (asked[key] ?? 0) > has[key]);
  if (grown.length === 0) {
    const allowed =
      keys.map((key) => `more than ${has[key]} ${units[key]}`).join(', ') || 'cores, memory or disk';
    return no('not-larger', 'It has that size already', { errors: [{ field: 'body.size', allowed }] });
  }
  const delta = (key: keyof Has) => (grown.includes(key) ? (asked[key] ?? 0) - has[key] : 0);
  const running = has.running ? { cores: delta('cores'), memoryMib: delta('memoryMib') } : {};
  return {
    more: { ...running, diskGib: delta('diskGib') },
    size: Object.fromEntries(grown.map((key) => [key, asked[key]])),
  };
}
