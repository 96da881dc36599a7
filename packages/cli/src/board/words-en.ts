/** What is said about the infra policy in its own words, the reports to the board, and advice; the other languages have the same. */
export const english = {
  nobody: 'nobody',
  policy: {
    of: (source: string, revision: string, date: string) => `${source}${revision}${date}`,
    revision: (revision: string) => `, revision ${revision}`,
    date: (day: string) => `, carried out as of ${day}`,
    newer: (revision: string, expected: string) =>
      `The page has revision ${revision}, and space.yaml names ${expected} (policy.text.revision): read what changed, then name it there.`,
    noRevision: (revision: string) =>
      `space.yaml names no revision: with policy.text.revision "${revision}" a newer one is reported.`,
    unknown: (why: string) => `The page cannot be read now: ${why}`,
    notSetUp:
      'space.yaml does not name where the infra policy stands: policy.text: { url: … }, or { file: … }; docs/space.example.yaml shows it.',
    before: '(before the first heading)',
    same: 'Nothing changed.',
    sections: (headings: string) =>
      `Sections: ${headings}. One of them: \`huismeester policy-text HEADING\`.`,
    noSection: (heading: string, headings: string) =>
      `the page has no section ${heading}: say one of ${headings}`,
  },
  report: {
    heads: { id: 'id', how: 'made', made: 'at', deliveries: 'sent to', forwarded: 'forwarded' },
    nothing:
      'No report was made yet: the first one comes on the 1st; `huismeester report preview` shows what it would say now.',
    hows: { monthly: 'of the month', 'on-demand': 'when asked' },
    board: 'the board’s address',
    states: { queued: 'waits', delivered: 'delivered', failed: 'failed' },
    notSent: 'nobody yet',
    none: 'no report was made yet: `huismeester report preview` shows what it would say now',
    unknown: (id: string, ids: string) => `there is no report ${id}: say one of ${ids}`,
    made: (id: string) =>
      `Report ${id} is made: \`huismeester report show ${id}\`, then \`huismeester report send ${id}\``,
    sent: (id: string, whom: string) => `Report ${id} goes to ${whom}`,
    forwarded: (id: string) => `Noted: report ${id} was passed on to the rest of the board`,
    bothDays:
      'a report is of days: say --from and --to, such as --from 2026-11-01 --to 2026-12-01 (that day is not in it)',
  },
  advice: {
    heads: { id: 'id', state: 'state', since: 'since', title: 'title' },
    nothing: 'The team advises nothing now: `huismeester advice add TITLE --text …`.',
    states: { open: 'open', given: 'given', answered: 'answered' },
    labels: {
      state: 'state',
      by: 'written by',
      since: 'written',
      given: 'given',
      text: 'advice',
      answer: 'answer',
      answered: 'answered',
    },
    unknown: (id: string) => `no advice ${id}: \`huismeester advice list\` lists it`,
    several: (count: number, id: string) => `${count} begin with ${id}: give more of the id`,
    written: (title: string, id: string) =>
      `${title} is written down; it stands in the report to the board. Give it with \`huismeester advice give ${id}\``,
    given: (title: string) =>
      `${title} is given to the board; it stays in the report until the answer is written down`,
    answered: (title: string) => `The answer to ${title} is written down`,
    withdrawn: (title: string) => `${title} is withdrawn`,
    changed: (title: string) => `${title} is changed`,
    sayText: 'say what is advised: --text, or --text-file FILE',
    unreadable: (file: string, code: string) => `${file} cannot be read (${code})`,
  },
};

export type Words = typeof english;
