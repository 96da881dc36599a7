import type { Violation } from '@huismeester/contracts';

/** What a violation is about, without what kind of thing it is: people and accounts are named to commands so. */
const idOf = (about: string) => about.replace(/^[a-z-]+\//, '');

/** How violations about people and access are mended, by their kind; anything else is mended where it is. */
export const mending: Readonly<
  Record<string, (about: string, violation: Pick<Violation, 'reasons'>) => string>
> = {
  'team-differs': (about, { reasons }) => {
    const person = idOf(about);
    // Who was of the team once applies anew.
    const isOfTeam = reasons.some(({ code }) => /^register-(trial|full|suspended)$/.test(code));
    const inRegister = isOfTeam ? `team end ${person} --because …` : `apply ${person}`;
    return `\`huismeester team show ${person}\` says which group is to be changed; if the directory is right, the register: \`huismeester ${inRegister}\``;
  },
  'uid-reused': (about) => {
    const person = idOf(about);
    return `look at \`huismeester people show ${person}\`; if you know why: \`huismeester people confirm ${person}\``;
  },
  'directory-renumbered': () =>
    'look at `huismeester directory`; if you know why: `huismeester directory confirm`',
  'board-missing': () => 'apply for a board member: `huismeester apply UID`',
  'application-waits': (about) =>
    `look at \`huismeester application show ${idOf(about)}\`; a board member in the team is missing: \`huismeester apply UID\` for one; where the team has no full member, one appoints: \`huismeester appoint ${idOf(about)}\``,
  'trial-undecided': (about) => {
    const person = idOf(about);
    return `decide with two full members: \`huismeester team confirm ${person}\`, \`huismeester team extend ${person} --days 30 --because …\` or \`huismeester team end ${person} --because …\``;
  },
  'admin-not-member': (about, { reasons }) => {
    const account = idOf(about);
    const show = `\`huismeester access show ${account}\` has the commands that take its rights away`;
    // Where it is known whose it is, nobody is named by hand: the directory says it.
    if (!reasons.some(({ code }) => code === 'account-of-nobody')) return show;
    return `${show}; if it is a member’s: \`huismeester access owner ${account} UID\`; if it is no person’s: \`huismeester service-account register ${account} --purpose … --steward UID --review DAY\``;
  },
  'access-list-overdue': (about) =>
    `look whether it is true, then \`huismeester access lists confirm ${idOf(about)}\``,
  'listed-not-member': () =>
    'look at `huismeester access lists` for the list that names them, take their access away, then `huismeester access lists record LIST --person UID` with those who stay',
  'service-account-overdue': (about) =>
    `look whether it is still needed, then \`huismeester service-account register ${idOf(about)} --purpose … --steward UID --review DAY\``,
  'service-account-without-steward': (about) =>
    `look whether it is still needed, then find somebody to look after it: \`huismeester service-account register ${idOf(about)} --purpose … --steward UID --review DAY\``,
};
