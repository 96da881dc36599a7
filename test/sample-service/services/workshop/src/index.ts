export { createWorkshop as create } from './service.ts';
