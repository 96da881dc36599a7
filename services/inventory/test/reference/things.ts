/** What may be in the register of things, written down anew: slow and plain, without `core/`. */

export interface Thing {
  life: 'designed' | 'in-use' | 'retired';
  stands?: string;
  links: { kind: string; to: string }[];
}
export type Things = ReadonlyMap<string, Thing>;
/** By settings or Proxmox; any one of `to` is enough. */
export interface Outside {
  from: string;
  to: string[];
}
export interface Edge {
  from: string;
  to: string[];
}

/** Where an item is; nowhere when it is retired or not there. */
function placeOf(things: Things, target: string): string | undefined {
  if (!target.startsWith('item/')) return target;
  const thing = things.get(target.slice(5));
  if (!thing || thing.life === 'retired') return undefined;
  return thing.stands ?? target;
}

export function edgesOf(things: Things, outside: readonly Outside[]): Edge[] {
  const edges: Edge[] = outside.map(({ from, to }) => ({ from, to }));
  for (const [id] of things) {
    const from = placeOf(things, `item/${id}`);
    if (from === undefined) continue;
    for (const { to } of things.get(id)?.links ?? []) {
      const place = placeOf(things, to);
      if (place !== undefined) edges.push({ from, to: [place] });
    }
  }
  return edges;
}

/** By reaching everything from everything. */
export function isCyclic(edges: readonly Edge[]): boolean {
  const reaches = new Set(edges.flatMap(({ from, to }) => to.map((each) => `${from} ${each}`)));
  for (let before = -1; before !== reaches.size; ) {
    before = reaches.size;
    for (const pair of [...reaches]) {
      const [a, b] = pair.split(' ');
      for (const { from, to } of edges) if (from === b) for (const each of to) reaches.add(`${a} ${each}`);
    }
  }
  return [...reaches].some((pair) => pair.split(' ')[0] === pair.split(' ')[1]);
}

/** What goes with something: looked for again and again until nothing is found any more. */
export function goneWith(edges: readonly Edge[], target: string): Set<string> {
  const gone = new Set([target]);
  for (let before = 0; before !== gone.size; ) {
    before = gone.size;
    for (const { from, to } of edges) if (to.every((each) => gone.has(each))) gone.add(from);
  }
  gone.delete(target);
  return gone;
}

/** Whether one item may become so, where all was in order before. */
export function mayBecome(things: Things, id: string, next: Thing, outside: readonly Outside[]): boolean {
  const before = things.get(id);
  const after = new Map([...things, [id, next]]);
  const others = [...things].filter(([each]) => each !== id);
  if (next.life !== 'retired' && next.stands !== undefined)
    if (others.some(([, { life, stands }]) => life !== 'retired' && stands === next.stands)) return false;
  const isNew = (link: { kind: string; to: string }) =>
    !before?.links.some(({ kind, to }) => kind === link.kind && to === link.to);
  for (const [index, link] of next.links.entries()) {
    const place = placeOf(after, link.to);
    const used = next.life === 'in-use' && before !== undefined && before.life !== 'in-use';
    if (place === undefined && (isNew(link) || used)) return false;
    const same = next.links.findIndex(
      ({ kind, to }) => kind === link.kind && place !== undefined && placeOf(after, to) === place,
    );
    if (isNew(link) && same >= 0 && same < index) return false;
  }
  if (before && before.life !== 'retired' && next.life === 'retired') {
    const gone = goneWith(
      edgesOf(new Map([...things, [id, { ...before, links: next.links }]]), outside),
      placeOf(things, `item/${id}`) ?? '',
    );
    for (const place of gone) {
      const [at] = [...things].filter(([each]) => placeOf(things, `item/${each}`) === place);
      if (at ? at[1].life === 'in-use' : !place.startsWith('probe/')) return false;
    }
  }
  return !isCyclic(edgesOf(after, outside));
}

/** Whether any port has two cables; ports are the same whatever their capitals. */
export function hasTwoAtAPort(
  cables: Iterable<{ a?: { item: string; port: string }; b?: { item: string; port: string } }>,
): boolean {
  const ports = [...cables].flatMap(({ a, b }) => [a, b]).filter((end) => end !== undefined);
  return ports.some((one, i) =>
    ports.some(
      (other, j) => i < j && one.item === other.item && one.port.toUpperCase() === other.port.toUpperCase(),
    ),
  );
}
