import type { Project } from '@huismeester/contracts';
import { projectWording } from '@huismeester/contracts/sentences';

const wording = projectWording.en;

/** What is said about projects and requests about them; the other languages have the same. */
export const english = {
  none: 'none',
  nobody: 'nobody',
  classes: { core: 'core', 'space-wide': 'space-wide', participant: 'participant' } as Readonly<
    Record<Project['class'], string>
  >,
  states: wording.states,
  project: {
    heads: { id: 'id', class: 'class', state: 'state', owner: 'owner', vms: 'VMs', title: 'title' },
    nothing: 'There is no project yet. One begins with a VM, or with `huismeester project create`.',
    labels: {
      class: 'class',
      state: 'state',
      purpose: 'purpose',
      owner: 'owner',
      people: 'people',
      managers: 'managers',
      wiki: 'wiki',
      hardware: 'hardware',
      vms: 'VMs',
      agreement: 'agreement',
      proposed: 'proposed',
      history: 'history',
    },
    since: (what: string, at: string) => `${what}, since ${at}`,
    noAgreement: 'none: how a project is managed is agreed upon (SPACE-4)',
    between: (participant: string, team: string, at: string) => `${participant} and ${team}, ${at}`,
    toConsent: (id: string) => `consent with \`huismeester project agree ${id}\``,
    retiring: (by: string, why: string) => `${by} wants it to end: ${why}`,
    registered: (id: string, title: string) => `${title} is in the register, as ${id}.`,
    changed: (title: string) => `${title} is changed.`,
    proposedNow: (title: string, other: string) =>
      `How ${title} is managed is proposed; it holds once ${other} consents.`,
    consented: (title: string) => `It is agreed how ${title} is managed.`,
    willRetire: (title: string, id: string) =>
      `${title} ends once another full member confirms: \`huismeester project confirm-end ${id}\`.`,
    retired: (title: string) => `${title} is over; its VMs may be deleted from now on.`,
    goesOn: (title: string) => `${title} goes on.`,
    givenUp: (title: string) => `${title} is given up.`,
    sayWhat: 'say what to change: one of the options',
    noText: (file: string) => `${file} is empty: it holds what was agreed`,
    sayBoth: 'an agreement is between two: say --participant, --team and --text-file',
  },
  promotion: {
    heads: { id: 'id', project: 'project', what: 'asks for', state: 'state', users: 'used by', at: 'since' },
    nothing: 'Nobody has asked for anything.',
    states: wording.requests,
    unfinished: 'not carried out yet',
    oneMoreVm: 'one more VM',
    becomes: (to: string) => `to become ${to}`,
    labels: { by: 'asked by', used: 'used by', decided: 'decided', undone: 'undone', why: 'why' },
    criteria: {
      facilitates: 'meetings or other projects',
      needed: 'who needs it',
      'not-core': 'not core infra',
    },
    questions: wording.questions,
    sayAnswers: 'the team judges by three answers: give --facilitates, --needed and --not-core',
    sayBecause: 'say why: --because',
    sayOne: 'say what you ask for: --to space-wide, --to core, or --one-more-vm',
    asked: (id: string) =>
      `It is asked, as ${id}; somebody of the infrateam decides. A lease that ends meanwhile ends all the same.`,
    used: (count: number) => `Noted: you use it too. ${count} ${count === 1 ? 'person does' : 'people do'}.`,
    withdrawn: 'The request is withdrawn.',
    granted: (id: string) =>
      `It is granted. How far it is carried out: \`huismeester promotion show ${id}\`.`,
    declined: 'It is declined.',
    undone: (id: string) =>
      `It is undone. How far that is carried out: \`huismeester promotion show ${id}\`.`,
    openPoints: 'Open before it can be core (confirm those that you have read with --confirm):',
    point: wording.points,
    steps: wording.steps,
    runThis: 'as root on a node:',
  },
  notFound: (reference: string) =>
    `no project is called ${reference}: \`huismeester project list\` lists them`,
  several: (count: number, reference: string, ids: string) =>
    `${count} projects are called ${reference}: say which of ${ids}`,
};

export type Words = typeof english;
