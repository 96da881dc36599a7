export { type Built, buildPage, NotBuilt } from './build-page.ts';
export { type Asked, assets, cacheControl, securityHeaders } from './headers.ts';
export { isOfPage, reserved } from './paths.ts';
