import { noDirectory } from '../facts/of-team.ts';
import type { ClauseDescription } from './description.ts';

const projects = 'services/vm-lifecycle/test/projects.test.ts';
const promotion = 'services/vm-lifecycle/src/core/promotion.test.ts';

/** What people do needs people: without a directory nobody can ask for anything. */
const needsPeople: ClauseDescription['notSetUp'] = ({ directory }) => (directory ? undefined : noDirectory);

/** Clauses about space-wide and participants’ projects, and about what is the board’s. */
export const ofProjects: readonly ClauseDescription[] = [
  {
    clause: 'SPACE-1',
    titles: {
      nl: 'Een project wordt space-breed als de space er iets aan heeft, er vraag naar is en het geen core-infra is',
      en: 'A project becomes space-wide when it serves the space, is needed and is not core',
    },
    does: 'Who asks for it answers the three criteria; one full member decides, with a reason, and another may undo that within a week.',
    builtIn: {
      nl: 'een project wordt alleen space-breed door een aanvraag die de drie criteria beantwoordt, en een besluit van een volledig lid',
      en: 'a project becomes space-wide only by a request that answers the three criteria, and a decision of a full member',
    },
    notSetUp: needsPeople,
    tests: [promotion, projects],
  },
  {
    clause: 'SPACE-2',
    titles: {
      nl: 'Muziek, grafieken en MQTT horen bij de space-brede projecten',
      en: 'Music, dashboards and MQTT are among the space-wide projects',
    },
    does: 'The three are proposed for the register as space-wide.',
    tests: [
      'services/inventory/src/core/proposals/proposals.test.ts',
      'services/policy/src/rules/things/things.test.ts',
    ],
  },
  {
    clause: 'SPACE-3',
    titles: {
      nl: 'VM’s van space-brede projecten blijven aan, en blijven bestaan',
      en: 'VMs of space-wide projects stay on and stay',
    },
    does: 'Found off without a reason they are started again, at most three times in an hour. In a power cut they go off after those of participants, and come back. One that is destroyed before two full members retired its project is a serious violation.',
    tests: [
      'services/policy/src/rules/keep-running/keep-running.test.ts',
      'services/policy/src/rules/power/story.test.ts',
      'services/policy/src/rules/projects/projects.test.ts',
      'test/spaces/power-cut.test.ts',
    ],
  },
  {
    clause: 'SPACE-4',
    titles: {
      nl: 'Met het team is afgesproken hoe een space-breed project wordt beheerd',
      en: 'How a space-wide project is run is agreed with the team',
    },
    does: 'An agreement has the consent of both sides; none after 30 days is a warning.',
    tests: ['services/policy/src/rules/projects/projects.test.ts', projects],
  },
  {
    clause: 'SPACE-5',
    titles: { nl: 'Een space-breed project heeft beheerders', en: 'A space-wide project has managers' },
    does: 'Managers may start, reboot and hold the VMs of their project; the team may, too.',
    builtIn: {
      nl: 'wie een project beheert, staat in het register, en mag alleen iets met de VM’s van dat project',
      en: 'who manages a project stands in the register, and may act on its VMs and no others',
    },
    notSetUp: needsPeople,
    tests: [
      projects,
      'services/policy/test/manager-holds.test.ts',
      'services/vm-lifecycle/src/core/may.test.ts',
    ],
  },
  {
    clause: 'SPACE-6',
    titles: {
      nl: 'Ontwerpbesluiten over space-brede projecten staan op de wiki',
      en: 'Design decisions about space-wide projects are on the wiki',
    },
    does: 'As CORE-5, of projects for the whole space and of items that serve it.',
    tests: ['services/policy/src/rules/wiki/wiki.test.ts'],
  },
  {
    clause: 'SPACE-7',
    titles: {
      nl: 'Een VM van een space-breed project is alleen voor dat project',
      en: 'A VM of a space-wide project is used for that project alone',
    },
    does: 'To which project a VM belongs is fixed when it is made; one more is asked for, and granted by a full member.',
    builtIn: {
      nl: 'een VM hoort vanaf het begin bij één project, en niets verandert dat',
      en: 'a VM belongs to one project from its creation on, and nothing changes that',
    },
    notSetUp: needsPeople,
    tests: [projects, 'services/policy/src/facts/project.test.ts'],
  },
  {
    clause: 'SPACE-8',
    titles: {
      nl: 'Het team kan een space-breed project core-infra maken',
      en: 'The team may make a space-wide project core',
    },
    does: 'A full member decides it, after the open points of CORE-1 to CORE-6 were listed.',
    builtIn: {
      nl: 'een project wordt alleen core-infra door een besluit van een volledig lid, dat in de geschiedenis staat',
      en: 'a project becomes core only by a decision of a full member, which stands in its history',
    },
    notSetUp: needsPeople,
    tests: [promotion, projects],
  },
  {
    clause: 'PART-1',
    titles: {
      nl: 'Voor elk ander project van deelnemers is plaats',
      en: 'Any other project of participants has its place',
    },
    does: 'Any participant may register a project, with a VM or without. A VM in a pool that settings do not name is left alone, and is never one of participants.',
    builtIn: {
      nl: 'elke deelnemer kan projecten aanmelden, en die blijven van deelnemers tot het team iets anders besluit',
      en: 'any participant registers projects, and they are participants’ projects until the team decides otherwise',
    },
    notSetUp: needsPeople,
    tests: [
      'services/vm-lifecycle/src/core/project.test.ts',
      'services/vm-lifecycle/src/core/pools.test.ts',
      projects,
    ],
  },
  {
    clause: 'PART-2',
    titles: {
      nl: 'Deelnemers maken zelf VM’s voor hun projecten',
      en: 'Participants make VMs for their own projects by themselves',
    },
    does: 'Any participant makes a VM from a list of templates, within a quota, and reads its address and how to reach it.',
    builtIn: {
      nl: 'elke deelnemer maakt VM’s binnen zijn quotum, en hoeft niemand iets te vragen',
      en: 'any participant makes VMs within their quota, and asks nobody',
    },
    notSetUp: (settings) =>
      settings.creates
        ? needsPeople(settings)
        : 'no hypervisor has a token to make VMs: set hypervisors.ID.tokens.create, and templates, in space.yaml',
    tests: ['services/vm-lifecycle/test/creating/making.test.ts', 'services/vm-lifecycle/test/quota.test.ts'],
  },
  {
    clause: 'PART-3',
    titles: {
      nl: 'Wie een VM maakt is er verantwoordelijk voor',
      en: 'Who makes a VM is responsible for it',
    },
    does: 'Each VM of participants has an owner, handed over by an offer and its acceptance. One whose owner is disabled or gone is a violation, and so is one that nobody claimed in time.',
    tests: [
      'services/policy/src/rules/ownership/unclaimed.test.ts',
      'services/vm-lifecycle/test/handing-over.test.ts',
      'services/vm-lifecycle/test/incarnations.test.ts',
    ],
  },
  {
    clause: 'PART-4',
    titles: {
      nl: 'Een VM van een deelnemer gaat twee weken na het starten uit',
      en: "A participant's VM goes off two weeks after its start",
    },
    does: 'Its lease begins at each start, and may be renewed. It is shut down only if its owner was warned of this very stop a day before; it is never deleted.',
    tests: [
      'services/policy/src/rules/lease/lease.test.ts',
      'services/policy/src/rules/lease/histories.test.ts',
      'services/policy/test/leases.test.ts',
      'services/policy/test/notices.test.ts',
    ],
  },
  {
    clause: 'PART-5',
    titles: {
      nl: 'Een deelnemer kan vragen of het project space-breed mag worden',
      en: 'A participant can ask for their project to become space-wide',
    },
    does: 'Who runs a project asks for it, with the three criteria; while that is open the lease runs on.',
    builtIn: {
      nl: 'wie een project draait, mag er altijd om vragen',
      en: 'who runs a project may ask for it at any time',
    },
    notSetUp: needsPeople,
    tests: [promotion, projects],
  },
  {
    clause: 'PRIV-1',
    titles: {
      nl: 'Wat alleen voor het bestuur is, ziet alleen het bestuur',
      en: 'What is for the board alone is seen by the board alone',
    },
    does: 'A person is an id of the directory in every table, log and event; name and address are read from the directory when they are needed, and not kept. What is about a person is for the team, the board and that person.',
    builtIn: {
      nl: 'er worden geen ledengegevens bewaard: mensen zijn nummers, en de infra van het bestuur wordt nooit gelezen',
      en: 'no registration data is kept: persons are ids, and board infra is never read',
    },
    tests: [
      'services/policy/src/people/may-see.test.ts',
      'services/policy/test/people.test.ts',
      'services/membership/test/questions.test.ts',
      'test/spaces/people.test.ts',
    ],
  },
  {
    clause: 'PRIV-2',
    titles: { nl: 'Het bestuur beheert zelf zijn infra', en: 'The board runs its own infra' },
    does: 'VMs outside the pools that settings name are left out before anything is done with them; in a power cut they are left to the hypervisor’s own shutdown, whose time is budgeted.',
    builtIn: {
      nl: 'VM’s buiten de pools uit de instellingen worden nooit getoond, geteld, uitgezet of gestart',
      en: 'VMs outside the pools that settings name are never listed, counted, stopped or started',
    },
    tests: [
      'services/vm-lifecycle/src/core/pools.test.ts',
      'services/vm-lifecycle/test/discovery.test.ts',
      'services/policy/src/rules/power/budget.test.ts',
    ],
  },
];
