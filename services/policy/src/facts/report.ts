import type { EventData } from '@huismeester/contracts';

/** Under which the one fact about reports is kept. */
export const theReport = 'main';

/** How the report to the board stands (BOARD-2), by policy’s own tables (report/); times in ms since 1970. */
export interface ReportFact {
  /** Since when what reports are made of is collected: before that no report is due. */
  readonly began?: number;
  /** Where the newest month ends of which there is a report. */
  readonly madeTo?: number;
  /** Of the months after the last one whose report the mail server took to anybody: the first that has one. */
  readonly unsent?: {
    readonly id: string;
    readonly madeAt: number;
    /** How it stands with whom it goes to: who is still tried, else who was tried last; missing where there is nobody. */
    readonly delivery?: {
      readonly state: 'queued' | 'failed';
      readonly because?: EventData<'report.failed'>['because'];
      readonly code?: number;
    };
  };
}
