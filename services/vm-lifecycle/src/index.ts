export { createVmLifecycle } from './service.ts';
