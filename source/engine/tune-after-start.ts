import v8 from 'node:v8';
import {collectGarbage} from './collect-garbage.js';

/**
Milliseconds after which the start counts as over. V8 compares flags before it uses compiled code. Changing flags earlier would make Node.js compile its own
modules again, and make the code kept by `code/run-bundle.ts` useless.
*/
const startDuration = 4000;

/** Milliseconds until the second collection: V8 drops code only after it has not run between several collections, and a start runs much code only once. */
const secondCollection = 12_000;

/** Milliseconds between two releases of memory afterwards. Each takes some 15 ms; without them, what little garbage each sample makes would grow the heap for hours. */
const releaseInterval = 120_000;

/** Limits V8's use of memory and its compilers to what a view needs that samples now and then. */
export const limitV8 = (): void => {
	// V8 takes surviving objects as a sign of much allocation and gives the young generation up to 14 MB, which is never needed here. Without this, `serve` has
	// 3 % more memory, with OTLP 6 %, and the live view 2 %.
	v8.setFlagsFromString('--semi-space-growth-factor=1');
	// With one sample per second, an optimizing compiler hardly pays off: with 1,000 sockets, these two take 7 % off the CPU time of the live view in its first two
	// minutes. Loops over 100,000 sockets reach these counts in their first samples.
	v8.setFlagsFromString('--invocation-count-for-maglev=1500');
	v8.setFlagsFromString('--invocation-count-for-turbofan=100000');
};

/** Gives back memory that is not in use. Without koffi, only garbage is collected. */
const releaseAll = async (): Promise<void> => {
	collectGarbage();
	try {
		const [{releaseMemory}, {releaseProgramPages}] = await Promise.all([import('../system/release-memory.js'), import('../system/release-program-pages.js')]);
		releaseMemory();
		releaseProgramPages();
	} catch {}
};

/**
Limits V8 and gives back the memory of the start, when the start is over, and then what is not in use, at regular intervals. Does not keep the process alive.

@param whenQuiet Runs such work when the user is not waiting for anything.
*/
export const tuneAfterStart = (whenQuiet: (work: () => void) => void = work => {
	work();
}): void => {
	const release = (): void => {
		whenQuiet(() => {
			void releaseAll();
		});
	};

	setTimeout(() => {
		limitV8();
		release();
	}, startDuration).unref();
	setTimeout(release, secondCollection).unref();
	setInterval(release, releaseInterval).unref();
};
