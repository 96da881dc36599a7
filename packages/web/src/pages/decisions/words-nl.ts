import type { Words } from './words-en.ts';

const words: Words = {
  lead: 'Wat er is besloten over VM’s en nodes, en waarom. Nieuwste eerst.',
  empty: 'Er is nog niets besloten.',
  emptyNext:
    'Er wordt iets besloten als er iets gebeurt: een stroomuitval, het einde van een lease, een hold.',
  rehearsed: 'dry-run: er is niets gedaan',
  filter: 'Welke beslissingen',
  all: 'allemaal',
  acted: 'uitgevoerd',
  onlyRehearsed: 'alleen dry-run',
};

export default words;
