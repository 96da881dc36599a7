import type { Role } from '@huismeester/service';
import type { Identity } from './identities.ts';

/** Who gets in at a route. */
export interface Rule {
  readonly who: 'anyone' | 'identified' | readonly Role[];
  /** Only a person; `session`: who has logged in, or root for them. */
  readonly person?: true | 'session';
  /** Tokens: an administrator, and a person who logged in, for their own. */
  readonly own?: true;
  /** Root for somebody who is no full member is refused as that person would be, before it is looked what it is about. */
  readonly asMember?: true;
  /** What is sent, so that nothing is done whoever is let in; nothing at all where this is left out. */
  readonly body?: unknown;
}

const everyone = ['participant', 'trial', 'infrateam', 'board', 'administrator', 'service'] as const;
const everyRole: Rule = { who: everyone };
/** How the space is, also on a screen on a wall. */
const now: Rule = { who: [...everyone, 'display'] };
const anyone: Rule = { who: 'anyone' };
const identified: Rule = { who: 'identified' };
const person: Rule = { who: 'identified', person: 'session' };
const tokens: Rule = { who: 'identified', own: true };
/** Those who look after Huismeester itself. */
const looks: Rule = { who: ['infrateam', 'administrator', 'service'] };
/** The truth about people. */
const closed: Rule = { who: ['administrator', 'service'] };
/** What services ask each other. */
const services: Rule = { who: ['service'], body: {} };
const acts: Rule = { who: ['infrateam', 'administrator'], body: {} };
/** Whoever may make VMs, or gave up the making of one. */
const everyHuman: Rule = { who: ['participant', 'trial', 'infrateam', 'board', 'administrator'] };
const makes: Rule = { ...everyHuman, person: true, body: {} };
/** What people do for themselves; what they may of it is said by what they are to the thing. */
const byPerson: Rule = {
  who: ['participant', 'trial', 'infrateam', 'board', 'administrator'],
  person: true,
};
/** What a full member does for the team, as themselves. */
const byMember: Rule = { who: ['infrateam', 'administrator'], person: true };
/** Who decides about members; which of them may what is judged of each act (membership's core/register). */
const decides: Rule = { who: ['infrateam', 'board', 'administrator'], person: true };
/** Applications: what somebody may is judged of each (membership's core/admission). */
const admission: Rule = { ...everyRole, person: true };
/** Who has access to core. */
const seesAccess: Rule = { who: ['infrateam', 'trial', 'board', 'administrator', 'service'] };
/** The report to the board, and advice. */
const seesReports: Rule = { who: ['trial', 'infrateam', 'board', 'administrator'] };
const makesReports: Rule = { who: ['infrateam', 'board', 'administrator'], body: {} };
const seesPeople: Rule = { who: ['trial', 'infrateam', 'board', 'administrator'] };

/** Whoever may have a VM; whose it is is judged of each (vm-lifecycle's core/may.ts). */
const asks = everyHuman;

const operation = (service: string, log: Rule): Record<string, Rule> => ({
  [`GET /api/v1/${service}/status`]: looks,
  [`GET /api/v1/${service}/dead-letters`]: looks,
  [`POST /api/v1/${service}/dead-letters/:id/replay`]: acts,
  [`GET /api/v1/${service}/events`]: log,
  [`GET /api/v1/${service}/snapshot`]: log,
  [`GET /api/v1/${service}/about-me`]: person,
});

