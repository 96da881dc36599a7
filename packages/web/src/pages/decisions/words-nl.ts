import { powerSentences, upsSentences } from '@huismeester/contracts/sentences-nl';
import type { Words } from './words-en.ts';

const words: Words = {
  eventSentences: { ...upsSentences, ...powerSentences },
  lead: 'Wat er is besloten over VM’s en nodes, en waarom. Nieuwste eerst.',
  empty: 'Er is nog niets besloten.',
  emptyNext:
    'Er wordt iets besloten als er iets gebeurt: een stroomuitval, het einde van een lease, een hold.',
  rehearsed: 'dry-run: er is niets gedaan',
  filter: 'Welke beslissingen',
  all: 'allemaal',
  acted: 'uitgevoerd',
  onlyRehearsed: 'alleen dry-run',
  of: (target) => `Alleen over ${target}.`,
  ofAll: 'Toon alles',
  more: 'Toon meer',
  title: (target, wish) => `${target} ${wish}`,
  armed: 'scherp: dit moest worden uitgevoerd',
  facts: 'Wat er aan de hand was',
  factsHidden: 'Het infrateam kan in het log zien door welke gebeurtenissen dit bekend was.',
  noFact: (count) =>
    count === 1
      ? 'Nog 1 gebeurtenis staat elders in de logs.'
      : `Nog ${count} gebeurtenissen staan elders in de logs.`,
  decided: 'Wat er is besloten',
  when: 'Wanneer',
  byClause: 'Clausule',
  say: 'Vanwege',
  stage: 'Fase',
  validUntil: 'Geldt tot',
  by: 'Door',
  result: 'Wat ervan kwam',
  resultHidden: 'Het infrateam kan in het log zien wat ervan kwam.',
  nothingYet: 'Er is nog niets gebeurd.',
  nothingNeeded: 'Er hoefde niets te gebeuren.',
  started: (cause) => `Aangegaan ${cause}.`,
  stopped: (cause) => `Uitgegaan ${cause}.`,
  after: 'Wat er daarna over is besloten',
  newest: 'Dit is de nieuwste beslissing hierover.',
  story: (count) =>
    count === 1
      ? 'Nog een beslissing in hetzelfde verhaal'
      : `Nog ${count} beslissingen in hetzelfde verhaal`,
  link: 'de link naar deze beslissing',
  back: 'Alle beslissingen',
};

export default words;
