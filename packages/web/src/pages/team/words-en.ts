import type { ApplicationResource } from '@huismeester/contracts';

type Waits = NonNullable<ApplicationResource['waits']>;

/** Texts of the team, and of applications to it. */
export interface Words {
  readonly lead: string;
  readonly access: string;
  readonly members: string;
  readonly membersNone: string;
  readonly former: string;
  readonly until: string;
  readonly board: string;
  readonly differs: string;
  readonly awaited: Readonly<Record<'add' | 'delete', (who: string, group: string) => string>>;
  readonly awaitedOurs: string;
  commandFor(who: string): string;
  readonly applications: string;
  readonly ended: string;
  readonly applicationsNone: string;
  readonly applicationsNext: string;
  readonly apply: string;
  readonly applyLead: string;
  readonly applyFor: string;
  readonly forWhom: string;
  readonly choose: string;
  readonly days: string;
  readonly daysHint: string;
  readonly applied: string;
  appliedFor(who: string): string;
  title(who: string): string;
  readonly yourTitle: string;
  readonly stepsTitle: string;
  readonly steps: Readonly<Record<'consent' | 'vote' | 'board' | 'team', string>>;
  readonly stepStates: Readonly<Record<'done' | 'now' | 'later' | 'no', string>>;
  voted(count: number, of: number): string;
  readonly waits: Readonly<Record<Waits, string>>;
  waitsFor(names: string): string;
  readonly facts: Readonly<Record<'applied' | 'by' | 'trial' | 'ends' | 'approved' | 'ended', string>>;
  trialDays(days: number): string;
  readonly vote: string;
  readonly voteLead: string;
  readonly because: string;
  readonly becauseHint: string;
  voteFor(vote: string, who: string): string;
  yourVote(vote: string): string;
  cast(who: string, vote: string): string;
  decides(vote: string, outcome: string): string;
  readonly decidesNot: string;
  readonly changedMeanwhile: string;
  castIt(vote: string): string;
  readonly votes: string;
  readonly votesNone: string;
  readonly votesHidden: string;
  readonly countsNot: string;
  readonly noObjection: string;
  readonly boardTitle: string;
  readonly boardLead: string;
  noObjectionTo(who: string): string;
  saidNoObjection(who: string): string;
  lastOne(who: string, days: string): string;
  readonly youHaveNone: string;
  veto(who: string): string;
  vetoLead(who: string): string;
  readonly vetoBecause: string;
  vetoed(who: string): string;
  vetoBy(name: string): string;
  appoint(who: string): string;
  appointLead(who: string): string;
  appointed(who: string): string;
  readonly consent: string;
  consentLead(name: string): string;
  readonly consented: string;
  withdraw(who: string): string;
  readonly withdrawLead: string;
  withdrawn(who: string): string;
  changeTrial(who: string): string;
  trialSet(who: string, days: string): string;
  readonly meeting: string;
  readonly meetingLead: string;
  record(who: string): string;
  readonly date: string;
  readonly present: string;
  readonly outcome: string;
  readonly page: string;
  readonly pageHint: string;
  readonly recorded: string;
  recordedBy(name: string): string;
  presentWere(names: string): string;
  confirmMinutes(outcome: string): string;
  readonly minutesConfirmed: string;
  readonly withdrawMinutes: string;
  readonly minutesWithdrawn: string;
  readonly back: string;
  readonly forTeam: string;
}

