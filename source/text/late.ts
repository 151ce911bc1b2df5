/** Creates a function that returns a value, which is created at the first call: not at each start, where most tables and patterns are not needed. */
export const createLate = <T>(create: () => T): (() => T) => {
	let created: {readonly value: T} | undefined;
	return () => {
		created ??= {value: create()};
		return created.value;
	};
};
