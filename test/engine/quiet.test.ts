import test from 'ava';
import {createQuiet} from '../../source/engine/quiet.js';

test('work waits until no key was pressed for a second', t => {
	let time = 0;
	const waiting: Array<{readonly callback: () => void; readonly at: number}> = [];
	const pass = (milliseconds: number): void => {
		time += milliseconds;
		for (const {callback} of waiting.splice(0, waiting.filter(({at}) => at <= time).length)) {
			callback();
		}
	};

	const quiet = createQuiet({
		now: () => time,
		later(callback, milliseconds) {
			waiting.push({callback, at: time + milliseconds});
		},
	});
	const done: string[] = [];
	quiet.when(() => {
		done.push('at once');
	});
	t.deepEqual(done, ['at once']);
	quiet.disturb();
	quiet.when(() => {
		done.push('later');
	});
	pass(900);
	quiet.disturb();
	pass(900);
	t.deepEqual(done, ['at once'], 'a key was pressed in between');
	pass(100);
	t.deepEqual(done, ['at once', 'later']);
});
