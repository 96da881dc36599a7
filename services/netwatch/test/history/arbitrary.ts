import fc from 'fast-check';
import { gateway, type History, type Item, minute, type Stretch, second } from './space.ts';

const kinds = ['probe', 'switch', 'port', 'vm', 'node', 'hypervisor', 'ups', 'mains'] as const;
type Kind = (typeof kinds)[number];

/** What a thing of a kind may need; a port needs its switch alone. */
const needed: Record<Kind, RegExp> = {
  probe: /./,
  switch: /^(port|switch|mains|ups|probe)\//,
  port: /^switch\//,
  vm: /^node\//,
  node: /^(ups|mains|hypervisor)\//,
  hypervisor: /^(ups|mains)\//,
  ups: /^$/,
  mains: /^$/,
};

const seenBy: Record<Kind, Item['seenBy']> = {
  probe: 'look',
  switch: 'look',
  port: 'switch',
  vm: 'log',
  node: 'log',
  hypervisor: 'watched-log',
  ups: 'log',
  mains: 'log',
};

const drawn = fc.record({
  kind: fc.oneof(
    { weight: 3, arbitrary: fc.constant('probe' as const) },
    { weight: 4, arbitrary: fc.constantFrom(...kinds) },
  ),
  needs: fc.array(
    fc.oneof(
      { weight: 3, arbitrary: fc.tuple(fc.nat(999)) },
      fc.array(fc.nat(999), { minLength: 2, maxLength: 3 }),
    ),
    { maxLength: 2, size: 'max' },
  ),
  core: fc.boolean(),
  rare: fc.nat(99),
  /** Failed looks of a rare thing that are down, and of how many more. */
  down: fc.record({ failed: fc.constantFrom(2, 3), more: fc.nat(3) }),
  refuses: fc.boolean(),
  answersMs: fc.integer({ min: 2, max: 400 }),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

const base = { core: false, incidents: true, silent: false, here: false, seenBy: 'look' } as const;
const counting = { failed: 3, of: 3, good: 2 };
/** The anchor, which answers always in tame histories, is looked at rarely: that nothing answers may mean that it was not asked. */
const everyMs = { [gateway]: 10 * second, 'probe/anchor': 60 * second };
const first: readonly Item[] = Object.entries(everyMs).map(([id, every]) => ({
  ...base,
  id,
  needs: [],
  everyMs: every,
  answersMs: 3,
  refuses: false,
  counting,
}));

interface Space {
  readonly items: readonly Item[];
  readonly passages: ReadonlySet<string>;
}

function spaceOf(all: readonly Drawn[]): Space {
  const items = [...first];
  const passages = new Set([gateway]);
  for (const [index, each] of all.entries()) {
    const item = itemOf(each, index, items);
    items.push(item);
    if (each.rare > 94 && item.id.startsWith('probe/')) passages.add(item.id);
  }
  return { items, passages };
}

function itemOf(each: Drawn, index: number, earlier: readonly Item[]): Item {
  const fitting = earlier.map(({ id }) => id).filter((id) => needed[each.kind].test(id));
  const kind = each.kind === 'port' && fitting.length === 0 ? 'probe' : each.kind;
  const pick = (nat: number) => fitting[nat % Math.max(1, fitting.length)];
  const groups = each.needs
    .map((group) => [...new Set(group.map(pick).filter((id) => id !== undefined))])
    .filter((group) => group.length > 0);
  const parent = fitting[(each.needs[0]?.[0] ?? 0) % Math.max(1, fitting.length)] ?? '';
  const here = kind === 'probe' && each.rare < 4;
  return {
    ...base,
    id: kind === 'port' ? `port/${parent.slice(7)}/${index}` : `${kind}/${index}`,
    needs: kind === 'port' ? [[parent]] : here ? [] : groups,
    seenBy: seenBy[kind],
    core: each.core,
    incidents: kind === 'hypervisor' || each.rare < 80,
    silent: kind === 'hypervisor' || each.rare === 50,
    here,
    everyMs: (each.core ? 10 : 30) * second,
    answersMs: each.answersMs,
    refuses: each.refuses,
    counting:
      kind === 'port'
        ? { failed: 2, of: 2, good: 1 }
        : each.rare % 5 === 2
          ? { failed: each.down.failed, of: each.down.failed + each.down.more, good: 2 }
          : counting,
  };
}

const gap = fc.oneof(
  fc.integer({ min: 5 * second, max: 2 * minute }),
  fc.integer({ min: 2 * minute, max: 120 * minute }),
);
const offs = fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), gap }), { maxLength: 2 });
const jumps = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    byMs: fc.constantFrom(-60 * minute, -30 * second, 30 * second, 10 * minute, 60 * minute),
  }),
  { maxLength: 2 },
);