const words: Words = {
  lead: 'Who runs the infrastructure, who is on trial, and who wants to join.',
  access: 'Access to core',
  members: 'Who is in it',
  membersNone: 'Nobody is in the register of the team yet.',
  former: 'Former members',
  until: 'until',
  board: 'board',
  differs: 'register and directory differ',
  awaited: {
    add: (who, group) => `${who} is to be added to the group ${group} of the directory:`,
    delete: (who, group) => `${who} is to be taken out of the group ${group} of the directory:`,
  },
  awaitedOurs: 'Huismeester does that by itself.',
  commandFor: (who) => `the command for ${who}`,
  applications: 'Applications',
  ended: 'Earlier applications',
  applicationsNone: 'Nobody has applied.',
  applicationsNext: 'Everybody who takes part in the space can apply.',
  apply: 'Apply to the team',
  applyLead:
    'Full members vote on it for two weeks. Then a board member in the team may veto it. You begin with a trial.',
  applyFor: 'Put somebody forward',
  forWhom: 'Who',
  choose: 'Choose somebody',
  days: 'Days of trial',
  daysHint: 'Left empty: as usual. 0: no trial.',
  applied: 'You have applied',
  appliedFor: (who) => `${who} is put forward, and has to consent`,
  title: (who) => `Application of ${who}`,
  yourTitle: 'Your application',
  stepsTitle: 'How far it is',
  steps: { consent: 'Consent', vote: 'Votes', board: 'Board', team: 'In the team' },
  stepStates: { done: 'done', now: 'now', later: 'later', no: 'ended here' },
  voted: (count, of) => `${count} of ${of} voted`,
  waits: {
    'directory-unknown': 'Waits until the directory is known.',
    'clock-insane': 'Waits until the clock is right.',
    'no-full-member': 'There is no full member who can vote: a board member appoints.',
    'no-board-member': 'Waits for a board member in the team, who may veto it.',
  },
  waitsFor: (names) => `Waits for ${names}`,
  facts: {
    applied: 'Applied',
    by: 'Put forward by',
    trial: 'Trial',
    ends: 'Votes until',
    approved: 'Approved',
    ended: 'Ended',
  },
  trialDays: (days) => (days === 0 ? 'none' : `${days} days`),
  vote: 'Your vote',
  voteLead: 'While it is open you can vote anew.',
  because: 'Why',
  becauseHint: 'May be left empty. Only full members and the board read it; it is erased after a year.',
  voteFor: (vote, who) => `Vote ${vote} on ${who}`,
  yourVote: (vote) => `You voted: ${vote}`,
  cast: (who, vote) => `Your vote on ${who}: ${vote}`,
  decides: (vote, outcome) => `Your vote (${vote}) decides it: ${outcome}.`,
  decidesNot: 'Your vote decides nothing yet.',
  changedMeanwhile: 'Somebody else voted meanwhile.',
  castIt: (vote) => `Vote ${vote}`,
  votes: 'Votes',
  votesNone: 'Nobody has voted yet.',
  votesHidden: 'How somebody voted is for full members and the board.',
  countsNot: 'does not count: no full member now',
  noObjection: 'no objection',
  boardTitle: 'The board',
  boardLead: 'A board member in the team may veto it until it is carried out.',
  noObjectionTo: (who) => `No objection to ${who}`,
  saidNoObjection: (who) => `You have no objection to ${who}`,
  lastOne: (who, days) => `You are the last who is asked: with this ${who} is in the team, trial: ${days}.`,
  youHaveNone: 'You have no objection.',
  veto: (who) => `Veto ${who}`,
  vetoLead: (who) => `That ends the application of ${who}.`,
  vetoBecause: 'Full members and the board read it; it is erased after a year.',
  vetoed: (who) => `You vetoed the application of ${who}`,
  vetoBy: (name) => `Vetoed by ${name}`,
  appoint: (who) => `Appoint ${who}`,
  appointLead: (who) => `There is no full member who can vote. You appoint ${who} on behalf of the board.`,
  appointed: (who) => `You appointed ${who}`,
  consent: 'I want to join',
  consentLead: (name) => `${name} put you forward. Votes begin when you consent.`,
  consented: 'You consented: the team votes',
  withdraw: (who) => `Withdraw the application of ${who}`,
  withdrawLead: 'Nothing is kept against it: applying anew is possible.',
  withdrawn: (who) => `The application of ${who} is withdrawn`,
  changeTrial: (who) => `Change the trial of ${who}`,
  trialSet: (who, days) => `Trial of ${who}: ${days}`,
  meeting: 'Meeting',
  meetingLead: 'What a meeting decides counts as the vote, once another full member confirms it.',
  record: (who) => `Record a meeting on ${who}`,
  date: 'Date',
  present: 'Who was there',
  outcome: 'Outcome',
  page: 'Minutes',
  pageHint: 'The page of the wiki, or its address.',
  recorded: 'What the meeting decided is recorded: another full member confirms it',
  recordedBy: (name) => `recorded by ${name}`,
  presentWere: (names) => `There were: ${names}`,
  confirmMinutes: (outcome) => `Confirm: ${outcome}`,
  minutesConfirmed: 'What the meeting decided is confirmed',
  withdrawMinutes: 'Take the record back',
  minutesWithdrawn: 'What was recorded does not stand',
  back: 'To the team',
  forTeam: 'the team, the board, and whoever it is about',
};

export default words;