/** Every route of the whole program, and who gets in there; HEAD is as GET. What a new route is for whom is written here by hand. */
export const whoMay: Readonly<Record<string, Rule>> = {
  'GET /': anyone,
  'GET /openapi.json': anyone,
  'GET /asyncapi.json': anyone,
  'GET /docs': anyone,
  'GET /docs/events': anyone,
  'GET /docs/json': anyone,
  'GET /docs/yaml': anyone,
  'GET /docs/static/index.html': anyone,
  'GET /docs/static/swagger-initializer.js': anyone,
  'GET /docs/static/*': anyone,
  'GET /health/live': anyone,
  'GET /health/ready': anyone,
  'GET /metrics': anyone,

  'GET /api/v1/tokens': tokens,
  'GET /api/v1/tokens/:id': tokens,
  // There is one of that name.
  'POST /api/v1/tokens': { ...tokens, body: { name: 'own', role: 'participant' } },
  'DELETE /api/v1/tokens/:id': tokens,

  'GET /api/v1/settings': { who: ['infrateam', 'administrator'] },

  ...operation('membership', closed),
  'POST /api/v1/sessions': { who: 'anyone', body: {} },
  'GET /api/v1/sessions': person,
  'DELETE /api/v1/sessions/:id': person,
  'GET /api/v1/me': identified,
  'GET /api/v1/me/preferences': person,
  'PUT /api/v1/me/preferences': { ...person, body: [] },
  'GET /api/v1/me/export': person,
  'GET /api/v1/people': seesPeople,
  'GET /api/v1/people/:id': seesPeople,
  'POST /api/v1/people/:id/confirmation': acts,
  'GET /api/v1/team': everyRole,
  'POST /api/v1/team': { who: ['administrator'], body: {} },
  'GET /api/v1/team/:person': everyRole,
  'POST /api/v1/team/:person/leaving': { ...identified, person: true, body: [] },
  'POST /api/v1/team/:person/proposal': { ...decides, body: [] },
  'POST /api/v1/team/:person/proposal/confirmation': { ...decides, body: [] },
  'DELETE /api/v1/team/:person/proposal': decides,
  'POST /api/v1/team/:person/grants': { ...byMember, body: {} },
  'DELETE /api/v1/team/:person/grants/:id': byMember,
  'GET /api/v1/team/:person/offboarding': seesPeople,
  'PUT /api/v1/team/:person/offboarding/:item': { ...byMember, body: {} },
  'GET /api/v1/applications': identified,
  'GET /api/v1/applications/:id': identified,
  'POST /api/v1/applications': { ...admission, body: [] },
  'DELETE /api/v1/applications/:id': admission,
  'POST /api/v1/applications/:id/consent': admission,
  'PUT /api/v1/applications/:id/trial': { ...admission, body: {} },
  'PUT /api/v1/applications/:id/vote': { ...admission, body: {} },
  'PUT /api/v1/applications/:id/minutes': { ...admission, body: {} },
  'DELETE /api/v1/applications/:id/minutes': admission,
  'POST /api/v1/applications/:id/minutes/confirmation': admission,
  'POST /api/v1/applications/:id/veto': { ...admission, body: [] },
  'POST /api/v1/applications/:id/no-objection': admission,
  'POST /api/v1/applications/:id/appointment': admission,
  'GET /api/v1/access': seesAccess,
  'GET /api/v1/access/sources': seesAccess,
  'POST /api/v1/access/review': acts,
  'PUT /api/v1/access/:id/person': { ...byMember, body: {} },
  'DELETE /api/v1/access/:id/person': { ...byMember, asMember: true },
  'GET /api/v1/access/lists': seesAccess,
  'PUT /api/v1/access/lists/:id': { ...byMember, body: {} },
  'POST /api/v1/access/lists/:id/confirmation': { ...byMember, asMember: true },
  'DELETE /api/v1/access/lists/:id': { ...byMember, asMember: true },
  'GET /api/v1/service-accounts': seesAccess,
  'PUT /api/v1/service-accounts/:id': { ...byMember, body: {} },
  'POST /api/v1/service-accounts': { ...byMember, body: {} },
  'DELETE /api/v1/service-accounts/:id': { ...byMember, asMember: true },
  'GET /api/v1/directory': seesPeople,
  'POST /api/v1/directory/read': acts,
  'POST /api/v1/directory/acceptance': acts,
  'POST /api/v1/directory/confirmation': acts,
  'POST /api/v1/membership/questions/accounts': services,
  'POST /api/v1/membership/questions/contact': services,
  'POST /api/v1/membership/questions/named': services,
  'POST /api/v1/membership/questions/ssh-keys': services,
  'POST /api/v1/vm-lifecycle/questions/names': services,
  'POST /api/v1/vm-lifecycle/questions/classes': services,
  'POST /api/v1/policy/questions/clock': services,

  ...operation('netwatch', looks),
  'GET /api/v1/switches': everyRole,
  'GET /api/v1/switches/:id': everyRole,
  'GET /api/v1/ports': everyRole,
  'GET /api/v1/probes': everyRole,
  'GET /api/v1/probes/:id': everyRole,
  'POST /api/v1/probes/:id/look': { who: ['trial', 'infrateam', 'administrator'], body: {} },
  'GET /api/v1/incidents': everyRole,
  'GET /api/v1/incidents/:id': everyRole,
  'GET /api/v1/availability': everyRole,

  ...operation('ups-monitor', looks),
  'GET /api/v1/ups': everyRole,
  'GET /api/v1/ups/:id': everyRole,
  'GET /api/v1/ups/:id/history': everyRole,

  ...operation('vm-lifecycle', looks),
  'GET /api/v1/vms': everyRole,
  'GET /api/v1/vms/:id': everyRole,
  'POST /api/v1/vms/:id/lease/renewal': {
    who: ['participant', 'trial', 'infrateam', 'board', 'administrator'],
  },
  'DELETE /api/v1/vms/:id/lease/renewal': {
    who: ['participant', 'trial', 'infrateam', 'board', 'administrator'],
  },
  'GET /api/v1/renewals': anyone,
  'POST /api/v1/renewals': { ...anyone, body: { link: 'none' } },
  'POST /api/v1/vms': makes,
  'GET /api/v1/templates': everyRole,
  'GET /api/v1/creations': everyRole,
  'GET /api/v1/creations/:id': everyRole,
  'POST /api/v1/creations/:id/retry': { ...everyHuman, body: {} },
  'POST /api/v1/creations/:id/giving-up': { ...everyHuman, body: {} },
  'GET /api/v1/nodes': everyRole,
  'GET /api/v1/hypervisors': everyRole,
  'POST /api/v1/vms/:id/acts': { ...asks, body: { act: 'start' } },
  'GET /api/v1/vms/:id/console': asks,
  'GET /api/v1/vms/:id/owner': asks,
  'POST /api/v1/vms/:id/owner': { ...asks, body: {} },
  'POST /api/v1/vms/:id/owner/acceptance': { ...asks, person: true },
  'DELETE /api/v1/vms/:id/owner/offer': asks,
  'GET /api/v1/acts': asks,
  'GET /api/v1/acts/:id': asks,
  'GET /api/v1/quota': { ...asks, person: true },
  'GET /api/v1/drift': asks,
  'GET /api/v1/projects': everyRole,
  'GET /api/v1/projects/:id': everyRole,
  'POST /api/v1/projects': { ...byPerson, body: {} },
  'PATCH /api/v1/projects/:id': { ...byPerson, body: {} },
  'DELETE /api/v1/projects/:id': byPerson,
  'PUT /api/v1/projects/:id/agreement': { ...byPerson, body: {} },
  'POST /api/v1/projects/:id/agreement/consent': byPerson,
  'POST /api/v1/projects/:id/retirement': { ...byMember, body: {} },
  'POST /api/v1/projects/:id/retirement/confirmation': byMember,
  'DELETE /api/v1/projects/:id/retirement': byMember,
  'GET /api/v1/promotions': everyRole,
  'GET /api/v1/promotions/:id': everyRole,
  'POST /api/v1/promotions': { ...byPerson, body: {} },
  'DELETE /api/v1/promotions/:id': byPerson,
  'POST /api/v1/promotions/:id/users': byPerson,
  'PUT /api/v1/promotions/:id/decision': { ...byMember, body: {} },
  'DELETE /api/v1/promotions/:id/decision': { ...byMember, body: {} },

  ...operation('inventory', looks),
  'GET /api/v1/items': everyRole,
  'GET /api/v1/items/:id': everyRole,
  'POST /api/v1/items': acts,
  'PUT /api/v1/items/:id': acts,
  'POST /api/v1/items/:id/retirement': acts,
  'POST /api/v1/items/:id/links': acts,
  'DELETE /api/v1/items/:id/links/:kind/:targetKind/:targetId': acts,
  'GET /api/v1/cables': seesAccess,
  'GET /api/v1/cables/:id': seesAccess,
  'POST /api/v1/cables': acts,
  'PUT /api/v1/cables/:id': acts,
  'DELETE /api/v1/cables/:id': acts,
  // What a steward or learner may is judged of each (inventory's core/steward.ts).
  'GET /api/v1/stewards': everyRole,
  'POST /api/v1/stewards': makes,
  'POST /api/v1/stewards/:id/promotion': makes,
  'POST /api/v1/stewards/:id/confirmation': makes,
  'DELETE /api/v1/stewards/:id': byPerson,
  'GET /api/v1/impact/:kind/:id': seesAccess,
  'GET /api/v1/design-decisions': everyRole,
  'GET /api/v1/design-decisions/:id': everyRole,
  'POST /api/v1/design-decisions': acts,
  'PUT /api/v1/design-decisions/:id': acts,
  'PATCH /api/v1/design-decisions/:id': { ...acts, body: [] },
  'DELETE /api/v1/design-decisions/:id': acts,
  'POST /api/v1/design-decisions/look': acts,
  'POST /api/v1/design-decisions/:id/look': acts,
  'POST /api/v1/design-decisions/:id/page': acts,
  'GET /api/v1/policy-text': everyRole,
  'GET /api/v1/proposals': seesAccess,
  'POST /api/v1/proposals/confirmation': acts,
  'DELETE /api/v1/proposals/:kind/:id': acts,
  'POST /api/v1/proposals/:kind/:id/reopening': acts,
  'GET /api/v1/csv/items': seesAccess,
  'POST /api/v1/csv/items': acts,
  'GET /api/v1/csv/cables': seesAccess,
  'POST /api/v1/csv/cables': acts,

  ...operation('policy', looks),
  'GET /api/v1/site': anyone,
  // Anybody where settings say so (`web.publicNow`).
  'GET /api/v1/now': now,
  'GET /api/v1/live': now,
  'GET /api/v1/decisions': everyRole,
  'GET /api/v1/decisions/:id': everyRole,
  'GET /api/v1/power': everyRole,
  'GET /api/v1/preview': everyRole,
  'GET /api/v1/drill': everyRole,
  'GET /api/v1/clauses': everyRole,
  'GET /api/v1/clauses/:clause': everyRole,
  'GET /api/v1/rules': everyRole,
  'GET /api/v1/rules/:rule/:clause': everyRole,
  'PUT /api/v1/rules/:rule/:clause': acts,
  'PUT /api/v1/rules/:clause': acts,
  'GET /api/v1/holds': everyRole,
  'GET /api/v1/holds/:id': everyRole,
  'POST /api/v1/holds': { ...asks, body: {} },
  'DELETE /api/v1/holds/:id': asks,
  'GET /api/v1/leases': everyRole,
  'GET /api/v1/clock': everyRole,
  'POST /api/v1/clock/acceptance': acts,
  'GET /api/v1/planned': everyRole,
  'GET /api/v1/forwardings': anyone,
  'POST /api/v1/forwardings': { ...anyone, body: { link: 'none' } },
  'GET /api/v1/reports': seesReports,
  'GET /api/v1/reports/preview': seesReports,
  'GET /api/v1/reports/:id': seesReports,
  'GET /api/v1/reports/:id/text': seesReports,
  'GET /api/v1/reports/:id/markdown': seesReports,
  'GET /api/v1/reports/:id/html': seesReports,
  'POST /api/v1/reports': makesReports,
  'POST /api/v1/reports/:id/sending': makesReports,
  'POST /api/v1/reports/:id/forwarding': { who: ['board'], body: {} },
  'GET /api/v1/advice': seesReports,
  'GET /api/v1/advice/:id': seesReports,
  'POST /api/v1/advice': acts,
  'PUT /api/v1/advice/:id': acts,
  'POST /api/v1/advice/:id/giving': acts,
  'POST /api/v1/advice/:id/answer': makesReports,
  'DELETE /api/v1/advice/:id': acts,
  'GET /api/v1/departures/:person': everyRole,
  'GET /api/v1/notices': everyRole,
  'GET /api/v1/notices/:id': everyRole,
  'POST /api/v1/notices/test': {
    who: ['participant', 'trial', 'infrateam', 'board', 'administrator'],
    body: {},
  },
  'GET /api/v1/violations': everyRole,
  'GET /api/v1/violations/counts': everyRole,
  'GET /api/v1/violations/:id': everyRole,
  'PUT /api/v1/violations/:id/acceptance': acts,
  'DELETE /api/v1/violations/:id/acceptance': acts,
};

