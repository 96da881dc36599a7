import { cable, csv } from './cable-words-nl.ts';
import { item, proposal } from './item-words-nl.ts';
import { design, impact, steward } from './other-words-nl.ts';
import type { Words } from './words-en.ts';

export const dutch: Words = {
  none: 'geen',
  nobody: 'niemand',
  sayWhat: 'zeg wat er verandert: een van de opties',
  unknownItem: (reference) =>
    `geen item heet ${reference}: \`huismeester item list\` laat ze zien; \`huismeester item add\` registreert er een`,
  severalItems: (count, reference, ids) => `${count} items heten ${reference}: zeg welke van ${ids}`,
  item,
  proposal,
  impact,
  cable,
  csv,
  steward,
  design,
};
