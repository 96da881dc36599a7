export { power as rule } from './rule.ts';
