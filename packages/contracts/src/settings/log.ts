import { durationOr } from './duration.ts';
import { section } from './values.ts';

export const Log = section({
  retention: durationOr(
    '9600h',
    'how long events stay in the logs, 24h to 87600h; decisions, and who armed or held what, stay for good',
  ),
});
