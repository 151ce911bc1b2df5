import v8 from 'node:v8';
import {collectGarbage} from './collect-garbage.js';

/**
Milliseconds after which a start is over. V8 compares flags before it takes compiled code: until then they are as they were, or Node.js would have to compile
its own modules, and what `code/run-bundle.ts` keeps would be of no use.
*/
const settling = 4000;

/** Milliseconds after which it is collected once more: V8 lets go of code only when it has not run between some collections, and a start runs much code once. */
const settled = 12_000;

/** Holds V8 back from what a view that samples now and then does not need. */
export const holdBack = (): void => {
	// V8 takes what survives for a sign of much work to come and gives its nursery 14 MB, which nothing here ever needs.
	v8.setFlagsFromString('--semi-space-growth-factor=1');
	// A tick a second is little work for a compiler to earn its own back: with 1,000 sockets the best code took 9 ms a second in the first minute, and saved
	// less than 1. Loops over 100,000 sockets reach these numbers in their first samples.
	v8.setFlagsFromString('--invocation-count-for-maglev=1500');
	v8.setFlagsFromString('--invocation-count-for-turbofan=100000');
};

/**
When the start is over, holds V8 back and collects what it has left behind. Keeps no program from ending.

@param whenQuiet Does such work when nobody waits for anything.
*/
export const settleLater = (whenQuiet: (work: () => void) => void = work => {
	work();
}): void => {
	setTimeout(() => {
		holdBack();
		whenQuiet(collectGarbage);
	}, settling).unref();
	setTimeout(() => {
		whenQuiet(collectGarbage);
	}, settled).unref();
};
