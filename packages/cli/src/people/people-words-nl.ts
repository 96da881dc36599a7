import type { Words } from './words-en.ts';

export const people: Words['people'] = {
  heads: { uid: 'uid', name: 'naam', roles: 'rollen', register: 'register', note: 'opmerking' },
  nothing: 'Er is nog niemand bekend: `huismeester directory` zegt waarom.',
  isDisabled: 'uitgezet',
  hasUidOf: 'heeft de uid van een ander',
  noUid: (uid) =>
    `alleen het team kan een uid opzoeken: geef in plaats daarvan de id, die ${uid} ziet met \`huismeester whoami\``,
  labels: {
    account: 'account',
    roles: 'rollen',
    register: 'register',
    groups: 'groepen',
    known: 'bekend',
    note: 'let op',
  },
  enabled: 'staat aan',
  disabled: 'staat uit: mag niets',
  notInRegister: 'staat er niet in',
  through: (group, path) => `${group}, via ${path}`,
  known: (at, id) => `sinds ${at}, als ${id}`,
  tookUidOf: (id) =>
    `heeft de uid die van ${id} was, en is iemand anders: er gaat niets over van de een op de ander.`,
  toConfirm: (uid) => `Weet het team ervan? \`huismeester people confirm ${uid}\``,
};

export const preferences: Words['preferences'] = {
  labels: { language: 'taal', holiday: 'vakantie', notices: 'berichten', sshKeys: 'SSH-sleutels' },
  asForTheSpace: 'zoals voor de hele space',
  noHoliday: 'geen',
  holiday: (from, until) => `${from} tot en met ${until}`,
  notices: { digest: 'één mail per dag', urgent: 'alleen wat haast heeft', none: 'geen' },
  noKeys: 'geen',
  readAgain: 'Ze waren intussen veranderd en zijn opnieuw gelezen: wat je noemde, is daarin veranderd.',
};

export const sessions: Words['sessions'] = {
  heads: { id: 'id', created: 'gemaakt', expires: 'geldig tot', note: 'opmerking' },
  current: 'deze',
  nothing: 'Je hebt geen sessie.',
  ended: (id) => `Sessie ${id} is beëindigd.`,
};
