import type { Drill, DrillGuest } from '@huismeester/contracts';
import type { Language } from '../language.ts';
import type { Style } from '../output.ts';
import { type Reasoned, reasonIn } from '../reason.ts';
import type { DrillWords } from './drill-en.ts';

/** One line of a drill; times are seconds. */
export interface Row {
  /** After mains failed, or, where it comes back, after mains is back; undefined where it hangs on no clock. */
  readonly at?: number | undefined;
  readonly what: string;
  readonly who: string;
  readonly node?: string;
  readonly off?: number | undefined;
  readonly why: string;
  readonly style?: Style | undefined;
}

export interface DrillText {
  readonly language: Language;
  readonly words: DrillWords;
  /** The names of VMs by id, as far as they are known. */
  readonly names: ReadonlyMap<string, string>;
}

type Part = 'stages' | 'guests' | 'nodes';

/** The whole of a drill in rows: what happens by time, then what hangs on no clock. */
export function rowsOf(drill: Drill, text: DrillText): { timed: Row[]; apart: Row[] } {
  const rows = (['stages', 'guests', 'nodes'] as const).flatMap((part) => partOf[part](drill, text));
  const empty: Row[] =
    drill.empty_s === undefined
      ? []
      : [{ at: drill.empty_s, what: text.words.empty, who: '', why: '', style: 'bold' }];
  const timed = [...rows, ...empty].filter(({ at }) => at !== undefined);
  return {
    // The sort is stable: at one moment a stage goes before its guests, and they before their node.
    timed: timed.sort((a, b) => (a.at ?? 0) - (b.at ?? 0)),
    apart: rows.filter(({ at }) => at === undefined),
  };
}

const partOf: { readonly [P in Part]: (drill: Drill, text: DrillText) => Row[] } = {
  stages: ({ stages }, text) =>
    stages.map((stage) => ({
      at: stage.at_s,
      what: text.words.stage(stage.stage),
      who: `ups/${stage.ups}`,
      style: 'bold',
      why: reasonIn(text.language, stage),
    })),
  guests: ({ guests }, text) => guests.map((guest) => guestRow(guest, text)),
  nodes: ({ nodes }, text) =>
    nodes.map((node) => ({
      at: node.at_s,
      what: text.words.nodeGoes[node.by],
      who: nodeName(node),
      why: why(node, text),
    })),
};

const fateStyles: { readonly [fate in DrillGuest['fate']]: Style | undefined } = {
  'shut-down': undefined,
  'with-its-node': undefined,
  'left-alone': 'dim',
  off: 'dim',
  'loses-power': 'red',
};

function guestRow(guest: DrillGuest, text: DrillText): Row {
  const { words } = text;
  const fate = words.fates[guest.fate];
  const acts = guest.fate === 'shut-down' || guest.fate === 'loses-power';
  return {
    at: guest.at_s,
    off: guest.down_s,
    style: fateStyles[guest.fate],
    what: acts && guest.mode === 'dry-run' ? `${fate} (${words.dryRun})` : fate,
    who: guestName(guest, text),
    node: guest.node,
    why: why(guest, text),
  };
}

/** How everything comes back: the nodes first, which nothing can run without, then guests by time. */
export function returningRows({ guests, nodes }: Drill, text: DrillText): Row[] {
  const { words } = text;
  const wakes = nodes.flatMap((node) =>
    node.back === undefined ? [] : [{ what: words.wakes[node.back], who: nodeName(node), why: '' }],
  );
  const row = (guest: DrillGuest, what: string, style?: Style): Row => ({
    at: guest.back_s,
    what,
    who: guestName(guest, text),
    node: guest.node,
    why: '',
    style,
  });
  const starts = guests
    .filter(({ back_s }) => back_s !== undefined)
    .sort((a, b) => (a.back_s ?? 0) - (b.back_s ?? 0))
    .map((guest) => row(guest, words.starts));
  const stays = guests
    .filter(({ fate, back_s }) => fate === 'shut-down' && back_s === undefined)
    .map((guest) => row(guest, words.staysOff, 'yellow'));
  return [...wakes, ...starts, ...stays];
}

function why(each: Reasoned & { readonly clause: string }, { language }: DrillText): string {
  return `${each.clause}: ${reasonIn(language, each)}`;
}

function guestName({ vm }: DrillGuest, { names }: DrillText): string {
  const name = names.get(vm);
  return name === undefined ? `vm/${vm}` : `vm/${vm} ${name}`;
}

function nodeName({ hypervisor, node }: Drill['nodes'][number]): string {
  return `node/${hypervisor}-${node}`;
}
