/** What an action returned, or what it threw. */
export const attempt = <Value>(action: () => Value): {readonly value?: Value; readonly error?: unknown} => {
	try {
		return {value: action()};
	} catch (error) {
		return {error};
	}
};
