/** Filters that are kept, and the longest of them in UTF-16 units. */
const maxFilters = 200;
const maxFilterLength = 1000;

/** A list of filters with one more as the newest: each is there once, and no more than are kept. Blank and overlong ones are left out. */
export const addFilter = (filters: readonly string[], filter: string): readonly string[] => {
	const text = filter.trim();
	return text === '' || text.length > maxFilterLength || /\p{Control}/v.test(text) ? filters : [...filters.filter(each => each !== text), text].slice(-maxFilters);
};
