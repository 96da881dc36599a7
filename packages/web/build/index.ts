export { buildPage } from './build-page.ts';
export { copyPage } from './copy-page.ts';
export { assets, cacheControl, securityHeaders } from './headers.ts';
export { type OpenedPage, openPage } from './open-page.ts';
export { reserved } from './paths.ts';
