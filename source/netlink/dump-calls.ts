/**
The system calls of a dump: in this thread, or in another one while the kernel walks its tables for long. It walks inside `send` and `recv` until an answer is full
or the tables end. If few sockets match, one call walks all tables, which takes 50 ms with 100,000 sockets, and half a second with a million.
*/
import type {WaitingParts} from '../parts/parts.js';

/** Milliseconds from which on a dump, or a call, is a long one. Calls of dumps that take less are not worth another thread. */
const longDump = 8;
const longCall = 2;

/** How many dumps after a long one may be as long: those of some samples. */
const dumpsAfterLong = 32;

export type DumpCalls = {
	/**
	Makes one call of a dump.

	@param makeSync Makes it in this thread.
	@param makeAsync Makes it in another one.
	*/
	readonly call: <Result>(makeSync: () => Result, makeAsync: () => Promise<Result>) => WaitingParts<Result>;
	/** To be called after the last call of a dump. */
	readonly endDump: () => void;
};

export const createDumpCalls = (now = () => performance.now()): DumpCalls => {
	/** How many more dumps may be long. */
	let expected = 0;
	/** How long the calls of this dump took, and the last of them; `Infinity` if there is none yet. */
	let total = 0;
	let last = Infinity;

	const took = (milliseconds: number): void => {
		total += milliseconds;
		last = milliseconds;
	};

	return {
		* call(makeSync, makeAsync) {
			const started = now();
			if (expected === 0 || last < longCall) {
				const result = makeSync();
				took(now() - started);
				return result;
			}

			const results: Array<PromiseSettledResult<Awaited<ReturnType<typeof makeAsync>>>> = [];
			const settle = async (): Promise<number> => {
				results.push(...await Promise.allSettled([makeAsync()]));
				took(now() - started);
				return last;
			};

			yield settle();
			const [result] = results;
			if (result.status === 'rejected') {
				throw result.reason as Error;
			}

			return result.value;
		},
		endDump() {
			expected = total >= longDump ? dumpsAfterLong : Math.max(0, expected - 1);
			total = 0;
			last = Infinity;
		},
	};
};
