import type { Words } from './words-en.ts';

const words: Words = {
  lead: 'Wat op scherp staat, wat op hold staat, en hoe het met elke dienst is.',
  rules: 'Regels',
  rulesLead: 'Een regel op dry-run beslist en laat zien wat hij zou doen, maar er gebeurt niets.',
  noRules: 'Er is geen regel die iets doet.',
  titles: {
    'keep-running/SPACE-3':
      'Een space-brede VM die uit blijkt te staan, wordt weer gestart, hooguit drie keer per uur',
    'lease/PART-4':
      'Een VM van een deelnemer gaat uit als zijn lease voorbij is, na twee waarschuwingen aan de eigenaar',
    'power/SPACE-3':
      'Als de accu leegraakt, gaan eerst de VM’s van deelnemers en dan de space-brede netjes uit; daarna starten ze weer',
    'power/CORE-1':
      'Als de accu leegraakt, gaan core-VM’s en nodes het laatst netjes uit, en starten ze het eerst weer',
  },
  armed: 'scherp',
  dryRun: 'dry-run',
  by: (who) => `door ${who}`,
  arm: (rule) => `Zet ${rule} op scherp`,
  armTitle: (rule) => `${rule} op scherp zetten?`,
  previewFirst: 'Wat de regel zou doen, is nog niet bekend.',
  armLead: 'Vanaf dan gebeurt wat de regel beslist. Als je hem nu op scherp zet:',
  disarm: (rule) => `Zet ${rule} op dry-run`,
  disarmTitle: (rule) => `${rule} terug op dry-run zetten?`,
  disarmLead:
    'De regel blijft beslissen en laten zien, maar er gebeurt niets meer, ook niet als de stroom uitvalt.',
  nothingWould: 'Er zou nu niets gebeuren.',
  would: (count) => (count === 1 ? 'Dan gebeurt dit meteen:' : `Dan gebeuren deze ${count} dingen meteen:`),
  holds: 'Holds',
  holdsLead:
    'Waar iemand aan werkt: dat blijft met rust, wat de regels ook willen, en wat daar stukgaat is gepland.',
  noHolds: 'Er staat niets op hold.',
  noHoldsNext: 'Zet iets op hold voordat je eraan gaat werken.',
  until: 'tot',
  release: 'Geef vrij',
  releaseOf: (target) => `Geef vrij: ${target}`,
  released: (target) => `${target} is vrijgegeven`,
  place: 'Zet iets op hold',
  placeOf: (target) => `Zet ${target || 'iets'} op hold`,
  servicesFor:
    'Hoe het met elke dienst is, wat niet verwerkt kon worden en de instellingen zelf: die ziet het infrateam.',
  target: 'Wat',
  targetHint: 'Een VM, node, probe of switch, zoals vm/104, node/pve-pve1 of switch/sw1.',
  length: 'Hoe lang',
  hours: (count) => `${count} uur`,
  because: 'Waarom',
  becauseHint: 'Iedereen kan dit lezen.',
  placed: (target) => `${target} staat op hold`,
  services: 'Diensten',
  ready: 'in orde',
  notReady: 'niet in orde',
  version: 'Versie',
  head: 'Gebeurtenissen',
  lag: 'Nog te verwerken',
  letters: 'Gebeurtenissen die niet verwerkt konden worden',
  lettersLead:
    'Ze wachten tot iemand kijkt. Opnieuw verwerken past alleen de feiten toe; niets ouds wordt nog eens gedaan.',
  noLetters: 'Alle gebeurtenissen zijn verwerkt.',
  behind: 'wacht op een eerdere',
  replay: 'Verwerk opnieuw',
  replayOf: (subject) => `Verwerk opnieuw: ${subject}`,
  replayed: (subject) => `${subject} is verwerkt`,
  asRead: 'Instellingen zoals ze gelezen zijn',
  asReadLead: 'Wat in space.yaml staat, en wat geldt waar daar niets staat. Je verandert ze in dat bestand.',
  settingsOf: (part) => `Instellingen van ${part}`,
  setting: 'Instelling',
  value: 'Waarde',
  secret: 'ingesteld, en geheim',
  nothing: 'leeg',
  yes: 'ja',
  no: 'nee',
  forTeam: 'het infrateam',
};

export default words;
