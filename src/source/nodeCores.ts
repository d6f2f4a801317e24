import { availableParallelism } from 'node:os';

/** Threads that this process can run at the same time. */
export const coreCount = availableParallelism;
