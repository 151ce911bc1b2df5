import test from 'ava';
import {createFlow} from '../../source/engine/flow.js';
import type {FromEngine, View} from '../../source/contract/messages.js';

// eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- nothing looks into the views.
const view = (sequence: number): FromEngine => ({type: 'view', view: {sequence} as View});

test('a screen that stands gets no more than two views, and the newest when it goes on', t => {
	const sent: FromEngine[] = [];
	const {post, taken} = createFlow(message => {
		sent.push(message);
	});
	for (let sequence = 1; sequence <= 100; sequence++) {
		post(view(sequence));
	}

	t.deepEqual(sent, [view(1), view(2)]);
	taken();
	t.deepEqual(sent, [view(1), view(2), view(100)]);
	taken();
	taken();
	t.is(sent.length, 3);
	post(view(101));
	post(view(102));
	post(view(103));
	t.deepEqual(sent.slice(3), [view(101), view(102)]);
});

test('a screen that takes its views gets each, and a failure never waits', t => {
	const sent: FromEngine[] = [];
	const {post, taken} = createFlow(message => {
		sent.push(message);
	});
	for (let sequence = 1; sequence <= 10; sequence++) {
		post(view(sequence));
		taken();
	}

	t.is(sent.length, 10);
	post(view(11));
	post(view(12));
	post(view(13));
	post({type: 'failed', message: 'gone'});
	t.deepEqual(sent.slice(10), [view(11), view(12), {type: 'failed', message: 'gone'}]);
});
