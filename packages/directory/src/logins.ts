/** What somebody can be called by, each as `normalUid` has it. */
export interface Names {
  readonly uids: readonly string[];
  readonly mails: readonly string[];
}

/**
 * What logs each of them in, and nobody else. A uid goes before a mail address: who may write their own address there could otherwise lock
 * out somebody of that uid. One that two have stands for neither, and without a uid there is no login.
 */
export function loginsAmong(all: readonly Names[]): (each: Names) => string[] {
  const uids = counted(all.map((each) => each.uids));
  const mails = counted(all.map((each) => each.mails));
  return (each) => {
    if (each.uids.length === 0) return [];
    const ownMails = each.mails.filter((mail) => mails.get(mail) === 1 && !uids.has(mail));
    return [...new Set([...each.uids.filter((uid) => uids.get(uid) === 1), ...ownMails])];
  };
}

/** How many have it: somebody may have it twice. */
function counted(lists: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const list of lists) for (const name of new Set(list)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
