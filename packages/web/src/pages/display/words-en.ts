/** Texts of the display. */
export interface Words {
  /** Before a countdown. */
  readonly left: string;
  readonly core: string;
  readonly coreFine: string;
  readonly coreDown: (count: number) => string;
  readonly ups: (name: string) => string;
  readonly onMains: string;
  readonly onBattery: string;
  readonly notSeen: string;
  readonly lasts: (time: string) => string;
  readonly noContact: (ago: string) => string;
  readonly notYet: string;
  readonly refused: string;
  readonly refusedNext: string;
}

const words: Words = {
  left: 'in',
  core: 'Core infra',
  coreFine: 'works',
  coreDown: (count) => (count === 1 ? '1 thing is down' : `${count} things are down`),
  ups: (name) => `UPS ${name}`,
  onMains: 'on mains',
  onBattery: 'on battery',
  notSeen: 'not seen',
  lasts: (time) => `lasts ${time}`,
  noContact: (ago) => `No contact: this is of ${ago}`,
  notYet: 'Waiting for the first answer',
  refused: 'This display may not read how the space is',
  refusedNext: 'Make a link for it with `huismeester display add`, and open that here.',
};

export default words;
