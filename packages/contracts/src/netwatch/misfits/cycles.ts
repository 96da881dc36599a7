import type { Misfit } from '../../define.ts';
import type { Needy } from './thing.ts';

/** Things that need each other, in a circle: none of them could ever be the cause. */
export function cycles(
  things: Readonly<Record<'switches' | 'probes' | 'hypervisors', readonly (Needy | undefined)[]>>,
): Misfit[] {
  const edges = new Map<string, { readonly to: string[]; readonly path: (string | number)[] }>();
  const add = (kind: string, key: keyof typeof things) => {
    for (const [index, each] of things[key].entries()) {
      const to = (each?.dependsOn ?? []).flat().flatMap((need) => (need ? [ownerOf(need)] : []));
      if (each?.id !== undefined) edges.set(`${kind}/${each.id}`, { to, path: [key, index, 'dependsOn'] });
    }
  };
  add('switch', 'switches');
  add('probe', 'probes');
  add('hypervisor', 'hypervisors');
  const done = new Set<string>();
  const found: Misfit[] = [];
  const walk = (thing: string, above: readonly string[]): void => {
    const begin = above.indexOf(thing);
    if (begin >= 0) {
      const circle = [...above.slice(begin), thing].join(' → ');
      found.push({ path: edges.get(thing)?.path ?? [], found: circle, allowed: 'no circle' });
      return;
    }
    if (done.has(thing)) return;
    for (const next of edges.get(thing)?.to ?? []) walk(next, [...above, thing]);
    done.add(thing);
  };
  for (const thing of edges.keys()) walk(thing, []);
  return found;
}

/** A port is one with its switch. */
function ownerOf(thing: string): string {
  const [kind, id] = thing.split('/');
  return kind === 'port' ? `switch/${id}` : thing;
}
