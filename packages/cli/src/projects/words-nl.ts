import { projectWording } from '@huismeester/contracts/sentences';
import type { Words } from './words-en.ts';

const wording = projectWording.nl;

export const dutch: Words = {
  none: 'geen',
  nobody: 'niemand',
  classes: { core: 'core', 'space-wide': 'space-breed', participant: 'deelnemer' },
  states: wording.states,
  project: {
    heads: { id: 'id', class: 'klasse', state: 'stand', owner: 'eigenaar', vms: 'VM’s', title: 'titel' },
    nothing: 'Er is nog geen project. Een project begint met een VM, of met `huismeester project create`.',
    labels: {
      class: 'klasse',
      state: 'stand',
      purpose: 'doel',
      owner: 'eigenaar',
      people: 'mensen',
      managers: 'beheerders',
      wiki: 'wiki',
      hardware: 'hardware',
      vms: 'VM’s',
      agreement: 'afspraken',
      proposed: 'voorstel',
      history: 'verloop',
    },
    since: (what, at) => `${what}, sinds ${at}`,
    noAgreement: 'geen: over het beheer van een project worden afspraken gemaakt (SPACE-4)',
    between: (participant, team, at) => `${participant} en ${team}, ${at}`,
    toConsent: (id) => `akkoord? \`huismeester project agree ${id}\``,
    retiring: (by, why) => `${by} wil dat het stopt: ${why}`,
    registered: (id, title) => `${title} staat in het register, als ${id}.`,
    changed: (title) => `${title} is veranderd.`,
    proposedNow: (title, other) =>
      `Er is een voorstel voor het beheer van ${title}; het geldt als ${other} akkoord gaat.`,
    consented: (title) => `Over het beheer van ${title} zijn afspraken gemaakt.`,
    willRetire: (title, id) =>
      `${title} stopt zodra een ander vol lid dat bevestigt: \`huismeester project confirm-end ${id}\`.`,
    retired: (title) => `${title} is voorbij; zijn VM’s mogen voortaan weg.`,
    goesOn: (title) => `${title} gaat door.`,
    givenUp: (title) => `${title} is opgegeven.`,
    sayWhat: 'zeg wat er verandert: een van de opties',
    noText: (file) => `${file} is leeg: er hoort in te staan wat er is afgesproken`,
    sayBoth: 'een afspraak is tussen twee: zeg --participant, --team en --text-file',
  },
  promotion: {
    heads: {
      id: 'id',
      project: 'project',
      what: 'vraagt',
      state: 'stand',
      users: 'gebruikt door',
      at: 'sinds',
    },
    nothing: 'Niemand heeft iets gevraagd.',
    states: wording.requests,
    unfinished: 'nog niet uitgevoerd',
    oneMoreVm: 'nog een VM',
    becomes: (to) => `om ${to === 'space-wide' ? 'space-breed' : to} te worden`,
    labels: {
      by: 'gevraagd door',
      used: 'gebruikt door',
      decided: 'besloten',
      undone: 'teruggedraaid',
      why: 'waarom',
    },
    criteria: {
      facilitates: 'bijeenkomsten of andere projecten',
      needed: 'wie het nodig heeft',
      'not-core': 'geen core-infra',
    },
    questions: wording.questions,
    sayAnswers:
      'het team oordeelt aan de hand van drie antwoorden: geef --facilitates, --needed en --not-core',
    sayBecause: 'zeg waarom: --because',
    sayOne: 'zeg wat je vraagt: --to space-wide, --to core, of --one-more-vm',
    asked: (id) =>
      `Het is gevraagd, als ${id}; iemand van het infrateam besluit. Een termijn die intussen afloopt, loopt gewoon af.`,
    used: (count) =>
      `Genoteerd: jij gebruikt het ook. Dat ${count === 1 ? 'doet 1 persoon' : `doen ${count} mensen`}.`,
    withdrawn: 'Het verzoek is ingetrokken.',
    granted: (id) => `Het is toegekend. Hoe ver het is: \`huismeester promotion show ${id}\`.`,
    declined: 'Het is afgewezen.',
    undone: (id) => `Het is teruggedraaid. Hoe ver dat is: \`huismeester promotion show ${id}\`.`,
    openPoints: 'Open voordat het core kan zijn (bevestig met --confirm wat je gelezen hebt):',
    point: wording.points,
    steps: wording.steps,
    runThis: 'als root op een node:',
  },
  notFound: (reference) => `geen project heet ${reference}: \`huismeester project list\` laat ze zien`,
  several: (count, reference, ids) => `${count} projecten heten ${reference}: zeg welke van ${ids}`,
};
