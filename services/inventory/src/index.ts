export { createInventory as create } from './service.ts';
