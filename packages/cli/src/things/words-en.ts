import { cable, csv } from './cable-words-en.ts';
import { item, proposal } from './item-words-en.ts';
import { design, impact, steward } from './other-words-en.ts';

/** What is said about items, cables, who can run them, and design decisions; the other languages have the same. */
export const english = {
  none: 'none',
  nobody: 'nobody',
  sayWhat: 'say what to change: one of the options',
  unknownItem: (reference: string) =>
    `no item is called ${reference}: \`huismeester item list\` lists them; \`huismeester item add\` registers one`,
  severalItems: (count: number, reference: string, ids: string) =>
    `${count} items are called ${reference}: say which of ${ids}`,
  item,
  proposal,
  impact,
  cable,
  csv,
  steward,
  design,
};

export type Words = typeof english;
