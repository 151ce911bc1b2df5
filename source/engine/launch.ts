/** Starts the engine's thread. */
import path from 'node:path';
import {runBundle} from '../code/run-bundle.js';

void runBundle(path.join(import.meta.dirname, 'worker.js'));
