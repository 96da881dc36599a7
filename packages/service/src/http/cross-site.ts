import type { FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

type Asked = Pick<FastifyRequest, 'method' | 'headers' | 'protocol' | 'host'>;

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);
/** No form sends these, and no page of another origin without asking first (CORS), which nobody answers here. */
const types = new Set(['application/json', 'text/csv']);

/**
 * For a request with a cookie, which a browser sends along by itself. Throws a Problem (403 `cross-site`) for an unsafe method where the
 * browser does not say that a page of this very origin made it, or where what is sent could come from a form.
 */
export function refuseCrossSite(asked: Asked): void {
  if (safe.has(asked.method)) return;
  const { isOwn, ...wrong } = originOf(asked);
  if (isOwn !== true) throw crossSite(wrong);
  const { headers } = asked;
  const type = headers['content-type'];
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  const media = type?.split(';')[0]?.trim().toLowerCase();
  if (media === undefined ? !hasBody : types.has(media)) return;
  throw crossSite({ field: 'headers.content-type', found: type, allowed: 'application/json' });
}

/** For a login, which a program makes as well: throws a Problem (403 `cross-site`) where a browser says that another origin's page made it. */
export function refuseForeignPage(asked: Asked): void {
  const { isOwn, ...wrong } = originOf(asked);
  if (isOwn === false) throw crossSite(wrong);
}

interface Wrong {
  readonly field: string;
  readonly found: string | undefined;
  readonly allowed: string;
}

/**
 * Whether the page that made a request is of the origin that it asks; `isOwn` is undefined where the request does not say. Browsers send Sec-Fetch-Site
 * (Fetch Metadata) to HTTPS and to loopback, and over plain HTTP Origin alone.
 */
function originOf({ headers, protocol, host }: Asked): Wrong & { readonly isOwn: boolean | undefined } {
  const { 'sec-fetch-site': site, origin } = headers;
  if (site !== undefined) {
    const found = String(site);
    const allowed = 'same-origin';
    return { isOwn: found === allowed, field: 'headers.sec-fetch-site', found, allowed };
  }
  const asked = parsed(`${protocol}://${host}`);
  const isOwn = origin === undefined ? undefined : asked !== undefined && parsed(origin) === asked;
  return { isOwn, field: 'headers.origin', found: origin, allowed: asked ?? 'the address that is asked' };
}

/** Scheme, host and port, those of the scheme left out; undefined for what has none, such as `null`. */
function parsed(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}

function crossSite({ field, found, allowed }: Wrong): Problem {
  const detail =
    'A browser sends the session along by itself, so what it changes must come from this page and be JSON: open Huismeester’s own page and do it there. A program sends "Authorization: Bearer …" instead of the cookie. Behind a reverse proxy: it must pass on Host, or say X-Forwarded-Host and X-Forwarded-Proto (`http.trustedProxy`)';
  const errors = [{ field, ...(found !== undefined && { found }), allowed }];
  return new Problem(403, 'cross-site', 'This did not come from Huismeester’s own page', { detail, errors });
}
