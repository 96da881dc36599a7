import type { Node, Vm } from '@huismeester/contracts';
import { useList } from '../api/resource.ts';
import { common } from '../words/common.ts';
import { useNames } from './person.tsx';

/** What a subject such as `vm/104` is called: VMs, nodes and people by their names, as far as one may see these; all else by its kind and id. */
export function useSubjects(): (subject: string) => string {
  const vms = useList<Vm>('/api/v1/vms', ['vm-lifecycle']);
  const nodes = useList<Node>('/api/v1/nodes', ['vm-lifecycle']);
  const nameOf = useNames();
  const [vmState, nodeState] = [vms.state.value, nodes.state.value];
  const vmNames = new Map(vmState.kind === 'loaded' ? vmState.value.map(({ id, name }) => [id, name]) : []);
  const nodeNames = new Map(
    nodeState.kind === 'loaded' ? nodeState.value.map(({ id, node }) => [id, node]) : [],
  );
  return (subject) => {
    const [kind, id = ''] = subject.split('/');
    const { subjects } = common.value;
    if (kind === 'vm') return subjects.vm(vmNames.get(id) ?? id);
    if (kind === 'node') return subjects.node(nodeNames.get(id) ?? id);
    return kind === 'person' ? nameOf(id) : subject;
  };
}
