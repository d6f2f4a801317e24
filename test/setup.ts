/** What vitest does once before all tests. */
export { build as setup } from './helpers/build.js';
