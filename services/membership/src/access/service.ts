import type { Service } from '@huismeester/service';

/** What the review of who has access takes of its service. */
export type AccessService = Service<'site' | 'http' | 'directory' | 'access' | 'hypervisors' | 'wiki'>;
