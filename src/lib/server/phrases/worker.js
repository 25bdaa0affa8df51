/** Begins the thread that groups questions, from TypeScript as it stands beside it. */
import { register } from 'tsx/esm/api';

register({ tsconfig: false });
await import(new URL('./grouping.ts', import.meta.url).href);
