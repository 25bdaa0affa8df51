export * from '../address.ts';
