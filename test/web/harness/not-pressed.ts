/** Routes that no page uses, with the reason. */
export const elsewhere: Readonly<Record<string, string>> = {
  'POST /api/v1/team': 'the first member is made on the machine itself: `huismeester team start`',
  'POST /api/v1/people/:id/confirmation': '`huismeester people confirm`, beside `huismeester directory`',
  'POST /api/v1/directory/read': 'part of `huismeester directory`',
  'POST /api/v1/directory/acceptance': 'part of `huismeester directory`',
  'POST /api/v1/directory/confirmation': 'part of `huismeester directory`',
  'POST /api/v1/service-accounts': 'tokens of programs are made on the command line, where they are used',
  'DELETE /api/v1/service-accounts/:id': 'as they are made',
  'POST /api/v1/renewals': 'a page of the service, behind the link of a mail',
  'POST /api/v1/forwardings': 'a page of the service, behind the link of a mail',
  'POST /api/v1/cables': 'cables come in with a spreadsheet',
  'PUT /api/v1/cables/:id': 'cables come in with a spreadsheet',
  'DELETE /api/v1/cables/:id': '`huismeester cable remove`',
  'POST /api/v1/design-decisions': 'they are written on the wiki; `huismeester design` registers them',
  'PUT /api/v1/design-decisions/:id': 'as they are registered',
  'PATCH /api/v1/design-decisions/:id': 'as they are registered',
  'DELETE /api/v1/design-decisions/:id': 'as they are registered',
  'POST /api/v1/design-decisions/look': 'looked at by itself; `huismeester design look`',
  'POST /api/v1/design-decisions/:id/look': 'looked at by itself; `huismeester design look`',
  'POST /api/v1/design-decisions/:id/page': 'as they are registered',
  'PUT /api/v1/rules/:clause': 'the page arms one rule at a time, with what that would do',
  'POST /api/v1/clock/acceptance': 'a clock that went back is looked at on the machine itself',
  'POST /api/v1/notices/test': '`huismeester mail test`, for who sets up mails',
  'POST /api/v1/membership/questions/accounts': 'services ask each other',
  'POST /api/v1/membership/questions/contact': 'services ask each other',
  'POST /api/v1/membership/questions/named': 'services ask each other',
  'POST /api/v1/membership/questions/ssh-keys': 'services ask each other',
  'POST /api/v1/vm-lifecycle/questions/names': 'services ask each other',
  'POST /api/v1/vm-lifecycle/questions/classes': 'services ask each other',
  'POST /api/v1/policy/questions/clock': 'services ask each other',
};

/** Where a page has the button of a route: its file in packages/web/src/pages, and words that stand there. */
interface Button {
  readonly file: string;
  readonly words: readonly string[];
}

const replay: Button = {
  file: 'settings/dead-letters.tsx',
  words: ['/dead-letters/', "/replay`, { method: 'POST'"],
};

