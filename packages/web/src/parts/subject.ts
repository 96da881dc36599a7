import type { Node, Vm } from '@huismeester/contracts';
import { known, useList } from '../api/resource.ts';
import { common } from '../words/common.ts';
import { useNames } from './person.tsx';

/** What a subject such as `vm/104` is called: VMs, nodes and people by their names, as far as one may see these; all else by its id, after its kind where that says more. */
export function useSubjects(): (subject: string) => string {
  const vms = useList<Vm>('/api/v1/vms', ['vm-lifecycle']);
  const nodes = useList<Node>('/api/v1/nodes', ['vm-lifecycle']);
  const nameOf = useNames();
  const vmNames = new Map(known(vms)?.map(({ id, name }) => [id, name]));
  const nodeNames = new Map(known(nodes)?.map(({ id, node }) => [id, node]));
  return (subject) => {
    const [kind, id = ''] = subject.split('/');
    if (kind === 'person') return nameOf(id);
    const name = kind === 'vm' ? vmNames.get(id) : kind === 'node' ? nodeNames.get(id) : undefined;
    return subjectText(name === undefined ? subject : `${kind}/${name}`);
  };
}

/** The same without asking for names. */
export function subjectText(subject: string): string {
  const [kind = '', ...rest] = subject.split('/');
  const id = rest.join(' ');
  const { subjects, kinds, coreParts } = common.value;
  if (kind === 'vm' || kind === 'node') return subjects[kind](id);
  if (kind === 'core') return coreParts[id] ?? id;
  return kinds[kind] === undefined ? id || subject : `${kinds[kind]} ${id}`;
}
