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
  'bus-factor': (about) =>
    `who knows it says so: \`huismeester steward learn ${idOf(about)}\`; another steward or a full member confirms: \`huismeester steward promote ${idOf(about)} UID\`; a steward whose year is over: \`huismeester steward confirm ${idOf(about)}\``,
  'item-not-watched': (about) =>
    `name a probe for it in space.yaml, and say what it stands for: \`huismeester item change ${idOf(about)} --stands-for probe/ID\`; if it is not core: \`huismeester item change ${idOf(about)} --core no\``,
  'access-not-recorded': (about) =>
    `write down who has access to ${idOf(about)}: \`huismeester access lists record ${idOf(about)} --title … --core --person UID\``,
  'hardware-not-ours': (about) =>
    `move it to hardware of the foundation; if that is wrong: \`huismeester item show ${inRegister(about)}\` says whose it is, \`huismeester item change\` corrects it`,
  'rent-ends': (about) =>
    `renew it, then \`huismeester item change ${inRegister(about)} --tenure rented --of … --until DAY\``,
  'hardware-unknown': (about) =>
    `register it: \`huismeester item propose\`, then \`huismeester item confirm ${about} --tenure owned\`; registered already: \`huismeester item change ${inRegister(about)} --tenure owned\``,
  'design-page': (about) =>
    `write its page on the wiki, or name the right one: \`huismeester design change ${idOf(about)} --page …\`; then \`huismeester design look ${idOf(about)}\``,
  'no-design-decision': (about) =>
    `write down why it is as it is, then \`huismeester design add "…" ${about.startsWith('project/') ? '--project' : '--item'} ${idOf(about)} --page … --status accepted\``,
  'policy-gone': () =>
    'restore the page or file, or name where it is now in space.yaml as policy.text and restart; `huismeester policy-text` shows what was last read',
  'policy-changed': () =>
    'read what changed: `huismeester policy-text --changed`; if Huismeester does as the page says now, name that revision in space.yaml as policy.text.revision and restart',
};

/** A thing by what the register may know it as: its own id where it is an item, else the thing that an item stands for. */
function inRegister(about: string): string {
  return about.startsWith('item/') ? idOf(about) : about;
}
