/** The public key that somebody used last in this browser; a browser may refuse to keep anything. */
const nameOf = (person: string): string => `huismeester.ssh-key.${person}`;

export function recallKey(person: string): string | undefined {
  try {
    return localStorage.getItem(nameOf(person)) ?? undefined;
  } catch {
    return undefined;
  }
}

export function rememberKey(person: string, key: string): void {
  try {
    localStorage.setItem(nameOf(person), key);
  } catch {
    // Then it is asked for again.
  }
}
