import { Type } from 'typebox';
import { closed, Url } from './values.ts';

export const Database = Type.Union([
  Type.Object(
    { url: Url('postgres(ql)?', 'a PostgreSQL, such as postgres://user@host/huismeester') },
    closed,
  ),
  Type.Object(
    {
      embedded: Type.Object({ dir: Type.String({ minLength: 1 }) }, closed),
      acceptPowerLossRisk: Type.Boolean({
        default: false,
        description: 'the embedded database never calls fsync: a power cut can lose or break it',
      }),
    },
    closed,
  ),
]);