interface Happening {
  /** Of what; the network of the caretaker itself if it is none. */
  readonly thing: number | undefined;
  readonly afterMs: number;
  readonly lastMs: number;
  /** How often, with as long in between. */
  readonly times: number;
}

const happening = (
  afterMs: fc.Arbitrary<number>,
  lastMs: fc.Arbitrary<number>,
  times: fc.Arbitrary<number> = fc.constant(1),
): fc.Arbitrary<Happening> =>
  fc.record({
    thing: fc.option(fc.nat(999), { freq: 8, nil: undefined }),
    afterMs,
    lastMs,
    times,
  });

interface Told {
  readonly all: readonly Drawn[];
  readonly told: readonly Happening[];
  readonly offs: readonly { readonly at: number; readonly gap: number }[];
  readonly jumps: readonly { readonly at: number; readonly byMs: number }[];
  readonly stalls: readonly { readonly at: number; readonly gap: number }[];
}

/** A calm in which all is well again and every incident ends. */
const calmMs = 16 * minute;

/** Each begins so long after the one before it: after its end, or after its beginning. */
function historyOf({ all, told, offs, jumps, stalls }: Told, after: 'end' | 'begin'): History {
  const space = spaceOf(all);
  const [faults, cuts]: [(Stretch & { thing: string })[], Stretch[]] = [[], []];
  // In tame histories another machine answers always, but for a cut.
  const mayFail = space.items.filter(({ id }) => after === 'begin' || id !== 'probe/anchor');
  let at = 2 * minute;
  let lastMs = at;
  for (const each of told) {
    const from = at + each.afterMs;
    const thing = failing(space, mayFail, each.thing);
    for (let time = 0; time < each.times; time += 1) {
      const begin = from + 2 * time * each.lastMs;
      lastMs = Math.max(lastMs, begin + each.lastMs);
      const stretch = { from: begin, to: begin + each.lastMs };
      if (thing === undefined) cuts.push(stretch);
      else faults.push({ thing, ...stretch });
    }
    at = after === 'end' ? lastMs : from;
  }
  const when = (share: number) => Math.floor(share * lastMs);
  const outOf = (each: Told['offs']) =>
    each.map((one) => ({ from: when(one.at), to: when(one.at) + one.gap }));
  const ordered = apart(outOf(offs));
  return {
    ...space,
    faults,
    cuts,
    offs: ordered,
    stalls: outOf(stalls),
    jumps: jumps.map((each) => ({ ...each, at: when(each.at) })).toSorted((a, b) => a.at - b.at),
    endMs: Math.max(lastMs, ordered.at(-1)?.to ?? 0) + calmMs,
  };
}

/** Every other time something that others need. */
function failing({ items }: Space, mayFail: readonly Item[], drawn: number | undefined): string | undefined {
  if (drawn === undefined) return undefined;
  const needed = new Set(items.flatMap(({ needs }) => needs.flat()));
  const parents = mayFail.filter(({ id }) => needed.has(id));
  const from = drawn % 2 === 1 && parents.length > 0 ? parents : mayFail;
  return from[(drawn >> 1) % from.length]?.id;
}

/** In order, and none within another. */
function apart(stretches: readonly Stretch[]): Stretch[] {
  const sorted = stretches.toSorted((a, b) => a.from - b.from);
  return sorted.filter(({ from }, index) => sorted.slice(0, index).every(({ to }) => to < from));
}

const all = fc.array(drawn, { minLength: 3, maxLength: 28, size: 'max' });

/** Faults of at least 3 min, one after the other, at least 12 min apart: what is right is beyond doubt. */
export const tame: fc.Arbitrary<History> = fc
  .record({
    all,
    told: fc.array(
      happening(
        fc.integer({ min: 12 * minute, max: 18 * minute }),
        fc.integer({ min: 3 * minute, max: 10 * minute }),
      ),
      { minLength: 1, maxLength: 4, size: 'max' },
    ),
    offs,
    jumps,
    stalls: fc.constant([]),
  })
  .map((told) => historyOf(told, 'end'));

/** Anything at any time. */
export const wild: fc.Arbitrary<History> = fc
  .record({
    all,
    told: fc.array(
      happening(
        fc.oneof(fc.integer({ min: 0, max: 40 * second }), fc.integer({ min: 0, max: 5 * minute })),
        fc.oneof(fc.integer({ min: second, max: 40 * second }), fc.integer({ min: 0, max: 12 * minute })),
        fc.oneof({ weight: 6, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 6 })),
      ),
      { minLength: 1, maxLength: 16, size: 'max' },
    ),
    offs,
    jumps,
    stalls: fc.array(
      fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), gap: fc.integer({ min: 0, max: minute }) }),
      { maxLength: 2 },
    ),
  })
  .map((told) => historyOf(told, 'begin'));
