export { createUpsMonitor as create } from './service.ts';
