import type {
  ItemCore,
  ItemKind,
  ItemLife,
  ItemProposalResource,
  LinkKind,
  LinkSeen,
  StewardRole,
  Tenure,
} from '@huismeester/contracts';

export const item = {
  heads: {
    id: 'id',
    kind: 'kind',
    layer: 'layer',
    life: 'life',
    core: 'core for',
    tenure: 'whose',
    stewards: 'who can run it',
    seen: 'state',
    name: 'name',
  },
  nothing:
    'Nothing is registered yet. `huismeester item propose` shows what is there, `huismeester item add` registers anything else.',
  noneOfThose: 'No item is like that; `huismeester item list --all` lists every one.',
  kinds: {
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
  } satisfies Record<ItemKind, string> as Readonly<Record<ItemKind, string>>,
  lives: {
    designed: 'designed',
    building: 'being built',
    'in-use': 'in use',
    retired: 'retired',
  } satisfies Record<ItemLife, string> as Readonly<Record<ItemLife, string>>,
  layer: (layer: string) => (layer === 'supporting' ? 'supporting' : `OSI ${layer}`),
  cores: {
    no: 'not core',
    availability: 'availability (CORE-1)',
    confidentiality: 'confidentiality (CORE-2)',
    both: 'availability and confidentiality (CORE-1, CORE-2)',
  } satisfies Record<ItemCore, string> as Readonly<Record<ItemCore, string>>,
  coreFor: { availability: 'availability', confidentiality: 'confidentiality' },
  labels: {
    kind: 'kind',
    life: 'life',
    core: 'core',
    spaceWide: 'space-wide',
    place: 'place',
    tenure: 'whose',
    standsFor: 'stands for',
    seen: 'state',
    project: 'project',
    needs: 'needs',
    stewards: 'who can run it',
    note: 'note',
    since: 'registered',
  },
  yes: 'yes: it serves the whole space',
  notInfra: 'no infra: somebody’s own, and not directly supporting; it is counted nowhere (INFRA-1)',
  notInfraShort: 'no infra (INFRA-1)',
  isCoreByVm: (what: string) => `${what}, by the class of the VM`,
  tenures: {
    owned: () => 'the foundation’s',
    rented: (of: string, until: string) => `rented from ${of}${until}`,
    loaned: (of: string, until: string) => `on loan from ${of}${until}`,
    private: (of: string, until: string) => `${of}’s own${until}`,
  } satisfies Record<Tenure['kind'], (of: string, until: string) => string> as Readonly<
    Record<Tenure['kind'], (of: string, until: string) => string>
  >,
  /** Whose it is, to who may not see people. */
  hidden: 'somebody',
  until: (day: string) => `, until and including ${day}`,
  noEnd: ', without an end',
  noTenure: 'nobody said: `huismeester item change ID --tenure owned`',
  unseen: 'not seen by any service now',
  links: { 'runs-on': 'runs on', 'powered-by': 'is powered by', 'depends-on': 'depends on' } satisfies Record<
    LinkKind,
    string
  > as Readonly<Record<LinkKind, string>>,
  from: { entered: '', settings: ' (settings)', proxmox: ' (Proxmox)' } satisfies Record<
    LinkSeen['from'],
    string
  > as Readonly<Record<LinkSeen['from'], string>>,
  or: ' or ',
  roles: { steward: 'can run it', learner: 'learns it' } satisfies Record<StewardRole, string> as Readonly<
    Record<StewardRole, string>
  >,
  counts: (who: string, until: string) => `${who}, counts until ${until}`,
  countsNoMore: (who: string) => `${who}, counts no more: «I can still do this» is over 400 days ago`,
  learns: (who: string) => `${who} learns it`,
  noSteward: 'nobody, as far as you may see',
  registered: (id: string, name: string) => `${name} is registered, as ${id}`,
  changed: (name: string) => `${name} is changed`,
  retired: (name: string) => `${name} is retired`,
  linked: (name: string, how: string, to: string) => `${name} ${how} ${to} now`,
  unlinked: (name: string, how: string, to: string) => `it is no longer so that ${name} ${how} ${to}`,
  partyNeedsTenure:
    '--of, --person and --until say more of a tenure: give --tenure rented, loaned or private with them',
  onePart:
    'a tenure is of somebody: give --of NAME for an organisation, or --person UID for a person, not both',
  notClearable: (found: string, allowed: string) => `--clear: found ${found}; allowed: ${allowed}`,
};

export const proposal = {
  heads: { id: 'id', kind: 'kind', layer: 'layer', core: 'core', because: 'because', name: 'name' },
  nothing: 'Nothing is proposed: all that is seen is registered.',
  because: { seen: 'seen', 'CORE-3': 'CORE-3 names it', 'SPACE-2': 'SPACE-2 names it' } satisfies Record<
    ItemProposalResource['because'],
    string
  > as Readonly<Record<ItemProposalResource['because'], string>>,
  next: (id: string) =>
    `Register what is right: \`huismeester item confirm ${id} --tenure owned\`, or --all; what is not to be: \`huismeester item dismiss ${id}\`.`,
  dismissedToo: (count: number) => `${count} that were dismissed are shown with --all.`,
  sayWhich: 'say which: ids of `huismeester item propose`, or --all',
  unknown: (id: string) => `${id} is not proposed: \`huismeester item propose --all\` lists what is`,
  nothingToConfirm: 'Nothing is proposed: nothing was registered.',
  registered: (count: number, ids: string) =>
    `${count === 1 ? '1 item is' : `${count} items are`} registered: ${ids}`,
  whose:
    'Whose each of them is nobody said: `huismeester item change ID --tenure …`, or all at once by CSV (`huismeester item export`).',
  dismissed: (id: string) => `${id} is not proposed any more`,
  reopened: (id: string) => `${id} is proposed again`,
};
