import { expect, it } from 'vitest';
import { type Answer, answering, problem } from './answering.ts';

const jan = 'edb9ec84-abcb-444d-8171-1bb35d2c4cbe';
const at = '2026-11-22T12:00:00.000Z';
const notice = (state: string, more: object = {}) => ({
  id: '0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c4d',
  kind: 'test',
  about: 'mail/test',
  moment: at,
  to: jan,
  urgency: 'now',
  state,
  queued: at,
  attempts: 1,
  ...more,
});

/** The notice as it is at each look, one after another. */
function server(...looks: readonly object[]) {
  const left = [...looks];
  return answering((path, method): Answer => {
    if (method === 'POST' && path === '/api/v1/notices/test') return { status: 201, body: notice('queued') };
    if (path.startsWith('/api/v1/notices/')) return { body: left.length > 1 ? left.shift() : left[0] };
    return problem(403, 'forbidden');
  });
}

it('mail test says that the mail server took it, once it did', async () => {
  const { ran, asked } = await server(notice('queued'), notice('handed'));
  expect(await ran(['mail', 'test', jan])).toMatchObject({
    code: 0,
    stdout: `the mail server took it for ${jan}\n`,
  });
  expect(asked[0]).toMatchObject({ method: 'POST', body: { person: jan } });
});

it.each([
  ['refuses this address', notice('failed-for-good', { error: '550 no such user' }), '550 no such user'],
  ['does not answer', notice('queued', { error: 'ECONNREFUSED' }), 'ECONNREFUSED'],
  ['is in no settings', notice('dropped', { error: 'settings name no mail server' }), 'name no mail server'],
])('mail test says why it was not sent, when the mail server %s', async (_, found, why) => {
  const { ran } = await server(found);
  const { code, stderr } = await ran(['mail', 'test', jan]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(`^it was not sent: .*${why}`) });
});
