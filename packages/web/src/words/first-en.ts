// What the first view needs in one language, as one file: each request of a phone costs a round trip.
export { default as now } from '../pages/now/words-en.ts';
export { default as common } from './en.ts';
