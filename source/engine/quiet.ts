/** Milliseconds after the last request from which on the user is not waiting for anything. */
const quietAfter = 1000;

export type Quiet = {
	/** Records that the user has just requested something. */
	readonly disturb: () => void;
	/** Runs work that cannot yield, such as collecting garbage, when the user is not waiting: now or later. */
	readonly when: (work: () => void) => void;
};

export type QuietOptions = {
	/** Milliseconds of a monotonic clock. Replaced in tests, like `later`. */
	readonly now?: () => number;
	/** Calls `callback` after some milliseconds, without keeping the process alive. */
	readonly later?: (callback: () => void, milliseconds: number) => void;
};

export const createQuiet = ({now = () => performance.now(), later = unreferencedTimer}: QuietOptions = {}): Quiet => {
	let disturbedAt = -Infinity;
	const when = (work: () => void): void => {
		const left = disturbedAt + quietAfter - now();
		if (left <= 0) {
			work();
		} else {
			later(() => {
				when(work);
			}, left);
		}
	};

	return {
		disturb() {
			disturbedAt = now();
		},
		when,
	};
};

const unreferencedTimer = (callback: () => void, milliseconds: number): void => {
	setTimeout(callback, milliseconds).unref();
};
