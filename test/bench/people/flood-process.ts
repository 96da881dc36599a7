// Logs in with wrong passwords at FLOOD_URL, FLOOD_PER_SECOND times a second, in a process of its own, whose work is not the service's. Over HTTP
// it is told from where: /none, /one (one address) or /many (each from another); it answers with how many answers of each status there were
// since it was told before. Prints its port.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';

const url = process.env.FLOOD_URL ?? '';
const perSecond = Number(process.env.FLOOD_PER_SECOND ?? 0);
const people = Number(process.env.FLOOD_PEOPLE ?? 1);
const tickMs = 10;
/** Refused ones are answered after 0.4 s: so many wait at once, and more on a slow machine. */
const pool = new Pool(url, { connections: 1_000 });

let from = 'none';
let statuses: Record<string, number> = {};
let sent = 0;
let due = 0;
let at = performance.now();

setInterval(() => {
  const now = performance.now();
  due += ((now - at) / 1_000) * perSecond;
  at = now;
  for (; due >= 1; due -= 1) if (from !== 'none') void attempt();
}, tickMs);

async function attempt(): Promise<void> {
  sent += 1;
  // Few are somebody's uid: of each three are tried, and the others cost less.
  const login = sent % 8 === 0 ? `p${(sent / 8) % people}` : `nobody${sent}`;
  const status = await answer(login, from === 'one' ? '192.0.2.1' : addressOf(sent)).catch(() => 'failed');
  statuses[status] = (statuses[status] ?? 0) + 1;
}

async function answer(login: string, address: string): Promise<string> {
  const { statusCode, body } = await pool.request({
    method: 'POST',
    path: '/api/v1/sessions',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': address,
      'x-forwarded-proto': 'https',
    },
    body: JSON.stringify({ login, password: 'wrong' }),
  });
  await body.dump();
  return String(statusCode);
}

/** One of 2^24. */
function addressOf(number: number): string {
  return `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
}

const control = createServer((asked, response) => {
  response.end(JSON.stringify(statuses));
  statuses = {};
  from = asked.url?.slice(1) ?? 'none';
});
control.listen(0, '127.0.0.1');
await once(control, 'listening');
process.stdout.write(`listening on ${(control.address() as AddressInfo).port}\n`);
