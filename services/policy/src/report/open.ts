import type { SpaceSettings } from '@huismeester/contracts';
import type { Consumer } from '@huismeester/events';
import type { Service } from '@huismeester/service';
import { answersOf } from '../clock/answers.ts';
import { noticePlan } from '../notices/plan.ts';
import { ownReports } from './collect/own.ts';
import { type Letter, letterOf } from './letter.ts';
import { createMaker, type Maker } from './maker.ts';
import { type ReportPlan, reportPlan } from './shown.ts';

type Used = 'site' | 'http' | 'policy' | 'mail' | 'notices' | 'secrets' | 'testing' | 'board' | 'wiki';

/** All of the report to the board that goes on while policy runs. */
export interface Reports {
  readonly plan: ReportPlan;
  /** Of policy’s own log. */
  readonly own: Consumer;
  readonly maker: Maker;
  readonly readers: () => readonly Consumer[];
  readonly letterOf: (subject: string) => Promise<Letter | undefined>;
}

/** @param isLooked whether the clock was looked at since the start: before that nobody knows whether to believe it */
export function openReports(
  service: Service<keyof SpaceSettings & Used>,
  isLooked: () => boolean,
  queued: () => void,
): Reports {
  const { database, log, clock, logger, ask, consumers, settings } = service;
  const plan = reportPlan(settings);
  const { publicUrl } = noticePlan(settings);
  const own = ownReports(service, plan.zone);
  const readers = () => [...consumers().filter((each) => each.status().reader.endsWith('/report')), own];
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
    letterOf: (subject) =>
      letterOf({ orm: database.orm, ask, plan, publicUrl }, subject.replace(/^report\//, '')),
  };
}
