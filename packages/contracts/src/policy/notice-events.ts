import { Type } from 'typebox';
import { event } from '../define.ts';
import { PersonId } from '../words.ts';

/** What a notice was about, and to whom, by ids alone. */
const noticed = {
  notice: Type.String({ format: 'uuid' }),
  kind: Type.String({ examples: ['lease-warning'] }),
  about: Type.String({ description: 'What it is about', examples: ['vm/104'] }),
  moment: Type.String({ description: 'What tells it from another about the same, such as a planned stop' }),
  person: PersonId,
};

/** What became of notices to people; subject `notice/<id>`. Neither name nor address is in them. */
export const noticeEvents = {
  'notice.sent': event('The mail server took a notice to somebody', Type.Object(noticed)),
  'notice.failed': event(
    'A notice to somebody is not tried any more',
    Type.Object({
      ...noticed,
      because: Type.Enum(['refused', 'no-address', 'gave-up'] as const, {
        description:
          '`refused`: the mail server refused this person for good; `no-address`: the directory, read whole, has no address that can be used; `gave-up`: refused for now, for a day',
        examples: ['refused'],
      }),
      code: Type.Optional(Type.Integer({ description: 'What the mail server answered', examples: [550] })),
    }),
  ),
};
