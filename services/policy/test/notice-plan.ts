import type { ContactAnswer } from '@huismeester/contracts';
import { type AskService, parseSettings } from '@huismeester/service';
import { type NoticePlan, noticePlan } from '../src/notices/plan.ts';

/** What membership answers to the one question that is asked of it here, and vm-lifecycle to its one: each VM is called `box` and its id. */
export function askOf(answer: (asked: { person: string }) => Promise<ContactAnswer>): AskService {
  return (async (service: string, _: string, asked: { person: string; vms: string[] }) =>
    service === 'vm-lifecycle'
      ? { names: asked.vms.map((vm) => ({ vm, name: `box${vm}` })) }
      : await answer(asked)) as unknown as AskService;
}

/** What settings say; `settings` stand beside the usual ones. */
export function planOf(url: string, settings: object): NoticePlan {
  return noticePlan(settingsOf(url, settings));
}

function settingsOf(url: string, settings: object) {
  const usual = {
    site: { id: 'test', name: 'Test' },
    http: { port: 0 },
    broker: { embedded: { port: 0 } },
    database: { url },
  };
  return parseSettings(JSON.stringify({ ...usual, ...settings }), {
    file: 'test',
    env: {},
    readFile: () => '',
  });
}
