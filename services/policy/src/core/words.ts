export * from '../rules/power/plan.ts';
