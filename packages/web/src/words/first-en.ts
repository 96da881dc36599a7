// What the first view needs in one language, as one file: each request of a phone costs a round trip.
import now from '../pages/now/words-en.ts';
import common from './en.ts';
import { addFirst } from './first.ts';

addFirst('en', { common, now });
