import type { ApplicationEntity } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import type { Entity } from '@huismeester/service';
import { type KnownApplication, readApplications } from './read.ts';

/** What a fold of the log knows of applications to the team. What somebody voted, and every reason, is in none of them. */
export async function admissionEntities(tx: Tx): Promise<Entity[]> {
  return (await readApplications(tx)).map((each) => ({
    subject: `application/${each.id}`,
    state: applicationEntity(each),
  }));
}

function applicationEntity({ id, person, state: is }: KnownApplication): ApplicationEntity {
  const { status, since, backer, ends, trialDays, voted, minutes, approved, board, ended } = is;
  return {
    application: id,
    person,
    state: status,
    since,
    ...(backer !== undefined && { backer }),
    ...(ends !== undefined && { ends }),
    trial_days: trialDays,
    voted: [...voted],
    ...(minutes && { minutes }),
    ...(approved && { approved }),
    ...(board?.until !== undefined && { board_until: board.until }),
    ...(ended && { ended }),
  };
}
