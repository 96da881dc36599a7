export { createPolicy as create } from './service.ts';
