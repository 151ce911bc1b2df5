import {setImmediate} from 'node:timers/promises';
import test from 'ava';
import {createHostNames} from '../../source/names/hosts.js';
import {lookUpHosts} from '../../source/engine/lookups.js';
import {parseFilter} from '../../source/query/language/parse.js';

const addresses: Readonly<Record<string, readonly string[]>> = {a: ['10.0.0.1', '::1'], b: ['10.0.0.2'], none: []};

const create = () => {
	const lookups: string[] = [];
	const delayed: Array<() => void> = [];
	let answers = 0;
	const hosts = createHostNames({
		onAnswer() {
			answers++;
		},
		async resolve(name) {
			lookups.push(name);
			if (!Object.hasOwn(addresses, name)) {
				throw new Error('ENOTFOUND');
			}

			return addresses[name];
		},
		later(callback) {
			delayed[0] = callback;
		},
	});
	const endDelay = (): void => {
		delayed[0]?.();
	};

	return {
		hosts, lookups, endDelay, answers: () => answers,
	};
};

test('looks up a name once, after the typing delay', async t => {
	const {hosts, lookups, endDelay, answers} = create();
	t.is(hosts.find('a'), 'pending');
	t.is(hosts.find('b'), 'pending');
	t.deepEqual(lookups, []);
	endDelay();
	t.is(hosts.find('b'), 'pending');
	await setImmediate();
	t.deepEqual(lookups, ['b']);
	t.is(answers(), 1);
	t.deepEqual(hosts.find('b'), ['10.0.0.2']);
	t.is(hosts.known('a'), 'pending');
});

test('a name that cannot be resolved is unknown', async t => {
	const {hosts} = create();
	await hosts.ask('nosuch');
	await hosts.ask('none');
	t.is(hosts.find('nosuch'), 'unknown');
	t.is(hosts.find('none'), 'unknown');
});

test('looks up all hosts of a filter in advance', async t => {
	const {hosts, lookups} = create();
	const filter = 'dst a or src b:80';
	const parsed = parseFilter(filter, await lookUpHosts(filter, hosts));
	t.deepEqual(lookups, ['a', 'b']);
	t.deepEqual(parsed, parseFilter('dst 10.0.0.1 or dst ::1 or src 10.0.0.2:80'));
});
