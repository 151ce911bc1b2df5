import type {Store} from '../update/store.js';
import type {ScreenOptions} from './screen-options.js';

/**
Saves changed preferences, in order and one at a time, and shows the result as a notice.

@returns A function that stops saving and resolves when all pending changes are written.
*/
export const saveChanges = (store: Store, save: ScreenOptions['save']): (() => Promise<void>) => {
	let saved: Promise<void> = Promise.resolve();
	let seen = store.getState().saving;
	const saveNext = async (before: Promise<void>, changes: typeof seen.changes): Promise<void> => {
		await before;
		const sentence = await save?.(changes);
		if (sentence !== undefined) {
			store.dispatch([{type: 'notice', notice: sentence}]);
		}
	};

	const unsubscribe = store.subscribe(() => {
		const {saving} = store.getState();
		if (saving.number !== seen.number && save !== undefined) {
			saved = saveNext(saved, saving.changes);
		}

		seen = saving;
	});

	return async () => {
		unsubscribe();
		await saved;
	};
};
