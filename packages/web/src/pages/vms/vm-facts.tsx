import type { Lease, Vm } from '@huismeester/contracts';
import type { ComponentChildren } from 'preact';
import { Copyable } from '../../parts/copy.tsx';
import { Mark } from '../../parts/mark.tsx';
import { useNames } from '../../parts/person.tsx';
import { Facts } from '../../parts/table.tsx';
import { common } from '../../words/common.ts';
import { sizeText } from './amounts.ts';
import { toneOf } from './model.ts';
import { GoesOff, WhyOff } from './own-card.tsx';
import { words } from './words.ts';

/** How a VM is: its state with what is wanted of it, until when it runs, how one logs in. */
export function VmFacts({ vm, lease }: { readonly vm: Vm; readonly lease: Lease | undefined | 'unknown' }) {
  const text = words.value;
  const nameOf = useNames();
  const { name, status, desired, act, ssh, owner, project } = vm;
  const { detail } = text;
  const rows: (readonly [string, ComponentChildren])[] = [];
  if (desired !== undefined) rows.push([detail.wanted, common.value.terms.wishes[desired]]);
  if (act !== undefined) rows.push([detail.under, act]);
  if (owner !== undefined) rows.push([detail.owner, nameOf(owner)]);
  if (project !== undefined) {
    rows.push([
      detail.project,
      <a key={project} href={`/projects/${encodeURIComponent(project)}`}>
        {detail.toProject}
      </a>,
    ]);
  }
  return (
    <>
      <p>
        <Mark tone={toneOf(vm)}>{common.value.terms.statuses[status]}</Mark>
      </p>
      {status === 'stopped' ? (
        <WhyOff vm={vm} />
      ) : (
        vm.lease !== undefined && <GoesOff vm={vm} lease={lease} />
      )}
      {ssh !== undefined && <Copyable text={ssh} what={text.address(name)} />}
      {rows.length > 0 && <Facts of={rows} />}
      <p class="small">{sizeText(vm) ?? text.sizeUnknown}</p>
    </>
  );
}
