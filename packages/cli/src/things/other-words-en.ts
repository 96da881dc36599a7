import type { DesignStatus, WikiPageState } from '@huismeester/contracts';

export const impact = {
  title: (what: string) => `If ${what} fails, this goes with it, nearest first (asking changes nothing):`,
  nothing: (what: string) => `Nothing is known to go with ${what}.`,
  heads: { what: 'what', core: 'core for', because: 'because it', people: 'whom to ask' },
  weakened: 'This goes on, with one fewer of what it needs:',
  because: (kind: string, on: string) => `${kind} ${on}`,
};

export const steward = {
  heads: { item: 'item', person: 'who', role: 'role', since: 'since', counts: 'counts until' },
  nothing:
    'Nobody is on record as able to run anything: `huismeester steward learn ITEM` says that you learn it.',
  noneOf: (item: string) => `Nobody is on record as able to run ${item}.`,
  over: 'no more',
  learns: (who: string, item: string) => `${who} learns ${item}`,
  promoted: (who: string, item: string) => `${who} can run ${item} without help`,
  confirmed: (item: string, until: string) => `Noted: you can still run ${item}. It counts until ${until}`,
  removed: (who: string, item: string) => `${who} is on record for ${item} no more`,
  notOnRecord: (who: string, item: string) =>
    `${who} is not on record for ${item}: \`huismeester steward list ${item}\``,
  nothingToConfirm:
    'You are steward of nothing: a learner is confirmed by somebody else, `huismeester steward promote`.',
  noPerson: 'who you are is not known here: log in with `huismeester login`, or name the person',
};

export const design = {
  heads: { id: 'id', status: 'status', of: 'of', page: 'wiki page', read: 'the wiki says', title: 'title' },
  nothing:
    'No design decision is registered: `huismeester design add "One VLAN for guests" --item sw1 --page VLANs --status accepted`.',
  statuses: { proposed: 'proposed', accepted: 'accepted', superseded: 'superseded' } satisfies Record<
    DesignStatus,
    string
  > as Readonly<Record<DesignStatus, string>>,
  states: {
    found: 'there',
    blank: 'blank',
    missing: 'missing',
    'redirect-to-nowhere': 'redirects to nowhere',
    'not-a-page': 'no page',
  } satisfies Record<WikiPageState, string> as Readonly<Record<WikiPageState, string>>,
  unread: 'not looked at yet',
  unconfirmed: (text: string) => `${text} (once; looked at again after 6 h)`,
  unknown: (text: string, why: string) => `${text} before; cannot be read now: ${why}`,
  noPage: 'none named',
  labels: {
    status: 'status',
    by: 'superseded by',
    of: 'of',
    page: 'page',
    url: 'URL',
    read: 'the wiki says',
    revision: 'revision',
    since: 'registered',
  },
  revised: (revision: string, at: string) => `${revision}, of ${at}`,
  unknownDecision: (id: string) => `no design decision ${id}: \`huismeester design list\` lists them`,
  registered: (id: string, title: string) => `${title} is registered, as ${id}`,
  changed: (title: string) => `${title} is changed`,
  removed: (title: string) => `${title} is registered no more; its page stays`,
  looked: 'Looked at.',
  made: (title: string, url: string) => `The page of ${title} is made: ${url}`,
};
