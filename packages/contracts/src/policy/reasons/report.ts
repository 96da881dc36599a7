import type { Phrases } from './phrase.ts';

/** What follows the same beginning: why the report did not reach the board. */
const unsent = (en: (code: string) => string, nl: (code: string) => string): Phrases[string] => ({
  en: ({ text }) => `for a week it has reached nobody of the board: ${en(inBrackets(text))}`,
  nl: ({ text }) => `het bereikt al een week niemand van het bestuur: ${nl(inBrackets(text))}`,
});

/** What the mail server answered. */
const inBrackets = (code: string | undefined): string => (code === undefined ? '' : ` (${code})`);

/** Of the rule that watches whether the board gets its report. */
export const report = {
  'report-to-nobody': unsent(
    () => 'no board member is in the team, and settings name no `board.address`',
    () => 'er zit geen bestuurslid in het team, en de instellingen noemen geen `board.address`',
  ),
  'report-queued': unsent(
    () => 'it could not be mailed yet, and is still tried',
    () => 'het kon nog niet worden gemaild; er wordt nog geprobeerd het te versturen',
  ),
  'report-refused': unsent(
    (code) => `the mail server refuses the address${code}`,
    (code) => `de mailserver weigert het adres${code}`,
  ),
  'report-no-address': unsent(
    () => 'there is no address that mail can go to',
    () => 'er is geen bruikbaar mailadres',
  ),
  'report-gave-up': unsent(
    (code) => `the mail server refused it for a day${code}`,
    (code) => `de mailserver weigerde het een dag lang${code}`,
  ),
  'report-unmade': {
    en: () =>
      'it has been due for a week, and could not be made: a log was not read, or the clock is not believed',
    nl: () =>
      'het had al een week geleden gemaakt moeten worden: een log is niet gelezen, of de klok is niet te vertrouwen',
  },
} as const satisfies Phrases;
