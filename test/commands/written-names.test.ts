import test from 'ava';
import type {Field} from '../../source/fields/model/field.js';
import {findField} from '../../source/fields/registry.js';
import {createWrittenNames, writtenValue} from '../../source/commands/written-names.js';
import {createReverseNames} from '../../source/names/reverse-names.js';
import {createTestContext} from '../helpers/context.js';

const fieldsOf = (...ids: readonly string[]): readonly Field[] => ids.map(id => findField(id)).filter((field): field is Field => field !== undefined);

test('names are requested together, waited for, and replace numbers if they arrived', async t => {
	const answer = Promise.withResolvers<readonly string[]>();
	const requested: string[] = [];
	const hosts = createReverseNames({
		known: address => address === '10.0.0.1' ? 'here' : undefined,
		async reverse(address) {
			requested.push(address);
			if (address === '192.0.2.2') {
				throw new Error('ENOTFOUND');
			}

			return answer.promise;
		},
	});
	const {names, ask, whenIdle} = createWrittenNames(hosts, port => port === 443 ? 'https' : undefined, {hosts: true, services: true});
	const context = createTestContext();
	const slots = ['192.0.2.1', '192.0.2.2'].map(peer => context.add({local: ['10.0.0.1', 443], peer: [peer, 50_000], core: {bytesSent: 4096}}));
	const [local, peer, sent] = fieldsOf('local', 'peer', 'bytesSent');
	const peers = (): readonly string[] => slots.map(slot => writtenValue(peer, context, slot, {exact: false, names}));
	ask([local, peer], context, slots);
	t.deepEqual(peers(), ['192.0.2.1:50000', '192.0.2.2:50000'], 'no name has arrived yet');
	const all = whenIdle();
	answer.resolve(['client.example']);
	await all;
	t.deepEqual(requested, ['192.0.2.1', '192.0.2.2']);
	t.deepEqual(peers(), ['client.example:50000', '192.0.2.2:50000']);
	t.is(writtenValue(local, context, slots[0], {exact: false, names}), 'here:https');
	t.is(writtenValue(local, context, slots[0], {exact: false, names: undefined}), '10.0.0.1:443');
	t.deepEqual([false, true].map(exact => writtenValue(sent, context, slots[0], {exact, names})), ['4.0K', '4096']);
});

test('requests that were not answered before the next lines are dropped', async t => {
	const requested: string[] = [];
	const hosts = createReverseNames({
		known: () => undefined,
		async reverse(address) {
			requested.push(address);
			return [];
		},
	});
	const {ask, whenIdle} = createWrittenNames(hosts, () => undefined, {hosts: true, services: false});
	const context = createTestContext();
	const slots = ['192.0.2.1', '192.0.2.2'].map(peer => context.add({local: ['0.0.0.0', 443], peer: [peer, 50_000]}));
	const fields = fieldsOf('peer');
	ask(fields, context, [slots[0]]);
	ask(fields, context, [slots[1]]);
	await whenIdle();
	t.deepEqual(requested, ['192.0.2.2']);
});
