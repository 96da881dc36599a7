export { createMembership as create } from './service.ts';
