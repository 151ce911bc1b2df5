import v8 from 'node:v8';
import {collectGarbage} from './collect-garbage.js';

/**
Milliseconds after which a start is over. V8 compares flags before it takes compiled code: until then they are as they were, or Node.js would have to compile
its own modules, for the engine's thread all of them, and what `code/run-bundle.ts` keeps would be of no use.
*/
const settling = 4000;

/** Holds V8 back when the start is over, in all threads, and collects what it has left behind in this one. Keeps no program from ending. */
export const settleLater = (): void => {
	setTimeout(() => {
		// V8 takes what survives for a sign of much work to come and gives its nursery 14 MB, which nothing here ever needs.
		v8.setFlagsFromString('--semi-space-growth-factor=1');
		// A tick a second is little work for a compiler to earn its own back: with 1,000 sockets the best code took 9 ms a second in the first minute, and saved
		// less than 1. Loops over 100,000 sockets reach these numbers in their first samples.
		v8.setFlagsFromString('--invocation-count-for-maglev=1500');
		v8.setFlagsFromString('--invocation-count-for-turbofan=100000');
		collectGarbage();
	}, settling).unref();
};
