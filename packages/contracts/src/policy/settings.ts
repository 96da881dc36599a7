import { type Static, Type } from 'typebox';
import { closedObject, duration, durationOr, section, Url } from '../define.ts';
import { Mail, NoticeSchedule, NoticeTargets } from './notice-settings.ts';
import { WebSettings } from './web-settings.ts';

const unreadAfter = (after: string) =>
  durationOr(after, 'time on battery, where the UPS reports neither runtime nor charge');

const PowerSettings = section({
  onBatteryHold: durationOr('30s', 'nothing is done before, but for LB and FSD'),
  participant: section({ after: durationOr('3m') }),
  'space-wide': section({
    runtimeBelow: durationOr('8m'),
    chargeBelow: Type.Number({ minimum: 0, maximum: 100, default: 35, description: '%' }),
    unreadAfter: unreadAfter('5m'),
  }),
  core: section({
    runtimeBelow: durationOr('5m'),
    chargeBelow: Type.Number({ minimum: 0, maximum: 100, default: 20, description: '%' }),
    unreadAfter: unreadAfter('7m'),
  }),
  restoreHold: durationOr('5m', 'how long mains must be stable'),
  restoreChargeAbove: Type.Number({ minimum: 0, maximum: 100, default: 40, description: '%' }),
  restoreStep: durationOr('2m', 'how long the start of one class may hold up the next'),
  expectedShutdown: durationOr(
    '1m',
    'what a guest is expected to need for its shutdown until it was seen to shut down',
  ),
  reserve: durationOr('1m', 'kept back at the end of the battery when stages are counted backwards from it'),
});
export type PowerSettings = Static<typeof PowerSettings>;

/** 24 hours or more: nobody is warned any later (PART-4). */
const warnLength = '^((2[4-9]|[3-9][0-9]|[1-9][0-9]{2,})h|[1-9][0-9]*d)$';

const LeaseSettings = section({
  length: durationOr('336h', 'how long a participant’s VM may run after a start, or a renewal (PART-4)'),
  renewals: Type.Union([Type.Integer({ minimum: 0 }), Type.Literal('any')], {
    default: 'any',
    description: 'how often one lease may be renewed',
  }),
  warnBefore: Type.Array(
    Type.String({ ...duration('24h or more, such as 72h or 3d'), pattern: warnLength }),
    {
      minItems: 1,
      maxItems: 2,
      default: ['72h', '24h'],
      description:
        'how long before its planned stop the owner of a VM is warned, in the digest of the day and at once; 24h or more each',
    },
  ),
  expireAt: Type.String({
    pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
    default: '18:00',
    description: 'at which time of the day, in the zone of `site`, VMs are stopped whose lease ended',
  }),
  mostPerHour: Type.Integer({
    minimum: 1,
    default: 5,
    description: 'so many VMs are stopped in an hour since their lease ended; the others wait',
  }),
  mostShare: Type.Number({
    minimum: 0,
    maximum: 100,
    default: 20,
    description: '%: nor more than this share of the participants’ VMs that run, or three',
  }),
});
export type LeaseSettings = Static<typeof LeaseSettings>;

const textDate = Type.Optional(
  Type.String({
    format: 'date',
    description: 'the day of the revision that is carried out here, such as 2019-02-11',
  }),
);
const revision = (pattern: string, description: string) =>
  Type.Optional(Type.String({ pattern, description }));

const PolicyText = Type.Optional(
  Type.Union([
    closedObject({
      url: Url('https?', 'the page of the wiki with the infra policy; the wiki is the one of `wiki`'),
      date: textDate,
      revision: revision(
        '^[1-9][0-9]{0,15}$',
        'MediaWiki’s id of the revision that is carried out here; a newer one is a violation until somebody names it',
      ),
    }),
    closedObject({
      file: Type.String({
        minLength: 1,
        format: 'file-path',
        description: 'a file with the infra policy as wikitext or Markdown, where it is on no wiki',
      }),
      date: textDate,
      revision: revision(
        '^[0-9a-f]{12}$',
        'the first 12 hex digits of the SHA-256 of the file that is carried out here',
      ),
    }),
  ]),
);
export type PolicyTextSettings = NonNullable<Static<typeof PolicyText>>;

const Report = section(
  {
    at: Type.String({
      pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
      default: '09:00',
      description: 'when the report of a month is made on the first of the next, in the zone of the site',
    }),
  },
  'the report to the board (BOARD-2)',
);

const Policy = section({
  power: PowerSettings,
  lease: LeaseSettings,
  notices: NoticeSchedule,
  text: PolicyText,
  report: Report,
});

const Board = section(
  {
    address: Type.Optional(
      Type.String({
        pattern: '^[^\\s@<>,;]+@[^\\s@<>,;]+$',
        description:
          'a mail address that the whole board reads: gets the report while no board member is in the team',
      }),
    ),
  },
  'the board of the foundation (BOARD-2)',
);

const Self = section(
  {
    dependsOn: Type.Array(
      Type.String({
        pattern: '^(vm|node|switch|host)/[a-z0-9]+(-[a-z0-9]+)*$',
        description: 'such as vm/100, node/pve-pve1 (hypervisor-node), switch/sw1 or host/nas',
      }),
      { default: [] },
    ),
  },
  'what Huismeester itself needs: its own VM, database, broker, upsd’s host, the switch. It goes last, with its node',
);

export const settings = {
  self: Self,
  policy: Policy,
  board: Board,
  mail: Mail,
  notices: NoticeTargets,
  web: WebSettings,
};
