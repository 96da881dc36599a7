import { DatabaseUnavailable } from '@huismeester/database';
import fastify from 'fastify';
import { expect, test } from 'vitest';
import { handleError } from './errors.ts';
import { byLocalSocket, byServiceSecret, byToken, identifier } from './identify.ts';

async function answerWhere(failure: Error) {
  const identify = identifier([
    byLocalSocket(
      ({ headers }) => headers.host === 'local',
      () => Promise.reject(failure),
    ),
    byServiceSecret({ policy: { url: 'http://127.0.0.1:9', secret: 'the-secret-of-policy' } }),
    byToken(() => Promise.reject(failure)),
  ]);
  const app = fastify();
  app.setErrorHandler(handleError);
  app.get('/', async (request) => (await identify(request)) ?? {});
  return async (token: string, headers: object = {}) => {
    const answer = await app.inject({ url: '/', headers: { ...headers, authorization: `Bearer ${token}` } });
    return { status: answer.statusCode, body: answer.json() };
  };
}

test('while the database is away a token cannot be checked, and a service is known all the same', async () => {
  const ask = await answerWhere(new DatabaseUnavailable('the database does not answer'));
  expect(await ask('hm_a.b')).toMatchObject({ status: 503, body: { code: 'cannot-check-tokens' } });
  expect(await ask('the-secret-of-policy')).toEqual({
    status: 200,
    body: { roles: ['service'], name: 'service:policy' },
  });
});

test('while the database is away root is known on the local socket, and not for whom it would act', async () => {
  const ask = await answerWhere(new DatabaseUnavailable('the database does not answer'));
  expect((await ask('', { host: 'local' })).body).toMatchObject({ roles: ['administrator'] });
  const acting = await ask('', { host: 'local', 'act-as': 'ada' });
  expect(acting).toMatchObject({ status: 503, body: { code: 'cannot-check-tokens' } });
});

test('a fault of ours is not blamed on the database', async () => {
  const ask = await answerWhere(new Error('oops'));
  expect(await ask('hm_a.b')).toMatchObject({ status: 500, body: { code: 'internal' } });
});
