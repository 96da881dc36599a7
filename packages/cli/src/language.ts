import { Language as LanguageSchema } from '@huismeester/contracts';
import { Option } from 'commander';
import type { Static } from 'typebox';

export type Language = Static<typeof LanguageSchema>;

/** `--lang`, for texts that people read. */
export function languageOption(): Option {
  return new Option('--lang <language>', 'in Dutch or in English; as LANG says if left out').choices(
    LanguageSchema.enum,
  );
}

/** What `--lang` says, else what the person's environment says (POSIX: LC_ALL goes before LANG), else English. */
export function languageOf(
  said: Language | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return said ?? (/^nl(?![a-z])/i.test(locale) ? 'nl' : 'en');
}
