import { Type } from 'typebox';
import { section } from '../define.ts';

/** The web page. */
export const WebSettings = section({
  publicNow: Type.Boolean({
    default: false,
    description:
      'whether anybody may see how the space is without logging in, as far as the public summary on MQTT goes',
  }),
});
