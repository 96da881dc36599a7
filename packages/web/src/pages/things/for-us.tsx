import { may } from '../../app/session.ts';
import { Forbidden } from '../../parts/fetched.tsx';
import { common } from '../../words/common.ts';
import { words } from './words.ts';

/** Whether whoever looks may change what is in the register. */
export function isForUs(): boolean {
  return may('infrateam', 'administrator');
}

/** Stands in the place of a form for whoever may not. */
export function NotForYou() {
  return <Forbidden why={common.value.failure.forbiddenWhy(words.value.forUs)} />;
}
