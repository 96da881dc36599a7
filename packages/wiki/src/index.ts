export { isUsableBotPassword } from './bot-password.ts';
export type { NewPage } from './create.ts';
export type { Bot } from './login.ts';
export { type AroundWiki, wikiOf } from './settings.ts';
export type {
  AdminGroup,
  Admins,
  BotCheck,
  Made,
  NoPage,
  NotAPage,
  PageRevision,
  PageState,
  PageText,
  Unknown,
  WikiAdmin,
  WikiSite,
} from './state.ts';
export { pageTitleOf, type TitleRead } from './title.ts';
export { WikiSettingsError } from './trouble.ts';
export { createWiki, type Wiki, type WikiOptions } from './wiki.ts';
