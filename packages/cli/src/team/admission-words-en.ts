import type { ApplicationResource } from '@huismeester/contracts';
import { english as terms } from '@huismeester/contracts/sentences';

type Waits = NonNullable<ApplicationResource['waits']>;

/** What is said about applications to the team. */
export const application = {
  heads: { who: 'who', state: 'state', voted: 'voted', until: 'until', trial: 'trial', since: 'since' },
  nothing: 'Nobody has applied to the team. `huismeester apply` does so for yourself.',
  states: terms.applicationStates,
  waits: {
    'directory-unknown': 'waits until the directory is known: `huismeester directory`',
    'clock-insane': 'waits until the clock is believed: `huismeester clock`',
    'no-full-member':
      'the team has no full member who can vote: a board member appoints (`huismeester appoint`)',
    'no-board-member': 'waits for a board member in the team, who could veto it (JOIN-2)',
  } satisfies Record<Waits, string> as Readonly<Record<Waits, string>>,
  how: terms.decidedBy,
  labels: {
    applied: 'applied',
    trial: 'trial',
    voted: 'voted',
    votes: 'votes',
    approved: 'approved',
    board: 'board',
    waits: 'waits',
    meeting: 'meeting',
    veto: 'veto',
    ended: 'ended',
    would: 'your vote',
  },
  backedBy: (at: string, backer: string) => `${at}, by ${backer}`,
  days: (days: number) => (days === 0 ? 'none' : `${days} days`),
  until: (state: string, at: string) => `${state}, until ${at}`,
  voted: (count: number, of: number, names: string) => `${count} of ${of}${names === '' ? '' : `: ${names}`}`,
  votes: terms.votes,
  noObjection: 'no objection',
  countsNot: 'does not count: no full member now',
  waitsFor: (names: string) => `waits for ${names}`,
  mayVeto: (at: string) => `may veto it until ${at}`,
  nobodyOfBoard: 'no board member is in the team',
  meetingOf: (date: string, outcome: string, present: string, page: string) =>
    `${date}: ${outcome}; there: ${present}; minutes: ${page}`,
  recordedBy: (by: string, at: string) => `recorded by ${by}, ${at}`,
  unconfirmed: (recorded: string) => `${recorded}; another full member confirms it`,
  wouldBe: (vote: string, outcome: string) => `${vote}: decides it: ${outcome}`,
  outcomes: terms.voteOutcomes,
  notFound: (who: string) =>
    `${who} has not applied to the team: \`huismeester application\` lists who has; \`huismeester apply ${who}\` applies for them`,
  opened: (who: string, until: string) => `The team votes on ${who} until ${until}`,
  proposed: (who: string) => `You apply for ${who}, and vote yes once it opens`,
  askConsent: 'It opens when they consent: `huismeester apply --consent`.',
  consented: (until: string) => `You consent: the team votes on it until ${until}`,
  withdrawn: (who: string) => `The application of ${who} is withdrawn`,
  trialSet: (who: string, days: number) =>
    days === 0 ? `${who} begins without a trial` : `${who} begins with a trial of ${days} days`,
  yourself: 'that is about yourself: leave the name out',
  noneOfYours: 'you have no application: `huismeester apply` makes one',
};

export const vote = {
  sayVote: (who: string) => `say what you vote: \`huismeester vote ${who} yes\`, no or abstain`,
  decides: (vote: string, outcome: string) => `Your vote (${vote}) decides it: ${outcome}.`,
  sure: 'Vote so?',
  sayDecides: (command: string) =>
    `nothing was done: this vote decides it; if you are sure: \`huismeester ${command}\``,
  cast: (who: string, vote: string) => `Your vote on ${who}: ${vote}`,
  change: 'You can change it while it is open.',
};

export const board = {
  vetoed: (who: string) => `You vetoed the application of ${who}, for the board`,
  noObjection: (who: string) => `You have no objection to ${who}`,
  appointed: (who: string) => `You appoint ${who}, for the board`,
};

export const minutes = {
  sayAll:
    'say --date, --present, --outcome and --page; to confirm what another recorded: --confirm; to take it back: --withdraw',
  nothing: (who: string) => `Nothing is recorded of a meeting about ${who}.`,
  recorded: (who: string) => `What the meeting decided about ${who} is recorded`,
  toConfirm: (who: string) =>
    `Another full member confirms it: \`huismeester minutes ${who} --confirm\`; then it is decided.`,
  confirmed: (who: string) => `What the meeting decided about ${who} is confirmed`,
  withdrawn: (who: string) => `What was recorded about ${who} does not stand any more`,
};
