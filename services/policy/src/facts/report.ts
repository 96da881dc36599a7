/** Under which the one fact about reports is kept. */
export const theReport = 'main';

/** How the report to the board stands (BOARD-2), by policy’s own tables (report/); times in ms since 1970. */
export interface ReportFact {
  /** Since when what reports are made of is collected: before that no report is due. */
  readonly began?: number;
  /** The report of the newest month. */
  readonly last?: {
    readonly id: string;
    /** Where its month ends. */
    readonly to: number;
    readonly madeAt: number;
    /** Whether the mail server took it to anybody. */
    readonly delivered: boolean;
    /** Why it did not, where it was tried. */
    readonly because?: string;
  };
}
