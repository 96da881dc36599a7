/** What is to be looked at about the lease of a VM; `adopted`: it has an owner since now. */
export function leaseTask(vm: string, { adopted = false } = {}) {
  return { kind: 'lease', key: vm, payload: { adopted } };
}
