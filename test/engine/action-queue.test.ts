import {setImmediate as turn} from 'node:timers/promises';
import test from 'ava';
import type {Acting} from '../../source/acting/act.js';
import {createActionQueue} from '../../source/engine/action-queue.js';
import type {FromEngine} from '../../source/contract/messages.js';
import type {Sampler} from '../../source/sampling/sampler.js';

test('actions wait for the end of the current sample, and a sample follows', async t => {
	const done: string[] = [];
	const posted: FromEngine[] = [];
	let isSampling = true;
	const acting: Acting = {
		lock: (number, ids) => ({
			number, sockets: [], processes: [], gone: ids.length, isShared: false,
		}),
		act({action, number}) {
			done.push(`${action} ${number}`);
			return {number, outcomes: []};
		},
	};
	let loads = 0;
	const queue = createActionQueue({
		sampler: {} as unknown as Sampler,
		post(message) {
			posted.push(message);
		},
		socketsIn: ids => ids,
		isSampling: () => isSampling,
		onActed() {
			done.push('sample');
		},
		async load() {
			loads++;
			return acting;
		},
	});
	queue.resume();
	await turn();
	t.is(loads, 0, 'nothing is loaded before the first action');

	queue.lock(1, [5]);
	queue.act({action: 'close', number: 1});
	await turn();
	t.deepEqual(done, []);
	isSampling = false;
	queue.resume();
	await turn();
	t.deepEqual(done, ['close 1', 'sample']);
	t.deepEqual(posted.map(({type}) => type), ['targets', 'acted']);

	queue.act({action: 'close', number: 2});
	await turn();
	t.deepEqual(done.slice(2), ['close 2', 'sample']);
	t.is(loads, 1);
});
