import type { NoticeSaid, TeamLines } from './said.ts';

/** What people read about the infrateam in English: who joins, and what happens to their own place. Never a vote or a reason (JOIN-2). */
export const teamEn: TeamLines = {
  'application-opened': (said, at) => ({
    what: `Vote: ${who(said)} wants to join the infrateam`,
    why: `The team approves of who joins it (${said.clause}).${when('You may vote until', said, at)}`,
    todo: 'Vote yes, no or abstain. While it is open you may change your vote.',
    action: said.link ?? `huismeester vote ${idOf(said)}`,
  }),
  'vote-reminder': (said, at) => ({
    what: `You have not voted on ${who(said)} yet`,
    why: `The team approves of who joins it (${said.clause}).${when('You may vote until', said, at)}`,
    todo: 'Vote yes, no or abstain. This is the only reminder.',
    action: said.link ?? `huismeester vote ${idOf(said)}`,
  }),
  'board-asked': (said, at) => ({
    what: `The team wants ${who(said)} to join: you may veto that`,
    why: `You are a board member in the team (${said.clause}).${when('Without a veto it goes ahead on', said, at)}`,
    todo: 'No objection? Say so, and nobody has to wait. If you do not want it, veto it with a reason.',
    action: said.link ?? `huismeester no-objection ${idOf(said)}`,
  }),
  'application-without-board': (said) => ({
    what: `The team wants ${who(said)} to join, but no board member is in the team`,
    why: `A board member in the team may veto it (${said.clause}). As long as there is none, it waits.`,
    todo: 'See to it that a board member joins the team.',
    action: said.link ?? 'huismeester application',
  }),
  'appointment-asked': (said) => ({
    what: `Appoint: ${who(said)} wants to join the infrateam, and nobody may vote`,
    why: `There is no full member who may vote. Then a board member appoints (${said.clause}).`,
    todo: 'See whether you want to appoint this person.',
    action: said.link ?? `huismeester appoint ${idOf(said)}`,
  }),
  'consent-asked': (said) => ({
    what: 'Somebody of the infrateam proposes you as a member',
    why: `It begins only if you want it, too (${said.clause}).`,
    todo: 'If you want it, say yes. If you do not, withdraw it.',
    action: said.link ?? 'huismeester application',
  }),
  'minutes-asked': (said) => ({
    what: `To confirm: what a meeting decided about ${who(said)}`,
    why: `A full member recorded the minutes. They count once another full member confirms them (${said.clause}).`,
    todo: 'See whether they are right, and confirm them. If they are not, talk to who recorded them.',
    action: said.link ?? `huismeester application show ${idOf(said)}`,
  }),
  'proposal-asked': (said) => ({
    what: `To confirm: something is proposed about ${who(said)}`,
    why: `It is done once a second full member confirms it (${said.clause}).`,
    todo: 'See what it is. If you agree, confirm it.',
    action: said.link ?? `huismeester team show ${personOf(said)}`,
  }),
  'application-approved': (said, at) => ({
    what: 'The infrateam approves of your application',
    why: `A board member in the team may still veto it (JOIN-2).${when('Otherwise it goes ahead on', said, at)}`,
    todo: 'There is nothing to do.',
  }),
  'application-joined': (said) => ({
    what: 'You are in the infrateam now',
    why: `Your application was approved (${said.clause}). Welcome!`,
    todo: 'Look what you may do now.',
    action: said.link ?? 'huismeester whoami',
  }),
  'application-rejected': (said) => ({
    what: 'Your application to the infrateam was rejected',
    why: `So the team decided (${said.clause}).`,
    todo: 'You may apply again later.',
  }),
  'application-lapsed': (said) => ({
    what: 'Your application to the infrateam has lapsed',
    why: `It was not decided in time (${said.clause}).`,
    todo: 'You may apply again.',
    action: said.link ?? 'huismeester apply',
  }),
  'application-vetoed': (said) => ({
    what: 'Your application to the infrateam does not go ahead',
    why: `The board vetoed it (${said.clause}).`,
    todo: 'You may apply again later.',
  }),
  'member-suspended': (said, at) => ({
    what: 'You are suspended from the infrateam',
    why: `The policy allows that (${said.clause}).${when('It lasts until', said, at)}`,
    todo: 'Ask the team or the board why.',
  }),
  'member-ended': (said) => ({
    what: 'You are not in the infrateam any more',
    why: `The register of the team says so now (${said.clause}).`,
    todo: 'If that is wrong, ask the team or the board.',
  }),
  'member-reinstated': (said) => ({
    what: 'Your suspension is over',
    why: `You are in the infrateam again, as before (${said.clause}).`,
    todo: 'There is nothing to do.',
  }),
  'member-confirmed': (said) => ({
    what: 'You are a full member of the infrateam now',
    why: `Your trial is over, and the team confirmed you (${said.clause}).`,
    todo: 'Look what you may do now.',
    action: said.link ?? 'huismeester whoami',
  }),
  'trial-extended': (said, at) => ({
    what: 'Your trial in the infrateam lasts longer',
    why: `The team decided so (${said.clause}).${when('Your trial now lasts until', said, at)}`,
    todo: 'Ask the team why.',
  }),
  'trial-ends': (said, at) => ({
    what: 'Your trial in the infrateam is almost over',
    why: `After that the team decides how it goes on (${said.clause}).${when('Your trial lasts until', said, at)}`,
    todo: 'There is nothing to do.',
  }),
  'trial-over': (said) => ({
    what: 'Your trial in the infrateam is over',
    why: `The team has yet to decide (${said.clause}). Until then all stays as it was.`,
    todo: 'Ask the team how it stands.',
  }),
};

function who({ name }: NoticeSaid): string {
  return name ?? 'somebody';
}

function when(before: string, { until }: NoticeSaid, at: (iso: string) => string): string {
  return until === undefined ? '' : ` ${before} ${at(until)}.`;
}

function personOf({ subject }: NoticeSaid): string {
  return subject.replace('person/', '');
}

function idOf({ subject }: NoticeSaid): string {
  return subject.replace('application/', '');
}
