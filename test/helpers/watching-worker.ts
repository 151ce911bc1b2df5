/** A thread that watches a descriptor through koffi until it is stopped. */
import {parentPort} from 'node:worker_threads';
import {openSocket, watchReadable} from '../../source/system/system-calls.js';

const [netlinkFamily, rawType, sockDiag] = [16, 3, 4];
watchReadable(openSocket(netlinkFamily, rawType, sockDiag), () => undefined).start();
parentPort?.postMessage('watching');
