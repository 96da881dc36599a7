import type { Feature } from '../feature.ts';
import { addLeave } from './leave.ts';

/** What leaving Huismeester itself takes. */
export const leaving: Feature = { commands: [addLeave], examples: ['leave --dry-run'] };
