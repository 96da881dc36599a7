import type { WordFor } from '../wording.ts';
import type { ItemProposalResource, LinkSeen } from './resources.ts';
import type { ItemCore, ItemKind, ItemLife, LinkKind, StewardRole, Tenure } from './words.ts';

// The same names as in wording-nl.ts.

const kinds: WordFor<typeof ItemKind> = {
  server: 'server',
  ups: 'UPS',
  'server-software': 'server software',
  'off-site-server-software': 'server software elsewhere',
  'bar-pc': 'bar PC',
  'music-system': 'music system',
  laptop: 'laptop',
  router: 'router',
  switch: 'switch',
  'access-point': 'access point',
  cable: 'cable',
  service: 'service',
  other: 'other',
};

const lives: WordFor<typeof ItemLife> = {
  designed: 'designed',
  building: 'being built',
  'in-use': 'in use',
  retired: 'retired',
};

const cores: WordFor<typeof ItemCore> = {
  no: 'not core',
  availability: 'availability (CORE-1)',
  confidentiality: 'confidentiality (CORE-2)',
  both: 'availability and confidentiality (CORE-1, CORE-2)',
};

const coreFor: Readonly<Record<'availability' | 'confidentiality', string>> = {
  availability: 'availability',
  confidentiality: 'confidentiality',
};

/** Whose an item is; `of` is with whom it was agreed, `until` the end of it or nothing. */
const tenures: Readonly<Record<Tenure['kind'], (of: string, until: string) => string>> = {
  owned: () => 'the foundation’s',
  rented: (of, until) => `rented from ${of}${until}`,
  loaned: (of, until) => `on loan from ${of}${until}`,
  private: (of, until) => `${of}’s own${until}`,
};

const links: WordFor<typeof LinkKind> = {
  'runs-on': 'runs on',
  'powered-by': 'is powered by',
  'depends-on': 'depends on',
};

/** Where a link is known from, behind it. */
const from: Readonly<Record<LinkSeen['from'], string>> = {
  entered: '',
  settings: ' (settings)',
  proxmox: ' (Proxmox)',
};

const stewardRoles: WordFor<typeof StewardRole> = { steward: 'can run it', learner: 'learns it' };

const proposedBecause: Readonly<Record<ItemProposalResource['because'], string>> = {
  seen: 'seen',
  'CORE-3': 'CORE-3 names it',
  'SPACE-2': 'SPACE-2 names it',
};

/** What values of the register are called. */
export const wording = { kinds, lives, cores, coreFor, tenures, links, from, stewardRoles, proposedBecause };
