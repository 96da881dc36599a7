// What the first view needs in one language, as one file: each request of a phone costs a round trip.
import now from '../pages/now/words-nl.ts';
import { addFirst } from './first.ts';
import common from './nl.ts';

addFirst('nl', { common, now });
