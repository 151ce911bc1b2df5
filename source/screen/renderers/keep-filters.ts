import type {Store} from '../update/store.js';
import type {ScreenOptions} from './screen-options.js';

/**
Keeps each filter that the person has entered, one after the other. Where that cannot be, filters are recalled until the end of the program only.

@returns Stops; resolves when all are kept.
*/
export const keepFilters = (store: Store, keep: ScreenOptions['keepFilter']): (() => Promise<void>) => {
	let kept: Promise<void> = Promise.resolve();
	let seen = store.getState().filterHistory;
	const keepAfter = async (before: Promise<void>, filter: string): Promise<void> => {
		await before;
		try {
			await keep?.(filter);
		} catch {}
	};

	const unsubscribe = store.subscribe(() => {
		const {filterHistory} = store.getState();
		const newest = filterHistory.at(-1);
		if (filterHistory !== seen && newest !== undefined) {
			kept = keepAfter(kept, newest);
		}

		seen = filterHistory;
	});

	return async () => {
		unsubscribe();
		await kept;
	};
};
