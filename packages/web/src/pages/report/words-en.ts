import type { AdviceResource, ReportDelivery, ReportResource } from '@huismeester/contracts';

/** Texts of reports to the board, and of advice to it. */
export interface Words {
  readonly lead: string;
  readonly forTeam: string;
  readonly reports: string;
  readonly none: string;
  readonly noneWhy: string;
  readonly preview: string;
  readonly previewLead: string;
  readonly hows: Readonly<Record<ReportResource['how'], string>>;
  readonly states: Readonly<Record<ReportDelivery['state'], string>>;
  readonly board: string;
  readonly made: string;
  readonly notSent: string;
  readonly forwardedBy: string;
  readonly make: string;
  readonly makeLead: string;
  readonly from: string;
  readonly to: string;
  readonly toHint: string;
  readonly madeIt: string;
  title(id: string): string;
  readonly print: string;
  send(id: string): string;
  readonly sendLead: string;
  sent(id: string): string;
  forward(id: string): string;
  readonly forwardLead: string;
  forwarded(id: string): string;
  readonly ownPage: string;
  readonly delivery: string;
  readonly back: string;
  readonly advice: string;
  readonly adviceLead: string;
  readonly adviceNone: string;
  readonly adviceNext: string;
  readonly adviceStates: Readonly<Record<AdviceResource['state'], string>>;
  readonly write: string;
  readonly adviceTitle: string;
  readonly adviceText: string;
  readonly adviceHint: string;
  readonly written: string;
  change(title: string): string;
  readonly changed: string;
  give(title: string): string;
  readonly giveLead: string;
  given(title: string): string;
  answer(title: string): string;
  readonly answerLabel: string;
  readonly answerHint: string;
  answered(title: string): string;
  withdraw(title: string): string;
  readonly withdrawLead: string;
  withdrawn(title: string): string;
}

const words: Words = {
  lead: 'What the board hears of the infrateam, and what the team advises it.',
  forTeam: 'the team and the board',
  reports: 'Reports',
  none: 'No report was made yet.',
  noneWhy: 'The first comes on the 1st of the month. See what would be in it now:',
  preview: 'This month so far',
  previewLead: 'An example: nothing is kept or sent.',
  hows: { monthly: 'of the month', 'on-demand': 'on request' },
  states: { queued: 'waits', delivered: 'delivered', failed: 'failed' },
  board: 'the address of the board',
  made: 'made',
  notSent: 'not sent yet',
  forwardedBy: 'passed on to the board',
  make: 'Make a report',
  makeLead: 'Of days that are over. It is kept as it is, and sent when you say so.',
  from: 'From',
  to: 'Up to',
  toHint: 'That day is not in it.',
  madeIt: 'The report is made',
  title: (id) => `Report ${id}`,
  print: 'Print',
  send: (id) => `Send report ${id}`,
  sendLead: 'It goes by mail to the board members in the team, or to the address of the board.',
  sent: (id) => `Report ${id} is being sent`,
  forward: (id) => `I passed on report ${id}`,
  forwardLead: 'You say that the rest of the board has it.',
  forwarded: (id) => `Noted: report ${id} was passed on`,
  ownPage: 'As a page of its own',
  delivery: 'Who got it',
  back: 'All reports',
  advice: 'Advice to the board',
  adviceLead: 'It stands in each report until the board has answered.',
  adviceNone: 'The team advises nothing now.',
  adviceNext: 'What costs money, or is up to the board, is written down here.',
  adviceStates: { open: 'not given yet', given: 'waits for an answer', answered: 'answered' },
  write: 'Write advice',
  adviceTitle: 'In a few words',
  adviceText: 'What you advise, and why',
  adviceHint: 'The whole board reads this, so no names of people.',
  written: 'It is written down, and stands in the next report',
  change: (title) => `Change ${title}`,
  changed: 'It is changed',
  give: (title) => `Give ${title} to the board`,
  giveLead: 'After that it is not changed any more; the board answers.',
  given: (title) => `${title} is given to the board`,
  answer: (title) => `Answer to ${title}`,
  answerLabel: 'What the board answers',
  answerHint: 'A board member writes it, or a full member who heard it.',
  answered: (title) => `The answer to ${title} is written down`,
  withdraw: (title) => `Take ${title} back`,
  withdrawLead: 'It does not stand in the next report any more.',
  withdrawn: (title) => `${title} is taken back`,
};

export default words;
