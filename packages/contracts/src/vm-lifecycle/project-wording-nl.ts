import type { ProjectWording } from './project-wording-en.ts';

export const nl: ProjectWording = {
  states: { active: 'loopt', retiring: 'stopt, na bevestiging', retired: 'voorbij' },
  requests: {
    pending: 'wacht op het team',
    granted: 'toegekend',
    declined: 'afgewezen',
    withdrawn: 'ingetrokken',
    undone: 'teruggedraaid',
  },
  questions: {
    facilitates: 'Wat doet het voor bijeenkomsten of andere projecten?',
    needed: 'Wie heeft het nodig?',
    'not-core': 'Waarom is het geen core-infra (of zou het dat zijn)?',
  },
  points: {
    'CORE-1': 'moet het beschikbaar zijn, en wat let erop?',
    'CORE-2': 'moet het vertrouwelijk zijn, en wie heeft toegang?',
    'CORE-4': 'alleen het infrateam beheert het voortaan: wie nu?',
    'CORE-5': 'ontwerpbeslissingen staan op de wiki: waar?',
    'CORE-6': 'is de hardware van de stichting, of door haar gehuurd?',
  },
  steps: { 'to-do': 'te doen', asked: 'gevraagd', failed: 'mislukt', done: 'klaar' },
};
