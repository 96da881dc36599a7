/**
 * What every command of the team locks before all else: who decides about the team does so one after the other. So several aggregates may be
 * changed in one transaction, and their locks are never in the way of another's.
 */
export const teamScope = 'team';
