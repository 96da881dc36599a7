import { expect, it } from 'vitest';
import { languageOf } from './language.ts';

it.each([
  [{ LANG: 'nl_NL.UTF-8' }, 'nl'],
  [{ LANG: 'nl' }, 'nl'],
  [{ LANG: 'en_US.UTF-8', LC_ALL: 'nl_BE' }, 'nl'],
  [{ LANG: 'nl_NL.UTF-8', LC_ALL: 'C' }, 'en'],
  [{ LANG: 'nl_NL.UTF-8', LC_ALL: '' }, 'nl'],
  [{ LANG: 'nld-x' }, 'en'],
  [{}, 'en'],
])('of %j is %s', (env, language) => {
  expect(languageOf(undefined, env)).toBe(language);
});

it('is what is asked for, whatever the environment says', () => {
  expect(languageOf('en', { LANG: 'nl_NL.UTF-8' })).toBe('en');
});
