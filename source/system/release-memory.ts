import {koffi} from './koffi.js';

type Trim = (pad: number) => number;

/** Malloc_trim(3) of glibc; other libraries give memory back by themselves. */
const trim = ((): Trim | undefined => {
	try {
		return koffi.load(null).func('int malloc_trim(size_t pad)') as Trim;
	} catch {
		return undefined;
	}
})();

/**
Gives back to the system what all threads of the process have allocated and freed. V8 compiles in threads of its own, and the C library keeps what each of them
has used: after a start that is 12 MB.
*/
export const releaseMemory = (): void => {
	trim?.(0);
};
