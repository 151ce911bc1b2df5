import {koffi} from './koffi.js';

type Trim = (pad: number) => number;

/** The malloc_trim(3) function of glibc. Other C libraries return memory on their own. */
const trim = ((): Trim | undefined => {
	try {
		return koffi.load(null).func('int malloc_trim(size_t pad)') as Trim;
	} catch {
		return undefined;
	}
})();

/**
Returns freed memory of all threads to the system. V8 compiles in threads of its own, and glibc keeps the freed memory of each thread: 12 MB after a start.
*/
export const releaseMemory = (): void => {
	trim?.(0);
};
