import { signedLinkPage } from '@huismeester/service';

const texts = {
  nl: {
    title: 'Verslag doorgestuurd',
    ask: 'Heb je dit verslag doorgestuurd aan de rest van het bestuur? Klik dan op de knop.',
    button: 'Ja, ik heb het doorgestuurd',
    forwarded: 'Genoteerd. Dank je wel!',
    already: 'Dit was al genoteerd. Je hoeft niets meer te doen.',
    'not-board': 'Alleen wie in het bestuur zit kan dit laten weten. Er is niets veranderd.',
    missing: 'Dit verslag is er niet. Er is niets veranderd.',
    invalid: 'Deze link klopt niet. Kopieer hem nog eens helemaal uit de mail.',
    failed: 'Het lukte nu niet. Probeer het straks nog eens.',
  },
  en: {
    title: 'Report passed on',
    ask: 'Did you pass this report on to the rest of the board? Then press the button.',
    button: 'Yes, I passed it on',
    forwarded: 'Noted. Thank you!',
    already: 'This was noted already. There is nothing you need to do.',
    'not-board': 'Only a member of the board can say this. Nothing was changed.',
    missing: 'There is no such report. Nothing was changed.',
    invalid: 'This link is not complete. Copy all of it from the mail.',
    failed: 'That did not work just now. Try again in a while.',
  },
} as const;

/** The page behind the link in the mail with a report. */
export const forwardingPage = signedLinkPage(texts, 'huismeester report forwarded');
