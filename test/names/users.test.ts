import test from 'ava';
import fc from '../helpers/property.js';
import {createUserNames, parseUsers} from '../../source/names/users.js';

const start = (first: string) => {
	const state = {
		text: first as string | undefined, version: 1, reads: 0, time: 0,
	};
	const users = createUserNames({
		file: {
			version: () => state.text === undefined ? undefined : String(state.version),
			read() {
				state.reads++;
				return state.text ?? '';
			},
		},
		now: () => state.time,
	});
	return {state, users};
};

test('looks up names by user id', t => {
	const {users, state} = start('root:x:0:0:root:/root:/bin/bash\nwww-data:x:33:33::/var/www:/bin/sh\n');
	t.is(users.name(0), 'root');
	t.is(users.name(33), 'www-data');
	t.is(users.name(1000), undefined);
	t.is(users.name(0xFF_FF_FF_FF), undefined);
	t.is(state.reads, 1);
});

test('checks the file once per second and reads it again after a change', t => {
	const {users, state} = start('root:x:0:0::/:\n');
	t.is(users.name(5), undefined);
	state.text += 'new:x:5:5::/:\n';
	state.version++;
	state.time = 999;
	t.is(users.name(5), undefined);
	state.time = 1000;
	t.is(users.name(5), 'new');
	state.time = 5000;
	t.is(users.name(5), 'new');
	t.is(state.reads, 2);
});

test('has no names after the file is removed', t => {
	const {users, state} = start('root:x:0:0::/:\n');
	t.is(users.name(0), 'root');
	state.text = undefined;
	state.time = 1000;
	t.is(users.name(0), undefined);
	const unreadable = createUserNames({
		file: {
			version: () => '1',
			read() {
				throw new Error('EACCES');
			},
		},
		now: () => 0,
	});
	t.is(unreadable.name(0), undefined);
});

test('takes the first name of an id and skips invalid lines', t => {
	t.deepEqual(parseUsers('toor:x:0:\nroot:x:0:0\n\n# comment\n+\n+:::::\n:x:7:\na:x::\nb:x:-1:\nc:x:1e3:\nd:x:99999999999:\ne:x\nf:x:8'), new Map([[0, 'toor'], [8, 'f']]));
});

test('accepts any text and limits the names', t => {
	fc.assert(fc.property(fc.string(), text => {
		t.notThrows(() => parseUsers(text));
	}));
	t.is(parseUsers(Array.from({length: 60_000}, (_, uid) => `u${uid}:x:${uid}:`).join('\n')).size, 50_000);
});

test('reads the users of this machine', t => {
	const users = createUserNames();
	t.notThrows(() => users.name(0));
	t.is(users.name(0xFF_FF_FF_F0), undefined);
});
