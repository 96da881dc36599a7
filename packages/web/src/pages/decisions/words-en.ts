/** Texts of the page of decisions. */
export interface Words {
  readonly lead: string;
  readonly empty: string;
  readonly emptyNext: string;
  readonly rehearsed: string;
  readonly filter: string;
  readonly all: string;
  readonly acted: string;
  readonly onlyRehearsed: string;
}

const words: Words = {
  lead: 'What was decided about VMs and nodes, and why. Newest first.',
  empty: 'Nothing was decided yet.',
  emptyNext: 'A decision is made when something happens: a power cut, the end of a lease, a hold.',
  rehearsed: 'dry-run: nothing was done',
  filter: 'Which decisions',
  all: 'all',
  acted: 'acted upon',
  onlyRehearsed: 'dry-run only',
};

export default words;
