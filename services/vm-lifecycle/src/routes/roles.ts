/** Whoever has a role may read what vm-lifecycle knows: VMs of no listed pool are in no table at all (PRIV-2). */
export const readers = ['participant', 'trial', 'infrateam', 'board', 'administrator', 'service'] as const;