/** What somebody gets: `in`, or the status and code of a refusal. */
export function outcomeFor(route: string, rule: Rule, identity: Identity): string {
  const { roles, isPerson = false, hasSession = false, isStale = false, refused } = identity;
  const isLogin = route === 'POST /api/v1/sessions';
  if (identity.saysForeign && isLogin) return '403 cross-site';
  if (rule.who === 'anyone') return 'in';
  if (identity.isForeign && !route.startsWith('GET ')) return '403 cross-site';
  if (refused !== undefined) return refused;
  if (roles === undefined) return '401 not-authenticated';
  const none = isStale ? '403 directory-unknown' : '403 forbidden';
  const isLetIn =
    rule.who === 'identified' ? !roles.includes('display') : rule.who.some((role) => roles.includes(role));
  if (!isLetIn) return none;
  if (rule.person && !isPerson) return '403 person-required';
  if (rule.person === 'session' && !hasSession && !roles.includes('administrator'))
    return '403 session-required';
  if (rule.asMember && !roles.includes('infrateam')) return '403 not-allowed';
  if (!rule.own || roles.includes('administrator')) return 'in';
  if (!hasSession) return '403 forbidden';
  // Whoever makes one gives a role that they have.
  if (rule.body === undefined || roles.includes('participant')) return 'in';
  return isStale ? none : '403 role-not-yours';
}
