export * from '../facts/ups.ts';
