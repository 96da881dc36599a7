import type { Words } from './words-en.ts';

const words: Words = {
  left: 'nog',
  core: 'Core-infra',
  coreFine: 'doet het',
  coreDown: (count) => (count === 1 ? '1 ding doet het niet' : `${count} dingen doen het niet`),
  ups: (name) => `UPS ${name}`,
  onMains: 'netstroom',
  onBattery: 'op de accu',
  notSeen: 'niet te zien',
  lasts: (time) => `houdt het ${time} vol`,
  noContact: (ago) => `Geen contact: dit is van ${ago}`,
  notYet: 'Wacht op het eerste antwoord',
  refused: 'Dit scherm mag niet zien hoe het ervoor staat',
  refusedNext: 'Maak er een link voor met `huismeester display add`, en open die hier.',
};

export default words;
