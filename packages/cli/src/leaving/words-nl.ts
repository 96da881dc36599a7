import type { Words } from './words-en.ts';

export const dutch: Words = {
  which: (itself, team) =>
    `er is niets gedaan: waar wil je weg?\n  Bij Huismeester zelf: \`huismeester ${itself}\` laat zien wat daarvoor nodig is, en verandert niets.\n  Uit het infrateam: \`huismeester ${team}\`.`,
  title: 'Stoppen met Huismeester (kijken verandert niets):',
  notNow: 'Niet nu:',
  nothingInTheWay: 'Niets staat in de weg: de stroom valt niet uit, en er wordt niets gedaan.',
  power: (stage) => `de stroom is in fase ${stage}: wacht tot er weer netspanning is en alles weer draait`,
  act: (about, act) => `${about}: ${act}`,
  creation: (about) => `${about} wordt gemaakt: wacht, of \`huismeester vm give-up\``,
  stays: 'Wat blijft zoals het is:',
  vms: (core, spaceWide, participant) =>
    `${core} VM’s van core, ${spaceWide} space-brede en ${participant} van deelnemers: ze blijven zoals ze zijn, aan of uit`,
  rest: 'Proxmox met zijn pools en gebruikers, upsd en upsmon, switches, de directory en de wiki: van Huismeester staan daar alleen de logins in die hieronder staan',
  ends: 'Wat niemand meer doet: VM’s bij stroomuitval uitzetten voor de accu leeg is en weer aanzetten, termijnen beëindigen (PART-4), mensen schrijven',
  upsmon: (nodes) =>
    `${nodes}: geen upsmon zet ze uit (nodeShutdown: huismeester): laat daar eerst een upsmon inloggen bij upsd`,
  toStart: 'Uit, en niemand zet ze meer aan; zet ze aan op hun node, als ze moeten draaien:',
  nodesOff: (nodes) => `Nodes die uit zijn omdat Huismeester ze uitzette: ${nodes}. Druk op hun knop.`,
  givenBack:
    'Wat je terugkrijgt: onboot, dat Huismeester uitzette omdat een termijn voorbij was; als root op de node:',
  nothingToGive: 'Er is niets terug te geven: Huismeester heeft van geen VM onboot uitgezet.',
  unknownOnboot: (why) => `Van welke VM’s onboot is uitgezet is niet bekend: vm-lifecycle ${why}.`,
  export: 'Wat er in de export staat, `huismeester export --out space.json`:',
  empty: (registers) => `(niets in ${registers})`,
  noExport: (why) => `Er zou geen export zijn: ${why}`,
  thenRemove: 'Wat weg kan, als Huismeester gestopt is en de export bewaard:',
  proxmox: (hypervisor) => `hypervisor ${hypervisor}, als root op een node:`,
  proxmoxProposed:
    'als root op een node, als de tokens heten zoals `init` voorstelt (met --config space.yaml: zoals die van jullie):',
  onlyOurs: 'Een gebruiker die ook voor iets anders is, moet blijven.',
  logins: 'logins die ervoor gemaakt zijn:',
  loginsUnknown:
    'logins die ervoor gemaakt zijn: bij upsd, switches, de directory, de broker, de mailserver, de wiki; --config space.yaml noemt ze',
  database:
    'de database, als root daar: sudo -u postgres dropdb huismeester; sudo -u postgres dropuser huismeester',
  program:
    'het programma en de instellingen: de units of containers, space.yaml, en de geheimen die daarin genoemd worden',
  programs: (names) => `Programma’s die Huismeester iets vragen, en geen antwoord meer krijgen: ${names}.`,
  page: 'In welke volgorde: docs/leaving.md.',
};
