import type { Node, Vm } from '@huismeester/contracts';
import { useList } from '../../api/resource.ts';
import { words } from './words.ts';

/** What a target is called: a VM by its name, where it has one that can be seen, and a node by its name. */
export function useTargets(): (target: string) => string {
  const vms = useList<Vm>('/api/v1/vms', ['vm-lifecycle']);
  const nodes = useList<Node>('/api/v1/nodes', ['vm-lifecycle']);
  const [vmState, nodeState] = [vms.state.value, nodes.state.value];
  const vmNames = new Map(vmState.kind === 'loaded' ? vmState.value.map(({ id, name }) => [id, name]) : []);
  const nodeNames = new Map(
    nodeState.kind === 'loaded' ? nodeState.value.map(({ id, node }) => [id, node]) : [],
  );
  return (target) => {
    const [kind, id = ''] = target.split('/');
    const text = words.value;
    return kind === 'node' ? text.node(nodeNames.get(id) ?? id) : text.vm(vmNames.get(id) ?? id);
  };
}
