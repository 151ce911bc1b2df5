import test from 'ava';
import fc from '../helpers/property.js';
import {withKeys} from '../../source/screen/key-hints.js';
import {keyLabel, readKey} from '../../source/screen/key-names.js';
import {
	changeableCommands,
	checkKeys,
	createKeyTable,
	defaultKeysOf,
	defaultKeyTable,
} from '../../source/screen/key-table.js';
import {bindings, type Command} from '../../source/screen/keys.js';

const wanted = (...entries: ReadonlyArray<readonly [Command, readonly string[]]>): ReturnType<typeof checkKeys> => checkKeys(new Map(entries));

const changed = (...entries: ReadonlyArray<readonly [Command, readonly string[]]>): ReturnType<typeof createKeyTable> => createKeyTable(wanted(...entries).changes);

test('a changed key does what it is for, and the keys from before do not', t => {
	const table = changed(['openFilter', ['Ctrl-F', 'F7']]);
	t.is(table.find('table', 'ctrl+f')?.command, 'openFilter');
	t.is(table.find('port', 'f7')?.command, 'openFilter');
	t.is(table.find('table', 'f4'), undefined);
	t.is(table.find('table', '\\'), undefined);
	t.is(table.bindings.find(({command}) => command === 'openFilter')?.keys[0], 'ctrl+f');
});

test('menus, lines and help keep their keys', t => {
	const table = changed(['up', ['w']]);
	t.is(table.find('table', 'w')?.command, 'up');
	t.is(table.find('table', 'k'), undefined);
	t.is(table.find('table', 'up'), undefined);
	for (const mode of ['sort', 'families', 'help'] as const) {
		t.is(table.find(mode, 'up')?.command, 'up');
	}

	t.is(table.find('help', 'k')?.command, 'up');
	t.is(changed(['nextMatch', ['ctrl+n']]).find('search', 'f3')?.command, 'nextMatch');
});

test('nothing changed is the key table itself', t => {
	t.deepEqual(defaultKeyTable.bindings, bindings);
	t.deepEqual([...wanted(['openFilter', ['F4', '\\']]).changes], []);
});

test('a key that something else has is told with both names, and not taken', t => {
	const {changes, problems} = wanted(['openFilter', ['e', 'Ctrl-F']]);
	t.deepEqual([...changes], [['openFilter', ['ctrl+f']]]);
	t.deepEqual(problems, ['e is the key of toggle-established, so open-filter does not get it']);
});

test('keys that are everywhere, and digits, cannot be taken', t => {
	for (const key of ['F10', 'Ctrl-C', 'Ctrl-Z', '7', 'Esc', 'Enter', 'Backspace']) {
		const {changes, problems} = wanted(['openFilter', [key]]);
		t.deepEqual({key, told: problems.length, changed: changes.size}, {key, told: 1, changed: 0});
	}
});

test('two commands can change their keys with each other', t => {
	const table = changed(['toggleTcp', ['u']], ['toggleUdp', ['t']]);
	t.is(table.find('table', 'u')?.command, 'toggleTcp');
	t.is(table.find('table', 't')?.command, 'toggleUdp');
});

test('of two that want the same key, the first gets it', t => {
	const {changes, problems} = wanted(['toggleTcp', ['ctrl+t']], ['toggleUdp', ['ctrl+t']]);
	t.deepEqual([...changes], [['toggleTcp', ['ctrl+t']]]);
	t.deepEqual(problems, ['Ctrl-T is the key of toggle-tcp, so toggle-udp does not get it']);
});

test('a command can be left without a key, but one always can quit', t => {
	const table = changed(['toggleTcp', []], ['quit', []]);
	t.is(table.find('table', 't'), undefined);
	t.is(table.find('table', 'q'), undefined);
	t.is(table.find('table', 'f10')?.command, 'quit');
	t.is(table.find('table', 'ctrl+c')?.command, 'quit');
});

test('what is no key is told', t => {
	t.is(wanted(['pause', ['hyper-x', 'F13', 'ab']]).problems.length, 3);
});

test('whatever is wanted: no key has two meanings, and what was not changed stays', t => {
	const commands = changeableCommands.keys().toArray();
	const keys = fc.constantFrom('a', 'b', 'c', 'e', 'l', 'q', '7', 'F4', 'Ctrl-F', 'nonsense', 'Esc', 'j', 'Up');
	t.notThrows(() => {
		fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(...commands), fc.array(keys, {maxLength: 3})), {maxLength: 8}), entries => {
			const {changes} = checkKeys(new Map(entries));
			const table = createKeyTable(changes);
			const given = [...changes].flatMap(([command, names]) => names.map(name => [command, name] as const));
			const taken = new Set(given.map(([, name]) => name));
			return given.every(([command, name]) => table.find('table', name)?.command === command)
				&& commands.every(command => changes.has(command) || defaultKeysOf(command).every(key => taken.has(key) || table.find('table', key)?.command === command))
				&& commands.every(command => changes.has(command) || defaultKeysOf(command).every(key => !taken.has(key)));
		}));
	});
});

test('sentences name the keys that are in force', t => {
	const table = changed(['openSearch', ['ctrl+f']], ['toggleTcp', []]);
	t.is(withKeys('{openSearch} or {openFilter}', table), 'Ctrl-F or F4');
	t.is(withKeys('{toggleTcp}, {else} and {', table), 'toggle-tcp, {else} and {');
});

test('keys are read as people write them', t => {
	const read: ReadonlyArray<readonly [text: string, key: string | undefined]> = [
		['F4', 'f4'],
		['f12', 'f12'],
		['Ctrl-F', 'ctrl+f'],
		['ctrl+f', 'ctrl+f'],
		['C-f', 'ctrl+f'],
		['Alt-x', 'alt+x'],
		['M-x', 'alt+x'],
		['Shift-F3', 'shift+f3'],
		['Shift-Ctrl-Up', 'ctrl+shift+up'],
		['PgUp', 'pageup'],
		['pageup', 'pageup'],
		['Space', 'space'],
		[' ', 'space'],
		['G', 'G'],
		['-', '-'],
		['+', '+'],
		['Ctrl-\\', 'ctrl+\\'],
		['é', 'é'],
		['Ctrl-I', 'tab'],
		['Ctrl-M', 'enter'],
		['F13', undefined],
		['', undefined],
		['ab', undefined],
		['Shift-x', undefined],
		['\u{7}', undefined],
	];
	for (const [text, key] of read) {
		t.is(readKey(text), key, text);
	}
});

test('what the screen writes for a key is read as that key', t => {
	for (const key of new Set(bindings.flatMap(({keys}) => keys))) {
		t.is(readKey(keyLabel(key)), key);
	}
});
