import type { ClauseDescription } from './description.ts';

const things = 'services/policy/src/rules/things/things.test.ts';
const wiki = 'services/policy/src/rules/wiki/wiki.test.ts';

/** Clauses about what infra is, and about core. */
export const ofCore: readonly ClauseDescription[] = [
  {
    clause: 'INFRA-1',
    titles: {
      nl: 'Wat bij de infra hoort, en van wie het is, staat in het register',
      en: 'What counts as infra, and whose it is, is on record',
    },
    does: 'Each item has an OSI layer or is supporting, and says whether it is owned, rented, loaned or private, and until when. What is private and not supporting is not infra: it is refused as core, and counted nowhere.',
    tests: [
      'packages/contracts/src/inventory/meaning.test.ts',
      'services/inventory/src/core/plan-items.test.ts',
      things,
    ],
  },
  {
    clause: 'INFRA-2',
    titles: {
      nl: 'Servers, switches, kabels en al het andere staan in het register',
      en: 'The kinds of infra are on record: servers, switches, cables and so on',
    },
    does: 'Each item has a kind, and a cable its two ends. What is seen and not registered is proposed.',
    tests: [
      'services/inventory/src/core/plan-items.test.ts',
      'services/inventory/src/core/plan-cables.test.ts',
      things,
    ],
  },
  {
    clause: 'CORE-1',
    titles: {
      nl: 'Waar iedereen op moet kunnen rekenen, doet het',
      en: 'What one must be able to count on is available',
    },
    does: 'Core that is down is a violation until it is back, and an item that is core for availability and that nothing watches is one. In a power cut core goes off last.',
    tests: [
      'services/policy/src/rules/core/core.test.ts',
      'services/policy/src/rules/core/planned.test.ts',
      'services/policy/src/rules/power/story.test.ts',
      'services/policy/test/incidents.test.ts',
      things,
    ],
  },
  {
    clause: 'CORE-2',
    titles: {
      nl: 'Wat geheim moet blijven, blijft geheim, en elk jaar wordt nagelopen wie erbij kan',
      en: 'What must be confidential is, and who has access is confirmed each year',
    },
    does: 'Lists of who has access are kept by hand where there is no API, and confirmed each year; overdue is a warning. So is an item that is core for confidentiality, and of which it is nowhere recorded who has access.',
    tests: ['services/policy/src/rules/access/access.test.ts', things],
  },
  {
    clause: 'CORE-3',
    titles: {
      nl: 'De hypervisor, internet, de website, het inloggen en het netwerk van de space zijn core-infra',
      en: 'Hypervisor, uplink, website, login and space network are core',
    },
    does: 'Each of the five that nothing watches is a violation, once a space names probes or switches. All five are proposed for the register.',
    tests: ['services/policy/src/rules/core/core.test.ts', 'services/netwatch/test/services.test.ts'],
  },
  {
    clause: 'CORE-4',
    titles: {
      nl: 'Alleen het team heeft beheerrechten op core-infra',
      en: 'Only the team has admin access to core infra',
    },
    does: 'Who has admin rights, by Proxmox, the directory, the wiki and lists that are kept by hand, and is no member who may, is a violation each. Nothing is taken from anybody.',
    tests: [
      'services/policy/src/rules/access/access.test.ts',
      'services/membership/test/access.test.ts',
      'services/policy/test/team.test.ts',
    ],
  },
  {
    clause: 'CORE-5',
    titles: {
      nl: 'Ontwerpbesluiten over core-infra staan op de wiki',
      en: 'Design decisions about core infra are on the wiki',
    },
    does: 'An accepted design decision names its page of the wiki, which is looked at daily: two looks that say that it is missing, blank or leads to nowhere are a violation. So is core in use without an accepted design decision. While the wiki cannot be read nothing opens or closes; after 7 days the team reads so.',
    tests: [wiki, 'services/policy/test/things.test.ts'],
  },
  {
    clause: 'CORE-6',
    titles: {
      nl: 'Core-infra draait op hardware van de stichting, of die zij huurt',
      en: "Core infra runs on hardware that is the foundation's, or rented by it",
    },
    does: 'The hardware that each item and VM of core is on now is looked up: loaned, private or past its rent is a serious violation, whose evidence names the move; a rent that ends within 60 days is a warning, and so is hardware of which nobody said whose it is.',
    tests: [
      things,
      'services/policy/src/rules/things/observations.test.ts',
      'services/policy/test/things.test.ts',
      'test/spaces/seeing.test.ts',
    ],
  },
];
