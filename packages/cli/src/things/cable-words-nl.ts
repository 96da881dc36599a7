import type { Words } from './words-en.ts';

export const cable: Words['cable'] = {
  heads: { id: 'id', state: 'stand', a: 'van', b: 'naar', note: 'notitie' },
  nothing:
    'Er is nog geen kabel: `huismeester cable add sw1:gi0/1 bar-pc:eth0`, of `huismeester cable import BESTAND`.',
  noneThere: (item) => `Er gaat geen kabel naar ${item}.`,
  states: { planned: 'gepland', laid: 'ligt', broken: 'kapot' },
  free: 'vrij',
  noEnd: (found) => `${found} is geen eind van een kabel; toegestaan: ITEM:POORT, zoals sw1:gi0/1`,
  recorded: (id, ends) => `${id} gaat ${ends}`,
  changed: (id, ends) => `${id} is veranderd: ${ends}`,
  removed: (id) => `${id} is weg`,
  ends: (a, b, state) => `van ${a} naar ${b} (${state})`,
};

export const csv: Words['csv'] = {
  written: (file, lines) => `${file}: ${lines} ${lines === 1 ? 'regel' : 'regels'}`,
  unreadable: (file, code) =>
    `${file} kan niet worden gelezen (${code}): noem een CSV-bestand, zoals dat van de export`,
  done: (fresh, changed, same) => `${fresh} nieuw, ${changed} veranderd, ${same} zoals ze waren.`,
  would: (fresh, changed, same) =>
    `Er is niets veranderd (--dry-run). Het zou worden: ${fresh} nieuw, ${changed} veranderd, ${same} zoals ze zijn.`,
  ofNew: (ids) => `nieuw: ${ids}`,
  ofChanged: (ids) => `veranderd: ${ids}`,
};
