import test from 'ava';
import fc from '../../helpers/property.js';
import {endOfUsers, needsMore, readUsers} from '../../../source/sources/ss/users.js';
import type {Owner} from '../../../source/owners/owner.js';
import {toBytes} from '../../helpers/ss-replay.js';

const clauseOf = (owners: readonly Owner[]): string =>
	`users:(${owners.map(({name, pid, fd}) => `("${toBytes(name)}",pid=${pid},fd=${fd})`).join(',')})`;

/** The position of `((`. */
const start = 'users:'.length;

const read = (text: string): Owner[] => {
	const end = endOfUsers(text, start, true);
	return readUsers(text, start, end);
};

test('reads one owner and several', t => {
	const owners = [{name: 'nginx', pid: 812, fd: 6}, {name: 'my app', pid: 27_246, fd: 35}];
	const [first] = owners;
	t.deepEqual(read(clauseOf([first])), [first]);
	t.deepEqual(read(clauseOf(owners)), owners);
});

test('ignores a thread', t => {
	t.deepEqual(read('users:(("a",pid=1,tid=2,fd=3))'), [{name: 'a', pid: 1, fd: 3}]);
});

const hostile = [
	'',
	'"',
	'a)b "c',
	'))",(("',
	'a",pid=1,fd=2',
	'a",pid=1,fd=2)',
	'",pid=1,fd=2),(',
	'",pid=1,fd=2))',
	'",pid=9,fd=9",p',
	'new\nline',
	'\n\ttab',
	'\ntcp ESTAB 0 0',
	'users:(("x"',
	'größe ⚙',
	'\u{1B}[31m\u{7}',
];

for (const name of hostile) {
	test(`reads the name ${JSON.stringify(name)}`, t => {
		const owners = [{name, pid: 77, fd: 3}, {name: 'other', pid: 78, fd: 4}, {name, pid: 79, fd: 5}];
		const [first] = owners;
		t.deepEqual(read(clauseOf(owners)), owners);
		t.deepEqual(read(clauseOf([first])), [first]);
	});
}

/** At most 15 bytes without NUL, of the critical characters. */
const names = fc.string({
	unit: fc.constantFrom('a', '"', ',', '(', ')', '=', 'pid=', ',pid=1', ',fd=2', '"),("', '",pid=1,fd=2)', '\n', '\t', ' ', 'é'), maxLength: 15,
}).filter(name => toBytes(name).length <= 15);
const anyOwners = fc.array(fc.record({name: names, pid: fc.integer({min: 1, max: 4_194_304}), fd: fc.integer({min: 0, max: 1_048_576})}), {minLength: 1});

test('reads any names of up to 15 bytes', t => {
	fc.assert(fc.property(anyOwners, owners => {
		const text = clauseOf(owners);
		t.is(endOfUsers(`${text} uid:5`, start, true), text.length);
		t.deepEqual(read(text), owners);
	}), {numRuns: 2000});
});

test('asks for more text while the end of a name is not certain', t => {
	const text = `${clauseOf([{name: 'a', pid: 1, fd: 2}])}${' '.repeat(200)}`;
	for (let length = start + 2; length < 128; length++) {
		t.is(endOfUsers(text.slice(0, length), start, false), needsMore);
	}

	t.is(text.slice(0, endOfUsers(text, start, false)), 'users:(("a",pid=1,fd=2))');
});

test('keeps the complete entries of a clause that is cut off', t => {
	const text = 'users:(("a",pid=1,fd=2),("b",pid=3,f      ino:5';
	t.deepEqual(read(text), [{name: 'a', pid: 1, fd: 2}]);
	t.true(endOfUsers(text, start, true) <= text.indexOf(' '));
	t.deepEqual(read('users:(('), []);
	t.deepEqual(read('users:(()'), []);
});

test('reads names that are escaped (7.0 and newer)', t => {
	const name = String.raw`\012`.repeat(15);
	const owners = [{name, pid: 5, fd: 6}, {name: 'b', pid: 7, fd: 8}];
	t.deepEqual(read(clauseOf(owners)), owners);
});
