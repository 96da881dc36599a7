import type { Page } from '@huismeester/testkit/browser';
import { password as right } from './people.ts';

/** Fills in the form of a page or a dialog, and sends it; what becomes of it is for whoever asks to see. */
export async function fillLogIn(
  part: Pick<Page, 'getByLabel' | 'getByRole'>,
  login: string,
  password = right,
): Promise<void> {
  await part.getByLabel('Naam of mailadres').fill(login);
  await part.getByLabel('Wachtwoord').fill(password);
  await part.getByRole('button', { name: 'Log in' }).click();
}
