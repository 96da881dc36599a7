export { wikiOf } from './settings.ts';
export type { PageState, WikiAdmin } from './state.ts';
export { pageTitleOf } from './title.ts';
export { WikiSettingsError } from './trouble.ts';
export { createWiki, type Wiki, type WikiOptions } from './wiki.ts';
