import { globSync } from 'node:fs';
import { brokerKinds } from '../chaos/broker.ts';
import { programStep, type Step, vitestStep } from './steps.ts';

/** How long each run of chaos lasts at least, and what is counted against the half hour that all may take. */
const chaosMinutes = 3;
const chaosFacts = 5_000;
const histories = 5_000;
/** Each has a database of its own, and starts a process several times. */
const processHistories = 20;

/** What takes long by nature: random histories by the thousand, and everything broken at random with each broker. */
export function longSteps(root: string): Step[] {
  return [
    vitestStep('long', root),
    vitestStep('long-web', root),
    vitestStep('histories', root, {
      project: 'unit',
      filter: 'histories',
      env: { HUISMEESTER_HISTORIES: String(histories) },
    }),
    vitestStep('histories of a process', root, {
      project: 'integration',
      filter: 'services/membership/test/histories',
      env: { HUISMEESTER_HISTORIES: String(processHistories) },
    }),
    ...brokerKinds.map((broker) =>
      programStep(
        `chaos: ${broker}`,
        root,
        'node_modules/.bin/node',
        'test/chaos/main.ts',
        '--broker',
        broker,
        '--minutes',
        String(chaosMinutes),
        '--facts',
        String(chaosFacts),
      ),
    ),
  ];
}

/** What `test:long` has, for the summary of `test`. */
export function longParts(root: string): string[] {
  const files = globSync('{packages,services,deploy,test}/**/*.long.ts', {
    cwd: root,
    exclude: (path) => path.split('/').includes('node_modules'),
  });
  return [
    ...files.sort(),
    `${histories.toLocaleString('en')} random histories of power cuts, of failures in the network, of a directory of people, and of who joins the team`,
    ...brokerKinds.map((broker) => `chaos with ${broker} for ${chaosMinutes} minutes`),
  ];
}
