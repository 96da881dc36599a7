import type { Words } from './words-en.ts';

const words: Words = {
  since: 'Stand van',
  left: 'nog',
  asked: 'Wat er van jou gevraagd wordt',
  nothingAsked: 'Er wordt niets van je gevraagd.',
  askedMore: (count) => `Toon er nog ${count}`,
  fewer: 'Toon minder',
  look: (what) => `Bekijk: ${what}`,
  setUp: 'Wat je nu kunt instellen',
  arm: (count) => (count === 1 ? '1 regel staat op dry-run' : `${count} regels staan op dry-run`),
  armWhy:
    'Ze beslissen wel, maar er gebeurt nog niets. Bekijk wat elke regel zou doen en zet die dan op scherp.',
  notSetUp: (count) =>
    count === 1
      ? '1 bepaling van het beleid is niet ingesteld'
      : `${count} bepalingen van het beleid zijn niet ingesteld`,
  cut: 'De stroomuitval',
  stageNow: 'nu',
  stageDone: 'geweest',
  parts: 'Stroom en core',
  core: 'Core-infra',
  coreFine: 'doet het',
  coreDown: (count) => (count === 1 ? '1 ding doet het niet' : `${count} dingen doen het niet`),
  node: (name) => `Node ${name}`,
  online: 'aan',
  offline: 'uit',
  ups: (name) => `UPS ${name}`,
  onMains: 'netstroom',
  onBattery: 'op de accu',
  unseen: 'niet te zien',
  charge: (percent) => `${percent} %`,
  holds: (count) => (count === 1 ? '1 ding staat op hold' : `${count} dingen staan op hold`),
  last: 'Wat er laatst gebeurde',
  lastNothing: 'Nog niets: geen stroomuitval, en niets besloten.',
  all: 'Alle beslissingen',
  behind: (services) => `Wordt nog gelezen: ${services}`,
  away: (services) => `Geen antwoord van: ${services}`,
};

export default words;
