import type { MailSettings, NoticeTargetSettings, SpaceSettings } from '@huismeester/contracts';
import { type TimeOfDay, timeOfDay } from '../rules/civil-time.ts';

/** What settings say of how people are written to. */
export interface NoticePlan {
  readonly site: SpaceSettings['site'];
  readonly digestAt: TimeOfDay;
  /** When VMs go off whose lease ended: with it a warning is compared before it is sent. */
  readonly expireAt: TimeOfDay;
  /** Where people reach us; undefined where that is this machine alone, or nowhere. */
  readonly publicUrl: string | undefined;
  /** By which links are signed. */
  readonly key: string | undefined;
  /** What Message-IDs end in. */
  readonly host: string;
  readonly mail: MailSettings | undefined;
  /** The mail address of the whole board. */
  readonly board: string | undefined;
  readonly targets: NoticeTargetSettings;
}

type Used = Pick<
  SpaceSettings,
  'site' | 'http' | 'policy' | 'mail' | 'notices' | 'secrets' | 'testing' | 'board'
>;

export function noticePlan(settings: Used): NoticePlan {
  const { site, http, policy, mail, notices, secrets, testing, board } = settings;
  const publicUrl = reachable(http.publicUrl);
  return {
    site,
    digestAt: timeOfDay(policy.notices.digestAt, site.timezone, testing.leaseSpeed),
    expireAt: timeOfDay(policy.lease.expireAt, site.timezone, testing.leaseSpeed),
    publicUrl,
    key: secrets.key,
    host: publicUrl === undefined ? `${site.id}.huismeester.invalid` : new URL(publicUrl).hostname,
    mail,
    board: board.address,
    targets: notices,
  };
}

/** A link to loopback leads everybody to their own machine. */
function reachable(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  const { hostname } = new URL(url);
  const isLoopback = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
  return isLoopback ? undefined : url.replace(/\/$/, '');
}
