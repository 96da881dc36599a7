/** A clause that policy acts upon, and so one that can be armed. */
export interface RuleDescription {
  readonly clause: string;
  readonly title: string;
}

/** The clauses that this program acts upon, with what arming them allows it to do. */
export const rules: readonly RuleDescription[] = [
  {
    clause: 'SPACE-3',
    title:
      "Participants' and then space-wide VMs are shut down cleanly when the battery runs out, and start again after it",
  },
  {
    clause: 'CORE-1',
    title:
      'Core VMs, and the nodes that settings leave to Huismeester, are shut down cleanly, last, when the battery runs out, and start again first',
  },
];
