import type { RunningSpace } from './space.ts';

/** What is printed once it runs: where to look, how to log in, what to try. `page`: where the web page is, or why there is none. */
export function welcome(
  running: Pick<RunningSpace, 'url' | 'mqttUrl' | 'mqttProblem' | 'firstToken' | 'demo' | 'settings'>,
  page: string,
): string {
  const { url, firstToken, demo, settings } = running;
  const lines = [
    '',
    demo
      ? `Huismeester runs a DEMO of a space: the UPS, the Proxmox cluster, the switch, the wiki, the mail server and the services are simulated.`
      : `Huismeester runs ${settings.site.name}.`,
    '',
    `  Web page            ${page}`,
    `  API and its pages   ${url}/docs`,
    ...mqttLines(running),
    ...(firstToken === undefined
      ? []
      : [
          `  Administrator       ${firstToken}`,
          `                      (shown this once; send it as «Authorization: Bearer …»)`,
        ]),
    `  On this machine     npx -y pnpm@12 huismeester needs no token: it uses ${settings.http.socket}`,
    '',
    ...(demo ? tryThis.concat('', bePeople(url)) : armThis),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

/** Where MQTT is and how to listen, with a login where one is needed; or why there is none. */
function mqttLines({
  mqttUrl,
  mqttProblem,
  settings: { broker },
}: Pick<RunningSpace, 'mqttUrl' | 'mqttProblem' | 'settings'>): string[] {
  if (mqttProblem !== undefined) return [`  MQTT                none: ${mqttProblem}`];
  if (mqttUrl === undefined) return [];
  const where = `  MQTT                ${mqttUrl}`;
  if (!('embedded' in broker)) return [where];
  const { anonymousRead, readers } = broker.embedded;
  const listen = (login: string) =>
    `mosquitto_sub -p ${new URL(mqttUrl).port}${login} -v -t '${broker.root}/v1/#'`;
  if (anonymousRead) return [`${where}   (${listen('')})`];
  const [reader] = readers;
  if (reader === undefined) {
    return [
      where,
      '                      (nobody may read it yet: name who may under broker.embedded.readers)',
    ];
  }
  return [
    where,
    `                      (${listen(` -u ${reader.username} -P …`)}, with that reader’s password)`,
  ];
}

const command = 'npx -y pnpm@12 huismeester';

/** A dozen people are in demo/directory.yaml. */
const bePeople = (url: string) => [
  'Or be somebody of the space, whose password is «demo»:',
  `  ${command} login mira --url ${url}`,
  '  mira and teun are of the infrateam, saar of team and board, noor on trial, koen of the board, lisa and others participants',
  `  ${command} whoami; ${command} people; ${command} team; ${command} logout`,
  `  ${command} application; ${command} vote lisa yes; ${command} access; ${command} departure teun   who joins the team, who leaves, who has access`,
  `  ${command} item; ${command} impact ups/rack; ${command} steward; ${command} design   what there is, what goes with what, who can run it, where it was decided`,
  `  ${command} report preview       the report to the board, in Dutch`,
  `  ${command} vm create my-server --template debian-13 --key FILE.pub   a VM of one’s own; vm list, quota, lease preview`,
  `  ${command} demo mails --follow   what is written to people: a lease plays in three minutes here`,
];

const tryThis = [
  'Try, in another terminal:',
  `  ${command} events --follow      what happens, as it happens`,
  `  ${command} demo power-cut       takes mains away; the whole story plays in about a minute`,
  `  ${command} vms                  what runs, and what is wanted of it`,
  `  ${command} demo mains-back      gives mains back`,
  `  ${command} why 120              why that VM was stopped and started`,
  `  ${command} demo unplug gi1/0/3  pulls the cable of the access point; demo plug puts it back`,
  `  ${command} demo break website   breaks a service; demo mend repairs it`,
  `  ${command} incidents            what failed, and what failed because of it`,
];

const armThis = [
  'Every clause begins in dry-run: all is decided and shown, nothing is touched. When you trust it:',
  `  ${command} decisions            what it would have done, and why`,
  `  ${command} rules                the clauses, and which are armed`,
  `  ${command} enforce power/SPACE-3   arms one`,
];
