import { ForwardingLink } from '@huismeester/contracts';
import { signLink, verifyLink } from '@huismeester/service';

/** Where people reach us, and by what links are signed; a link needs both. */
export interface LinkPlan {
  readonly publicUrl: string | undefined;
  readonly key: string | undefined;
}

/** What comes of it: anything but `forwarded` has changed nothing; `invalid`: no link of ours. */
export const results = ['forwarded', 'already', 'not-board', 'missing', 'invalid'] as const;

/** Under which the page is, and what it posts to. */
export const path = '/forwardings';

/** The link in the mail to a board member; undefined where nobody could follow it, or it could not be signed. */
export function forwardingLink(
  { publicUrl, key }: LinkPlan,
  report: string,
  person: string,
): string | undefined {
  if (publicUrl === undefined || key === undefined) return undefined;
  const payload: ForwardingLink = { report, person, says: 'forwarded' };
  // In the fragment, which no server and no scanner of links is sent.
  return `${publicUrl}/api/v1${path}#${signLink(key, payload)}`;
}

/** What a link says; undefined: it is none of ours. */
export function forwardedIn(key: string | undefined, link: string): ForwardingLink | undefined {
  return key === undefined ? undefined : verifyLink(key, ForwardingLink, link);
}
