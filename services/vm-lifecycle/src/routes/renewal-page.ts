import { signedLinkPage } from '@huismeester/service';

const texts = {
  nl: {
    title: 'Je VM laten doorlopen',
    ask: 'Wil je dat je VM blijft draaien? Klik dan op de knop.',
    button: 'Verleng',
    renewed: 'Gelukt. Je VM mag draaien tot',
    over: 'Deze link geldt niet meer: deze termijn is voorbij. Start je VM opnieuw, of verleng hem met: huismeester vm renew.',
    used: 'Deze termijn is al verlengd. Je hoeft niets meer te doen.',
    another: 'Deze VM is nu van iemand anders. Er is niets veranderd.',
    off: 'Je VM staat uit, dus er valt niets te verlengen. Als je hem start, begint een nieuwe termijn.',
    refused: 'Deze termijn kan niet nog een keer worden verlengd. Vraag het infrateam om hulp.',
    invalid: 'Deze link klopt niet. Kopieer hem nog eens helemaal uit de mail.',
    failed: 'Het lukte nu niet. Probeer het straks nog eens.',
  },
  en: {
    title: 'Keep your VM running',
    ask: 'Do you want your VM to go on running? Then press the button.',
    button: 'Renew',
    renewed: 'Done. Your VM may run until',
    over: 'This link is no longer valid: that lease is over. Start your VM again, or renew it with: huismeester vm renew.',
    used: 'This lease was renewed already. There is nothing you need to do.',
    another: 'This VM is somebody else’s now. Nothing was changed.',
    off: 'Your VM is off, so there is nothing to renew. When you start it, a new lease begins.',
    refused: 'This lease cannot be renewed once more. Ask the infrateam for help.',
    invalid: 'This link is not complete. Copy all of it from the mail.',
    failed: 'That did not work just now. Try again in a while.',
  },
} as const;

/** The page behind the link of a warning. */
export const renewalPage = signedLinkPage(texts, 'huismeester vm renew');
