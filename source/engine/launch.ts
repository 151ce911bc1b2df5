/** Starts the engine's thread. Each thread must say for itself that it keeps compiled code, before it loads any. */
import module from 'node:module';

module.enableCompileCache?.();
// A path that the bundler does not follow: the worker's bundle stands beside this file.
const bundle = './worker.js';
await import(bundle);