/** Routes whose button is not on a page of the demo as it was filled, since it is there in another state: while something is held, or decided on. */
export const inOtherStates: Readonly<Record<string, Button>> = {
  'DELETE /api/v1/tokens/:id': { file: 'account/token-list.tsx', words: ["`, { method: 'DELETE' }"] },
  'DELETE /api/v1/team/:person/proposal': {
    file: 'member/proposal.tsx',
    words: ["send(path, { method: 'DELETE' })", '/proposal`'],
  },
  'POST /api/v1/team/:person/proposal/confirmation': {
    file: 'member/proposal.tsx',
    words: ["/confirmation`, { method: 'POST'"],
  },
  'DELETE /api/v1/team/:person/grants/:id': { file: 'member/grants.tsx', words: ["`, { method: 'DELETE' }"] },
  'PUT /api/v1/team/:person/offboarding/:item': {
    file: 'member/offboarding.tsx',
    words: ['/offboarding/', "method: 'PUT'"],
  },
  'DELETE /api/v1/applications/:id': { file: 'team/own-acts.tsx', words: ["'', { method: 'DELETE' }"] },
  'POST /api/v1/applications/:id/consent': {
    file: 'team/own-acts.tsx',
    words: ["'/consent', { method: 'POST' }"],
  },
  'DELETE /api/v1/applications/:id/minutes': {
    file: 'team/meeting.tsx',
    words: ["'/minutes', { method: 'DELETE' }"],
  },
  'POST /api/v1/applications/:id/minutes/confirmation': {
    file: 'team/meeting.tsx',
    words: ["'/minutes/confirmation', { method: 'POST'"],
  },
  'POST /api/v1/applications/:id/appointment': {
    file: 'team/board.tsx',
    words: ["'/appointment', { method: 'POST' }"],
  },
  'PUT /api/v1/access/:id/person': { file: 'access/account.tsx', words: ["/person`, { method: 'PUT'"] },
  'POST /api/v1/access/lists/:id/confirmation': {
    file: 'access/lists.tsx',
    words: ["/confirmation`, { method: 'POST' }"],
  },
  'DELETE /api/v1/access/lists/:id': { file: 'access/lists.tsx', words: ["`, { method: 'DELETE' }"] },
  'PUT /api/v1/service-accounts/:id': {
    file: 'access/account.tsx',
    words: ['/api/v1/service-accounts/', "`, { method: 'PUT'"],
  },
  'POST /api/v1/vms/:id/lease/renewal': { file: 'vms/ask.ts', words: ['/lease/renewal`', "method: 'POST'"] },
  'DELETE /api/v1/vms/:id/lease/renewal': {
    file: 'vms/ask.ts',
    words: ['/lease/renewal`', "method: 'DELETE'"],
  },
  'POST /api/v1/creations/:id/retry': { file: 'vms/following.tsx', words: ["/retry`, { method: 'POST'"] },
  'POST /api/v1/creations/:id/giving-up': {
    file: 'vms/following.tsx',
    words: ["/giving-up`, { method: 'POST'"],
  },
  'DELETE /api/v1/projects/:id': {
    file: 'projects/end.tsx',
    words: ["send(pathOf(id), { method: 'DELETE' })"],
  },
  'POST /api/v1/projects/:id/agreement/consent': {
    file: 'projects/agreement.tsx',
    words: ['/agreement/consent`'],
  },
  'POST /api/v1/projects/:id/retirement/confirmation': {
    file: 'projects/end.tsx',
    words: ['/confirmation`'],
  },
  'DELETE /api/v1/projects/:id/retirement': {
    file: 'projects/end.tsx',
    words: ["send(path, { method: 'DELETE' })", '/retirement`'],
  },
  'DELETE /api/v1/promotions/:id': {
    file: 'projects/requests.tsx',
    words: ["send(requestPath(id), { method: 'DELETE' })"],
  },
  'POST /api/v1/promotions/:id/users': { file: 'projects/requests.tsx', words: ['/users`'] },
  'PUT /api/v1/promotions/:id/decision': {
    file: 'projects/decide.tsx',
    words: ['/decision`', "method: 'PUT'"],
  },
  'DELETE /api/v1/promotions/:id/decision': {
    file: 'projects/decide.tsx',
    words: ["/decision`, { method: 'DELETE'"],
  },
  'POST /api/v1/csv/cables': { file: 'things/import-page.tsx', words: ['`/api/v1/csv/', "method: 'POST'"] },
  'POST /api/v1/proposals/:kind/:id/reopening': {
    file: 'things/proposals.tsx',
    words: ["/reopening`, { method: 'POST' }"],
  },
  'DELETE /api/v1/holds/:id': { file: '../api/holds.ts', words: ["`, { method: 'DELETE' }"] },
  'POST /api/v1/reports/:id/sending': {
    file: 'report/report-page.tsx',
    words: ['/api/v1/reports/', '/sending`'],
  },
  'POST /api/v1/reports/:id/forwarding': {
    file: 'report/report-page.tsx',
    words: ['/api/v1/reports/', '/forwarding`'],
  },
  'PUT /api/v1/advice/:id': { file: 'report/advice.tsx', words: ["method: 'PUT'"] },
  'POST /api/v1/advice/:id/giving': { file: 'report/advice.tsx', words: ["/giving`, { method: 'POST' }"] },
  'DELETE /api/v1/violations/:id/acceptance': { file: 'violations/accept.tsx', words: ["method: 'DELETE'"] },
  'POST /api/v1/ups-monitor/dead-letters/:id/replay': replay,
  'POST /api/v1/netwatch/dead-letters/:id/replay': replay,
  'POST /api/v1/vm-lifecycle/dead-letters/:id/replay': replay,
  'POST /api/v1/inventory/dead-letters/:id/replay': replay,
  'POST /api/v1/membership/dead-letters/:id/replay': replay,
  'POST /api/v1/policy/dead-letters/:id/replay': replay,
};
