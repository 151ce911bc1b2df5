import test from 'ava';
import {createOwnerSets} from '../../../source/owners/owner-sets.js';
import {createDictionary} from '../../../source/recording/frames/dictionary.js';
import {createTestContext} from '../../helpers/context.js';

test('an owner list gets a text again when its number has been given to another list, or after a reset', t => {
	const owners = createOwnerSets();
	const context = {...createTestContext(), owners};
	const dictionary = createDictionary();
	const numberOf = (set: number): number => dictionary.numberOf(context, 'owners', set);
	const first = owners.intern([{pid: 1, name: 'a', fd: 1}]);
	for (let fd = 0; fd < 5000; fd++) {
		owners.intern([{pid: 2, name: 'b', fd}]);
	}

	t.is(numberOf(first), 1);
	t.is(numberOf(first), 1);
	t.deepEqual(dictionary.takeNew(), ['1 - 1 a']);
	owners.tidy(() => []);
	let other = owners.intern([{pid: 3, name: 'c', fd: 0}]);
	for (let fd = 1; other !== first; fd++) {
		other = owners.intern([{pid: 3, name: 'c', fd}]);
	}

	t.is(numberOf(other), 2);
	const [text] = dictionary.takeNew();
	t.regex(text, /^3 - \d+ c$/v);
	dictionary.reset();
	t.is(numberOf(other), 1);
	t.deepEqual(dictionary.takeNew(), [text]);
});
