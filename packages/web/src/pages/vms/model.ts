import type { Creation, Quota, Vm, VmAct } from '@huismeester/contracts';
import type { Tone } from '../../parts/tone.ts';

/* What the pages about VMs know of their answers, without anything on the screen. */

type Class = Vm['class'];
/** A VM's size as the API has it. */
export interface Amounts {
  readonly cores: number;
  readonly memory_mib: number;
  readonly disk_gib: number;
}

/** In which order classes stand: that which people come for first. */
const classOrder: readonly Class[] = ['participant', 'space-wide', 'core'];

/** How a VM is: one that is off on purpose is neither good nor bad. */
export function toneOf({ status, desired }: Pick<Vm, 'status' | 'desired'>): Tone {
  if (status === 'unknown') return 'unknown';
  if (status === 'running') return desired === 'stopped' ? 'warn' : 'good';
  return desired === 'running' ? 'warn' : 'calm';
}

/** Those that have each word of what was typed somewhere in their own words, which `wordsOf` gives in small letters. */
export function matching<T>(all: readonly T[], typed: string, wordsOf: (each: T) => string): readonly T[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return all;
  return all.filter((each) => {
    const has = wordsOf(each);
    return wanted.every((word) => has.includes(word));
  });
}

/** By class in {@link classOrder}, those that run first, then by name. */
export function byClass(vms: readonly Vm[]): readonly (readonly [Class, readonly Vm[]])[] {
  const off = ({ status }: Vm): number => (status === 'running' ? 0 : 1);
  const groups = Map.groupBy(vms, (vm) => vm.class);
  return classOrder.flatMap((of) => {
    const found = groups.get(of)?.toSorted((a, b) => off(a) - off(b) || a.name.localeCompare(b.name));
    return found === undefined ? [] : [[of, found] as const];
  });
}

/** The makings that ask for somebody's attention: those that go on, and those that failed. */
export function unfinished(creations: readonly Creation[], owner: string | undefined): readonly Creation[] {
  return creations.filter((each) => each.owner === owner && (!each.ready || each.step === 'failed'));
}

/** The newest thing that was asked of a VM, by a list that has the newest first. */
export function newestAct(acts: readonly VmAct[], vm: string): VmAct | undefined {
  return acts.find((each) => each.vm === vm);
}

/** Whether it is still being done. */
export function isUnderWay({ state }: Pick<VmAct, 'state'>): boolean {
  return state === 'waiting' || state === 'under-way';
}

const usual: readonly Creation['step'][] = [
  'planned',
  'cloning',
  'configuring',
  'resizing',
  'starting',
  'waiting-for-address',
];

/** A step of making a VM, on the way to its end. */
export interface Step {
  readonly step: Creation['step'];
  readonly is: 'done' | 'now' | 'ahead';
  /** How long it took, s. */
  readonly took?: number;
}

/** The steps that were taken, the one that is taken, and those that are still to come; one that was skipped is not there. */
export function stepsOf({
  steps,
  step: last,
  ready,
}: Pick<Creation, 'steps' | 'step' | 'ready'>): readonly Step[] {
  const taken = steps.flatMap(({ step, at }, index): Step[] => {
    if (step === 'done' || step === 'failed' || step === 'given-up') return [];
    const next = steps[index + 1];
    if (next === undefined) return [{ step, is: 'now' }];
    return [
      { step, is: 'done', took: Math.max(0, Math.round((Date.parse(next.at) - Date.parse(at)) / 1000)) },
    ];
  });
  if (ready) return taken;
  const ahead = usual
    .slice(usual.indexOf(last) + 1)
    .filter((step) => !steps.some((each) => each.step === step));
  return [...taken, ...ahead.map((step): Step => ({ step, is: 'ahead' }))];
}

const resources = ['vms', 'cores', 'memory_mib', 'disk_gib'] as const;
export type Resource = (typeof resources)[number];

/** What somebody uses once they have one more VM of this size, and what they may. */
export function quotaWith(
  { used, allowed }: Pick<Quota, 'used' | 'allowed'>,
  size: Amounts | undefined,
): readonly { readonly of: Resource; readonly used: number; readonly allowed: number }[] {
  const more = size === undefined ? undefined : { vms: 1, ...size };
  return resources.map((of) => ({ of, used: used[of] + (more?.[of] ?? 0), allowed: allowed[of] }));
}
