export { createPolicy } from './service.ts';
