/** A clause of the infra policy, with a title in our own words. */
export interface ClauseDescription {
  readonly clause: string;
  readonly title: string;
  /** Kept by how the program is made, whatever is set up. */
  readonly builtIn?: string;
}

/** Every clause of the infra policy, in its order. */
export const clauses: readonly ClauseDescription[] = [
  { clause: 'TEAM-1', title: 'A fixed group of trusted participants runs the infra' },
  { clause: 'TEAM-2', title: 'Several people can run each thing, and the team is up to its task' },
  {
    clause: 'TEAM-3',
    title: 'The team designs, builds and runs core infra, carries out the policy and advises',
  },
  { clause: 'TEAM-4', title: 'The team knows which projects it hosts, and moves one to another class' },
  { clause: 'BOARD-1', title: 'A board member is always in the team' },
  { clause: 'BOARD-2', title: 'That board member tells the rest of the board how things are' },
  { clause: 'JOIN-1', title: 'The team approves of who joins it' },
  { clause: 'JOIN-2', title: 'The board member in the team may veto that' },
  { clause: 'JOIN-3', title: 'Who joins may be on trial first, without full access' },
  { clause: 'INFRA-1', title: 'What counts as infra, and whose it is, is on record' },
  { clause: 'INFRA-2', title: 'The kinds of infra are on record: servers, switches, cables and so on' },
  { clause: 'CORE-1', title: 'What one must be able to count on is available' },
  { clause: 'CORE-2', title: 'What must be confidential is, and who has access is confirmed each year' },
  { clause: 'CORE-3', title: 'Hypervisor, uplink, website, login and space network are core' },
  { clause: 'CORE-4', title: 'Only the team has admin access to core infra' },
  { clause: 'CORE-5', title: 'Design decisions about core infra are on the wiki' },
  { clause: 'CORE-6', title: "Core infra runs on hardware that is the foundation's, or rented by it" },
  {
    clause: 'SPACE-1',
    title: 'A project becomes space-wide when it serves the space, is needed and is not core',
  },
  { clause: 'SPACE-2', title: 'Music, dashboards and MQTT are among the space-wide projects' },
  { clause: 'SPACE-3', title: 'VMs of space-wide projects stay on and stay' },
  { clause: 'SPACE-4', title: 'How a space-wide project is run is agreed with the team' },
  { clause: 'SPACE-5', title: 'A space-wide project has managers' },
  { clause: 'SPACE-6', title: 'Design decisions about space-wide projects are on the wiki' },
  { clause: 'SPACE-7', title: 'A VM of a space-wide project is used for that project alone' },
  { clause: 'SPACE-8', title: 'The team may make a space-wide project core' },
  { clause: 'PART-1', title: 'Any other project of participants has its place' },
  { clause: 'PART-2', title: 'Participants make VMs for their own projects by themselves' },
  { clause: 'PART-3', title: 'Who makes a VM is responsible for it' },
  { clause: 'PART-4', title: "A participant's VM goes off two weeks after its start" },
  { clause: 'PART-5', title: 'A participant can ask for their project to become space-wide' },
  { clause: 'PRIV-1', title: 'What is for the board alone is seen by the board alone' },
  {
    clause: 'PRIV-2',
    title: 'The board runs its own infra',
    builtIn: 'VMs outside the pools that settings name are never listed, counted, stopped or started',
  },
];
