import { expect, it } from 'vitest';
import { cacheControl, securityHeaders } from '../build/headers.ts';
import { isOfPage } from '../build/paths.ts';

const hsts = 'strict-transport-security';
const coop = 'cross-origin-opener-policy';

it.each([
  ['https', 'huismeester.space', true, true],
  ['https', '10.0.0.7', true, true],
  ['http', 'localhost', false, true],
  ['http', '127.0.0.1', false, true],
  ['http', '[::1]', false, true],
  // A browser ignores it there, and complains.
  ['http', 'huismeester.lan', false, false],
  ['http', '10.0.0.7', false, false],
  ['http', '127.0.0.1.example.org', false, false],
])('over %s at %s: HSTS %s, COOP %s', (protocol, hostname, hasHsts, hasCoop) => {
  const headers = securityHeaders({ protocol, hostname });
  expect([hsts in headers, coop in headers]).toEqual([hasHsts, hasCoop]);
});

it('allows nothing inline, nothing that is evaluated, and nothing from elsewhere', () => {
  const { 'content-security-policy': policy = '' } = securityHeaders({ protocol: 'http', hostname: 'h' });
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  const names = policy.split('; ').map((each) => each.split(' ')[0]);
  // Those three are not what default-src is for.
  expect(names).toEqual(
    expect.arrayContaining(['default-src', 'script-src', 'base-uri', 'form-action', 'frame-ancestors']),
  );
});

it('has a browser keep what is named by its content, and ask for the rest', () => {
  expect(cacheControl('/assets/main-B1x.js')).toBe('public, max-age=31536000, immutable');
  expect(cacheControl('/index.html')).toBe('no-cache');
});

it.each([
  ['/', true],
  ['/vms/104', true],
  ['/apis', true],
  ['/api', false],
  ['/api/v1/nothing', false],
  ['/docs/', false],
  ['/openapi.json', false],
  ['/health/ready', false],
  ['/metrics', false],
])('%s is of the page: %s', (path, expected) => {
  expect(isOfPage(path)).toBe(expected);
});
