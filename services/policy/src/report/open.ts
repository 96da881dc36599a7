import type { Consumer } from '@huismeester/events';
import type { Service } from '@huismeester/service';
import { answersOf } from '../clock/answers.ts';
import type { LettersByKind } from '../notices/letters.ts';
import { noticePlan } from '../notices/plan.ts';
import { ownReports } from './collect/own.ts';
import { reportReaders } from './collect/readers.ts';
import { reportKind } from './deliver.ts';
import type { LinkPlan } from './forwarding/link.ts';
import { reportLetters } from './letter.ts';
import { createMaker, type Maker } from './maker.ts';
import { type ReportPlan, reportPlan } from './shown.ts';

type Used =
  | 'directory'
  | 'site'
  | 'http'
  | 'policy'
  | 'mail'
  | 'notices'
  | 'secrets'
  | 'testing'
  | 'board'
  | 'wiki';

/** All of the report to the board that goes on while policy runs. */
export interface Reports {
  readonly plan: ReportPlan;
  /** Of policy’s own log. */
  readonly own: Consumer;
  readonly maker: Maker;
  readonly readers: () => readonly Consumer[];
  readonly letters: LettersByKind;
  readonly links: LinkPlan;
}

/** @param isLooked whether the clock was looked at since the start: before that nobody knows whether to believe it */
export function openReports(service: Service<Used>, isLooked: () => boolean, queued: () => void): Reports {
  const { database, log, clock, logger, ask, consumers, settings } = service;
  const plan = reportPlan(settings);
  const { publicUrl, key } = noticePlan(settings);
  const links = { publicUrl, key };
  const own = ownReports(service, plan.zone);
  const names = reportReaders(settings.directory !== undefined, { clock, zone: plan.zone }).map(
    ({ reader }) => reader,
  );
  const readers = () => [...consumers().filter((each) => names.includes(each.status().reader)), own];
  const believed = answersOf({ database, clock, isLooked }).clock;
  return {
    plan,
    own,
    readers,
    maker: createMaker({
      database,
      log,
      clock,
      plan,
      readers,
      believed: async () => (await believed({})).believed,
      queued,
      failed: (error) =>
        logger.error({ err: error }, 'the report to the board could not be made; trying again'),
    }),
    links,
    letters: new Map([[reportKind, reportLetters({ orm: database.orm, ask, plan, links })]]),
  };
}
