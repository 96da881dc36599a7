import type { MemberAct, RegisterState } from '@huismeester/contracts';

/** Members by their state, as refusals say it to people. */
export const memberWords: Readonly<Record<RegisterState, string>> = {
  trial: 'a member on trial',
  full: 'a full member',
  suspended: 'a suspended member',
  former: 'a former member',
};

/** What may be proposed about a member, as refusals say it to people. */
export const actWords: Readonly<Record<MemberAct, string>> = {
  confirm: 'full membership after the trial',
  extend: 'a longer trial',
  end: 'the end of membership',
  suspend: 'a suspension',
  lift: 'the end of the suspension',
};
