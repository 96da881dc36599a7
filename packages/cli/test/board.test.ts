import { describe, expect, it } from 'vitest';
import { type Answer, answering, list, problem } from './answering.ts';

const since = '2026-11-22T12:00:00.000Z';
const id = '0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c70';
const advice = {
  id,
  title: 'Een tweede verbinding',
  text: 'De eerste viel dit jaar zes keer uit.',
  state: 'open',
  since,
  by: 'person:5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f',
};
const policy = {
  source: 'https://wiki.example/Infra',
  state: 'read',
  revision: '12',
  expected: '11',
  sections: [
    { heading: 'Team', text: 'As it was.' },
    { heading: 'Core', text: 'New.', changed: { removed: ['Old.'], added: ['New.'] } },
  ],
};

const answers = (more: (path: string, method?: string) => Answer | undefined = () => undefined) =>
  answering((path, method) => {
    const given = more(path, method);
    if (given) return given;
    if (path.startsWith('/api/v1/reports/preview'))
      return { body: path.includes('format=json') ? '{"from":"x"}' : 'Verslag\n\u001b[2J' };
    if (path === '/api/v1/reports/2026-10/text') return { body: 'Oktober' };
    if (path.startsWith('/api/v1/reports/')) return problem(404, 'not-found');
    if (path.startsWith('/api/v1/reports')) return list();
    if (path.startsWith('/api/v1/advice')) return method === 'GET' ? list(advice) : { body: advice };
    if (path.startsWith('/api/v1/policy-text')) return { body: policy };
    return problem(404, 'no-such-route');
  });

describe('report', () => {
  it('preview is of this month if nothing is said, and shows no control character', async () => {
    const { ran, asked } = await answers();
    expect(await ran(['report', 'preview'])).toMatchObject({ code: 0, stdout: 'Verslag\n\\u{1b}[2J\n' });
    expect(asked.map(({ path }) => path)).toEqual(['/api/v1/reports/preview?format=text']);
  });

  it('takes both days or none, and no id of which there is no report', async () => {
    const { ran, asked } = await answers();
    expect(await ran(['report', 'preview', '--from', '2026-11-01'])).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('--to 2026-12-01'),
    });
    expect(await ran(['report', 'make'])).toMatchObject({ code: 64 });
    expect(asked).toEqual([]);
    expect(await ran(['report', 'send', '2026-09', '--lang', 'nl'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('er is nog geen verslag gemaakt'),
    });
    expect(asked.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  it('reads the one that is named, and not all there are', async () => {
    const { ran, asked } = await answers();
    expect(await ran(['report', 'show', '2026-10'])).toMatchObject({ code: 0, stdout: 'Oktober\n' });
    expect(asked.map(({ path }) => path)).toEqual(['/api/v1/reports/2026-10/text']);
    asked.length = 0;
    expect(await ran(['report', 'show', '--lang', 'nl'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('er is nog geen verslag gemaakt: `huismeester report preview`'),
    });
    expect(asked.map(({ path }) => path)).toEqual(['/api/v1/reports?order=-made&limit=1']);
  });
});

describe('advice', () => {
  it('is named by the beginning of its id, and changed in the part that is named', async () => {
    const { ran, asked } = await answers();
    expect((await ran(['advice'])).stdout).toMatch(/^0193a5c2 +open +2026-11-22 +Een tweede verbinding$/m);
    expect((await ran(['advice', 'change', '0193', '--title', 'Een derde'])).code).toBe(0);
    expect(asked.at(-1)).toMatchObject({
      method: 'PUT',
      path: `/api/v1/advice/${id}`,
      body: { title: 'Een derde', text: advice.text },
    });
    expect((await ran(['advice', 'show', '0193'])).stdout).not.toMatch(/given |answered/);
    await ran(['advice', 'answer', '0193', 'Akkoord']);
    expect(asked.at(-1)).toMatchObject({ path: `/api/v1/advice/${id}/answer`, body: { answer: 'Akkoord' } });
    expect(await ran(['advice', 'give', '9'])).toMatchObject({ code: 1, stdout: '' });
    expect(await ran(['advice', 'add', 'Nog een'])).toMatchObject({ code: 64 });
  });
});

it('advice that was answered shows when it was written, given and answered', async () => {
  const given = '2026-11-23T12:00:00.000Z';
  const answered = '2026-11-24T12:00:00.000Z';
  const { ran } = await answers((path, method) =>
    path.startsWith('/api/v1/advice') && method === 'GET'
      ? list({ ...advice, state: 'answered', given, answer: 'Akkoord', answered })
      : undefined,
  );
  const { stdout } = await ran(['advice', 'show', '0193']);
  expect(stdout).toMatch(
    /written +2026-11-22.*\n +given +2026-11-23.*\n +advice .*\n +answered +2026-11-24.*\n +answer +Akkoord/,
  );
});

describe('policy-text', () => {
  it('shows its sections, what changed, and what to do about a newer revision', async () => {
    const { ran } = await answers();
    const { stdout } = await ran(['policy-text', '--changed']);
    expect(stdout).toContain('revision 12, and space.yaml names 11');
    expect(stdout).toContain('\nCore\n- Old.\n+ New.\n');
    expect(stdout).not.toContain('As it was');
    expect((await ran(['policy-text', 'team', '--lang', 'nl'])).stdout).toContain('\nTeam\n  As it was.\n');
    expect(await ran(['policy-text', 'Board'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Team, Core'),
    });
  });

  it('that is not set up says how it is', async () => {
    const { ran } = await answers((path) =>
      path.startsWith('/api/v1/policy-text')
        ? { body: { source: '', state: 'not-set-up', sections: [] } }
        : undefined,
    );
    expect(await ran(['policy-text'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('policy.text'),
    });
  });
});
