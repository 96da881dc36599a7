import { root, userOf } from './acl.ts';
import type { ProxmoxState, TokenState, UserState } from './state.ts';

/** Root, those of the state, and who has a token. */
export function usersOf(state: ProxmoxState): UserState[] {
  const known = new Map((state.users ?? []).map((user) => [user.id, user]));
  const ids = new Set([root, ...known.keys(), ...state.tokens.map(({ id }) => userOf(id))]);
  return [...ids].toSorted((a, b) => a.localeCompare(b)).map((id) => known.get(id) ?? { id });
}

/** Whether an account may log in at this moment: neither it nor, of a token, its user is disabled or expired. */
export function isAwake(state: ProxmoxState, token: TokenState, nowMs: number): boolean {
  const user = usersOf(state).find(({ id }) => id === userOf(token.id));
  const over = ({ expire = 0 }: { expire?: number }) => expire !== 0 && expire * 1000 < nowMs;
  return user?.enable !== false && !over(user ?? {}) && !over(token);
}
