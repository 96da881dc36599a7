/** Who reads how things hang together. */
export const teamSide = ['trial', 'infrateam', 'board', 'administrator', 'service'] as const;
/** Who writes the register: full members, and whoever administers Huismeester. */
export const writers = ['infrateam', 'administrator'] as const;
/** Whoever may run an item, or learn to. */
export const people = ['participant', 'trial', 'infrateam', 'board', 'administrator'] as const;
/** What a link may lead to. */
export const targetKinds = ['item', 'vm', 'node', 'hypervisor', 'switch', 'ups', 'probe'] as const;
