/** Milliseconds without a key after which nobody waits for anything. */
const quietAfter = 1000;

export type Quiet = {
	/** A person has just asked for something. */
	readonly disturb: () => void;
	/** Does work that cannot yield, such as collecting garbage, once nobody waits for anything: now or later. */
	readonly when: (work: () => void) => void;
};

export type QuietOptions = {
	/** Milliseconds of a clock that never goes back; passed in by tests, like `later`. */
	readonly now?: () => number;
	/** Calls back after so many milliseconds, without keeping the process alive. */
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
