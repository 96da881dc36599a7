export { createUpsMonitor } from './service.ts';
