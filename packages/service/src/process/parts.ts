import type { Database } from '@huismeester/database';
import type { Part } from '../service.ts';
import type { Running } from './create-services.ts';
import { reasonOf } from './reason.ts';

const databaseMs = 2_000;

/** The parts of the process, and those of its services. */
export async function partsOf({
  database,
  running,
  brokerProblem,
  moreParts,
}: {
  database: Database;
  running: readonly Pick<Running, 'service' | 'broker'>[];
  brokerProblem: string | undefined;
  moreParts: () => Part[];
}): Promise<Part[]> {
  return [
    await databasePart(database),
    brokerPart(running, brokerProblem),
    ...moreParts(),
    ...running.flatMap(({ service }) => service.parts()),
  ];
}

async function databasePart(database: Database): Promise<Part> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Part>((resolve) => {
    const detail = `no answer in ${databaseMs} ms`;
    timer = setTimeout(() => resolve({ name: 'database', ready: false, detail }), databaseMs);
  });
  const answer = database.health().then(
    (): Part => ({ name: 'database', ready: true }),
    (error: unknown): Part => ({ name: 'database', ready: false, detail: reasonOf(error) }),
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Not essential: MQTT is only the news, and consumers must go on reading our log without it. */
function brokerPart(
  running: readonly Pick<Running, 'service' | 'broker'>[],
  problem: string | undefined,
): Part {
  const troubles = running.flatMap(({ service, broker }) => {
    const trouble = broker?.trouble();
    return trouble === undefined ? [] : [`${service.name}: ${trouble}`];
  });
  const detail = problem ?? troubles.join('; ');
  return { name: 'broker', essential: false, ready: detail === '', ...(detail !== '' && { detail }) };
}
