/** The pages that have a name in the navigation. */
export const navigation = ['now', 'power', 'network', 'vms', 'projects', 'things', 'team'] as const;
/** Those under “More”. */
export const underMore = ['violations', 'decisions', 'policy', 'report', 'settings', 'account'] as const;

export type PageName = (typeof navigation)[number] | (typeof underMore)[number] | 'display';
