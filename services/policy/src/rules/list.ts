/** Every rule, by its name: a new one is its folder and a line here. */
export { rule as access } from './access/index.ts';
export { rule as admission } from './admission/index.ts';
export { rule as board } from './board/index.ts';
export { rule as core } from './core/index.ts';
export { rule as 'keep-running' } from './keep-running/index.ts';
export { rule as lease } from './lease/index.ts';
export { rule as notices } from './notices/index.ts';
export { rule as ownership } from './ownership/index.ts';
export { rule as 'policy-text' } from './policy-text/index.ts';
export { rule as power } from './power/index.ts';
export { rule as projects } from './projects/index.ts';
export { rule as report } from './report/index.ts';
export { rule as team } from './team/index.ts';
export { rule as things } from './things/index.ts';
export { rule as wiki } from './wiki/index.ts';
