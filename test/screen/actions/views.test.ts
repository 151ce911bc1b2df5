import test from 'ava';
import {builtInViews, plainView} from '../../../source/preferences/saved-view.js';
import {deleteView} from '../../../source/screen/actions/views.js';
import {drive} from '../drive.js';

test('after deleting the last view of the menu, the previous one is selected', t => {
	const savedViews = new Map([...builtInViews, ['mine', plainView]]);
	const state = deleteView({...drive().press('v').state(), savedViews, menuIndex: savedViews.size - 1});
	t.false(state.savedViews.has('mine'));
	t.is(state.menuIndex, builtInViews.size - 1);
	t.deepEqual(state.saving.changes, [{kind: 'view', name: 'mine', view: undefined}]);
});
