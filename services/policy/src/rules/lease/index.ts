export { lease as rule } from './rule.ts';
