import type {Store} from '../update/store.js';
import type {ScreenOptions} from './screen-options.js';

/**
Writes what the person changes, one change after the other so that nothing overtakes, and tells what came of it.

@returns Stops; resolves when all is written that was asked for.
*/
export const saveChanges = (store: Store, save: ScreenOptions['save']): (() => Promise<void>) => {
	let saved: Promise<void> = Promise.resolve();
	let seen = store.getState().saving;
	const tellSaved = async (before: Promise<void>, changes: typeof seen.changes): Promise<void> => {
		await before;
		const sentence = await save?.(changes);
		if (sentence !== undefined) {
			store.dispatch([{type: 'notice', notice: sentence}]);
		}
	};

	const unsubscribe = store.subscribe(() => {
		const {saving} = store.getState();
		if (saving.number !== seen.number && save !== undefined) {
			saved = tellSaved(saved, saving.changes);
		}

		seen = saving;
	});

	return async () => {
		unsubscribe();
		await saved;
	};
};
