/** Where a browser asks: its protocol, and the host without its port. */
export interface Asked {
  readonly protocol: string;
  readonly hostname: string;
}

/** Only our own files, and requests to where they came from; nothing inline, so no `unsafe-`. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // Icons, and QR codes that the page draws.
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * What every file of the page is answered with, whichever server sends it: this process, or a web server that was
 * configured by us. What a browser would complain of over plain HTTP is left out there.
 */
export function securityHeaders(asked: Asked): Readonly<Record<string, string>> {
  return {
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    // Not no-referrer: with that a browser may call the origin of a request to ourselves null, by which we know our own page.
    'referrer-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    ...(isTrustworthy(asked) && { 'cross-origin-opener-policy': 'same-origin' }),
    // Half a year, for this name alone: who gives up TLS has browsers that refuse plain HTTP for so long.
    ...(asked.protocol === 'https' && { 'strict-transport-security': 'max-age=15552000' }),
  };
}

/** Names of files under it have a hash of what is in them. */
export const assets = '/assets/';

/** How long a browser may keep a file: what is named by its content for ever, all else only with a question. */
export function cacheControl(path: string): string {
  return path.startsWith(assets) ? 'public, max-age=31536000, immutable' : 'no-cache';
}

/** As browsers see it ("potentially trustworthy"): they ignore some headers elsewhere, and complain. */
function isTrustworthy({ protocol, hostname }: Asked): boolean {
  return protocol === 'https' || /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\]|::1)$/.test(hostname);
}
