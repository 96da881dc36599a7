import { request } from 'node:http';

// Whether the process answers at /health/live. By its local socket: whatever port it listens on, that is where it is.
const socketPath = process.env.HUISMEESTER_SOCKET ?? '/run/huismeester/huismeester.sock';
request({ socketPath, path: '/health/live', timeout: 4_000 })
  .on('response', ({ statusCode }) => end(statusCode === 200 ? undefined : `it answered ${statusCode}`))
  .on('timeout', () => end('it did not answer in 4 s'))
  .on('error', ({ message }) => end(message))
  .end();

function end(problem: string | undefined): void {
  if (problem !== undefined) process.stderr.write(`${socketPath}: ${problem}\n`);
  process.exit(problem === undefined ? 0 : 1);
}
