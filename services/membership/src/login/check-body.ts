import { Problem } from '@huismeester/service';

const longestLogin = 256;
const longestPassword = 1_024;

/**
 * Throws a Problem (400) for a login or a password that no directory has. What was given is not repeated: it may be the password of somebody
 * who took one field for the other.
 */
export function checkBody({ login, password }: { login: string; password: string }): void {
  const errors = [
    ...length('body.login', login.trim(), longestLogin),
    ...length('body.password', password, longestPassword),
  ];
  if (errors.length > 0)
    throw new Problem(400, 'invalid-request', 'The request is not as it should be', { errors });
}

function length(field: string, text: string, most: number) {
  if (text.length > 0 && text.length <= most) return [];
  const found = text.length === 0 ? 'nothing' : `${text.length} characters`;
  return [{ field, found, allowed: `1 to ${most} characters` }];
}
