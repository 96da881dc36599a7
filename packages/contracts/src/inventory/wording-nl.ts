import type { WordFor } from '../wording.ts';
import type { ItemProposalResource, LinkSeen } from './resources.ts';
import type { ItemCore, ItemKind, ItemLife, LinkKind, StewardRole, Tenure } from './words.ts';

const kinds: WordFor<typeof ItemKind> = {
  server: 'server',
  ups: 'UPS',
  'server-software': 'serversoftware',
  'off-site-server-software': 'serversoftware elders',
  'bar-pc': 'bar-pc',
  'music-system': 'muziekinstallatie',
  laptop: 'laptop',
  router: 'router',
  switch: 'switch',
  'access-point': 'accesspoint',
  cable: 'kabel',
  service: 'dienst',
  other: 'anders',
};

const lives: WordFor<typeof ItemLife> = {
  designed: 'ontworpen',
  building: 'in aanbouw',
  'in-use': 'in gebruik',
  retired: 'afgedankt',
};

const cores: WordFor<typeof ItemCore> = {
  no: 'geen core',
  availability: 'beschikbaarheid (CORE-1)',
  confidentiality: 'vertrouwelijkheid (CORE-2)',
  both: 'beschikbaarheid en vertrouwelijkheid (CORE-1, CORE-2)',
};

const coreFor: Readonly<Record<'availability' | 'confidentiality', string>> = {
  availability: 'beschikbaarheid',
  confidentiality: 'vertrouwelijkheid',
};

/** Whose an item is; `of` is with whom it was agreed, `until` the end of it or nothing. */
const tenures: Readonly<Record<Tenure['kind'], (of: string, until: string) => string>> = {
  owned: () => 'van de stichting',
  rented: (of, until) => `gehuurd van ${of}${until}`,
  loaned: (of, until) => `in bruikleen van ${of}${until}`,
  private: (of, until) => `van ${of} zelf${until}`,
};

const links: WordFor<typeof LinkKind> = {
  'runs-on': 'draait op',
  'powered-by': 'krijgt stroom van',
  'depends-on': 'hangt af van',
};

/** Where a link is known from, behind it. */
const from: Readonly<Record<LinkSeen['from'], string>> = {
  entered: '',
  settings: ' (instellingen)',
  proxmox: ' (Proxmox)',
};

const stewardRoles: WordFor<typeof StewardRole> = { steward: 'beheert', learner: 'leert het' };

const proposedBecause: Readonly<Record<ItemProposalResource['because'], string>> = {
  seen: 'gezien',
  'CORE-3': 'CORE-3 noemt het',
  'SPACE-2': 'SPACE-2 noemt het',
};

/** What values of the register are called. */
export const wording = { kinds, lives, cores, coreFor, tenures, links, from, stewardRoles, proposedBecause };
