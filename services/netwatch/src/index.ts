export { createNetwatch as create } from './service.ts';
