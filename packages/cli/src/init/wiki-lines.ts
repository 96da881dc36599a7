import { commentedOut } from './yaml-text.ts';

/** The wiki, the page of the policy and the board, as comments: nothing that `init` asks knows where these are. */
export const wikiLines: readonly string[] = [
  '# The wiki with the design decisions (CORE-5, SPACE-6), and the page of the infra policy there. The revision is the number at the end of “permanent link”.',
  ...commentedOut([
    'wiki: { api: "https://example.org/api.php" }',
    'policy:',
    '  text: { url: "https://example.org/Infra_policy", revision: "1" }',
  ]),
  '# A mail address that the whole board reads: it gets the report of each month where no board member is in the team (BOARD-2).',
  ...commentedOut(['board: { address: "board@example.org" }']),
];
