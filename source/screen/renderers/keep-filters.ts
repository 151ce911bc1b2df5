import type {Store} from '../update/store.js';
import type {ScreenOptions} from './screen-options.js';

/**
Saves each filter that the user enters, one after the other. If that fails, filters can be recalled only until conntop exits.

@returns A function that stops this; resolves when all filters are saved.
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
