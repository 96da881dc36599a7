export type { Page } from 'playwright-core';
export { axe } from './axe.ts';
export { sharedBrowser, startBrowser, type TestBrowser } from './browser.ts';
export { sidewaysScroll, smallTouchTargets } from './layout.ts';
export { screenshot } from './screenshot.ts';
export { type Size, sizes } from './sizes.ts';
export { accessibilityTree } from './tree.ts';
export { type Visit, type VisitOptions, VisitProblemsError } from './visit.ts';
