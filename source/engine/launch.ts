/** Starts the engine's thread. */
import {runBundle} from '../code/run-bundle.js';

await runBundle(new URL('worker.js', import.meta.url));
