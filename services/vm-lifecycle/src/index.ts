export { createVmLifecycle as create } from './service.ts';
