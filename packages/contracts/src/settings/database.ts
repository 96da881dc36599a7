import { Type } from 'typebox';
import { closedObject, secret } from './values.ts';

export const Database = Type.Union([
  closedObject({
    // It may have a password in it.
    url: secret({
      pattern: '^(postgres(ql)?)://',
      description: 'a PostgreSQL, such as postgres://user@host/huismeester',
    }),
  }),
  closedObject({
    embedded: closedObject({ dir: Type.String({ minLength: 1 }) }),
    acceptPowerLossRisk: Type.Boolean({
      default: false,
      description: 'the embedded database never calls fsync: a power cut can lose or break it',
    }),
  }),
]);
