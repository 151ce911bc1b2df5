import test from 'ava';
import fc from '../../helpers/property.js';
import {withKeys} from '../../../source/screen/keys/key-hints.js';
import {keyLabel, readKey} from '../../../source/screen/keys/key-names.js';
import {checkKeys} from '../../../source/screen/keys/key-changes.js';
import {
	createKeyTable,
	defaultKeysOf,
	isTypedIn,
	currentKeysOf,
} from '../../../source/screen/keys/key-table.js';
import {defaultKeyTable} from '../../../source/screen/controls/default-key-table.js';
import type {Command} from '../../../source/screen/state/state.js';

const wanted = (...entries: ReadonlyArray<readonly [Command, readonly string[]]>): ReturnType<typeof checkKeys> => checkKeys(defaultKeyTable, new Map(entries));

const changed = (...entries: ReadonlyArray<readonly [Command, readonly string[]]>): ReturnType<typeof createKeyTable> => createKeyTable(defaultKeyTable.controls, wanted(...entries).changes);

test('a changed key runs its command, and the previous keys do not', t => {
	const table = changed(['openFilter', ['Ctrl-F', 'F7']]);
	t.is(table.find('table', 'ctrl+f')?.command, 'openFilter');
	t.is(table.find('port', 'f7')?.command, 'openFilter');
	t.is(table.find('table', 'f4'), undefined);
	t.is(table.find('table', '\\'), undefined);
	t.is(table.bindings.find(({command}) => command === 'openFilter')?.keys[0], 'ctrl+f');
});

test('a changed key applies in every mode of the command', t => {
	const table = changed(['up', ['W', 'ctrl+p']], ['pageDown', ['ctrl+v']], ['cancel', ['ctrl+g']], ['copyValue', ['c']], ['confirm', ['ctrl+y']]);
	for (const mode of ['table', 'port', 'journal', 'families', 'groups', 'views', 'owners', 'signals', 'confirm', 'outcomes', 'explain', 'inspector', 'help'] as const) {
		t.is(table.find(mode, 'W')?.command, 'up');
		t.is(table.find(mode, 'ctrl+v')?.command, 'pageDown');
		t.is(table.find(mode, 'up'), undefined);
		t.is(table.find(mode, 'k'), undefined);
	}

	for (const mode of ['sort', 'families', 'inspector', 'help', 'setup', 'confirm'] as const) {
		t.is(table.find(mode, 'ctrl+g')?.command, 'cancel');
		t.is(table.find(mode, 'escape')?.command, 'cancel');
		t.is(table.find(mode, 'q'), undefined);
	}

	t.is(table.find('inspector', 'c')?.command, 'copyValue');
	t.is(table.find('journal', 'c')?.command, 'toggleChanges');
	t.is(table.find('confirm', 'ctrl+y')?.command, 'confirm');
	t.is(table.find('confirm', 'y'), undefined);
});

test('in modes where letters are typed, only the other changed keys apply; if there are none, the default keys do', t => {
	const some = changed(['up', ['W', 'ctrl+p']]);
	for (const mode of ['sort', 'setup'] as const) {
		t.is(some.find(mode, 'W'), undefined);
		t.is(some.find(mode, 'ctrl+p')?.command, 'up');
		t.is(some.find(mode, 'up'), undefined);
	}

	const none = changed(['up', ['W']]);
	t.is(none.find('sort', 'up')?.command, 'up');
	t.is(none.find('setup', 'up')?.command, 'up');
	t.deepEqual(wanted(['setupMore', ['m']]).problems, ['m is typed as text (setup); setup-more cannot use it']);
	t.deepEqual(wanted(['up', ['W']], ['down', ['Up']]).problems, ['Up is already bound to up (sort menu, setup); down cannot use it']);
});

test('text input lines keep their default keys', t => {
	const table = changed(['nextMatch', ['ctrl+n']], ['redraw', ['ctrl+r']], ['accept', ['ctrl+o']], ['cancel', ['ctrl+g']]);
	t.is(table.find('search', 'f3')?.command, 'nextMatch');
	t.is(table.find('search', 'ctrl+n'), undefined);
	for (const mode of ['filter', 'search', 'viewName', 'setupLine'] as const) {
		t.is(table.find(mode, 'ctrl+l')?.command, 'redraw');
		t.is(table.find(mode, 'enter')?.command, 'accept');
		t.is(table.find(mode, 'escape')?.command, 'cancel');
	}

	t.is(table.find('help', 'ctrl+r')?.command, 'redraw');
	t.is(table.find('help', 'ctrl+l'), undefined);
	t.is(table.find('help', 'enter'), undefined);
});

test('the key that opens a menu also closes it, unless the menu uses the key otherwise', t => {
	for (const [command, mode] of [['openFamilies', 'families'], ['openGroups', 'groups'], ['openViews', 'views'], ['openSignals', 'owners'], ['explain', 'explain'], ['help', 'help'], ['openSort', 'sort'], ['openSetup', 'setup']] as const) {
		t.is(changed([command, ['ctrl+o']]).find(mode, 'ctrl+o')?.command, 'cancel');
	}

	t.is(changed(['openSort', ['W']]).find('sort', 'W'), undefined);
	t.is(changed(['toggleTag', []], ['openFamilies', ['Space']]).find('families', 'space')?.command, 'toggle');
	t.is(changed(['openJournal', ['W']]).find('journal', 'W')?.command, 'toggleJournal');
});

test('without changes the bindings are the default ones, plus keys that close what they open', t => {
	const {defaults} = defaultKeyTable;
	t.deepEqual(defaultKeyTable.bindings.map(({keys: _, ...binding}) => binding), defaults.map(({keys: _, ...binding}) => binding));
	t.true(defaults.every(({keys}, place) => keys.every((key, index) => defaultKeyTable.bindings[place].keys[index] === key)));
	t.is(defaultKeyTable.find('sort', 'f6')?.command, 'cancel');
	t.deepEqual([...wanted(['openFilter', ['F4', '\\']]).changes], []);
	for (const command of defaultKeyTable.changeable.keys()) {
		t.deepEqual(wanted([command, defaultKeysOf(defaultKeyTable, command)]), {changes: new Map(), problems: []});
	}
});

test('a key bound to another command is rejected, and the message names both commands', t => {
	const {changes, problems} = wanted(['openFilter', ['e', 'Ctrl-F']]);
	t.deepEqual([...changes], [['openFilter', ['ctrl+f']]]);
	t.deepEqual(problems, ['e is already bound to toggle-established (list, journal); open-filter cannot use it']);
});

test('the message names those modes of the command where the key is in use', t => {
	t.deepEqual(wanted(['up', ['c']]).problems, ['c is already bound to toggle-changes (journal); up cannot use it']);
	t.deepEqual(wanted(['pageDown', ['Space']]).problems, ['Space is already bound to toggle-tag (list); page-down cannot use it']);
	t.deepEqual(wanted(['toggleTag', []], ['pageDown', ['Space']]).problems, ['Space is already bound to toggle (family menu, group menu, process menu, …); page-down cannot use it']);
	t.deepEqual(wanted(['inspectNext', ['c', 'f']]).problems, []);
});

test('keys that apply everywhere, and digits, cannot be assigned', t => {
	for (const key of ['F10', 'Ctrl-C', 'Ctrl-Z', '7', 'Esc', 'Enter', 'Backspace']) {
		const {changes, problems} = wanted(['openFilter', [key]]);
		t.deepEqual({key, told: problems.length, changed: changes.size}, {key, told: 1, changed: 0});
	}
});

test('two commands can swap their keys', t => {
	const table = changed(['toggleTcp', ['u']], ['toggleUdp', ['t']]);
	t.is(table.find('table', 'u')?.command, 'toggleTcp');
	t.is(table.find('table', 't')?.command, 'toggleUdp');
});

test('if two commands request the same key, the first gets it', t => {
	const {changes, problems} = wanted(['toggleTcp', ['ctrl+t']], ['toggleUdp', ['ctrl+t']]);
	t.deepEqual([...changes], [['toggleTcp', ['ctrl+t']]]);
	t.deepEqual(problems, ['Ctrl-T is already bound to toggle-tcp (list, journal); toggle-udp cannot use it']);
});

test('a command can have no key, but quitting always works', t => {
	const table = changed(['toggleTcp', []], ['quit', []]);
	t.is(table.find('table', 't'), undefined);
	t.is(table.find('table', 'q'), undefined);
	t.is(table.find('table', 'f10')?.command, 'quit');
	t.is(table.find('table', 'ctrl+c')?.command, 'quit');
});

test('invalid key names are reported', t => {
	t.is(wanted(['pause', ['hyper-x', 'F21', 'ab']]).problems.length, 3);
});

test('whatever is requested, no key has two meanings, and other commands keep their keys', t => {
	const commands = defaultKeyTable.changeable.keys().toArray();
	const keys = fc.constantFrom('a', 'b', 'c', 'e', 'l', 'q', 'y', '7', 'F4', 'Ctrl-F', 'nonsense', 'Esc', 'Enter', 'Space', 'Tab', 'j', 'Up', '+');
	t.notThrows(() => {
		fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(...commands), fc.array(keys, {maxLength: 3})), {maxLength: 8}), entries => {
			const {changes} = checkKeys(defaultKeyTable, new Map(entries));
			const table = createKeyTable(defaultKeyTable.controls, changes);
			for (const [command, {modes}] of defaultKeyTable.changeable) {
				for (const [mode, key] of modes.flatMap(each => currentKeysOf(table, command).map(name => [each, name] as const))) {
					// A conditional binding may share its key with another binding.
					const isAtTimes = table.bindings.some(({command: each, modes: where, keys: names, when}) => each === command && when !== undefined && where.includes(mode) && names.includes(key));
					const found = isAtTimes ? command : table.find(mode, key)?.command;
					// A changed key applies wherever it is not typed as text, and no other command has it. A default key stays in its modes.
					const isMeant = changes.has(command) ? !isTypedIn(defaultKeyTable, mode, key) : defaultKeyTable.find(mode, key)?.command === command;
					if (isMeant && found !== command) {
						throw new Error(`${key} of ${command} is ${found ?? 'nothing'} in ${mode}`);
					}
				}
			}

			// Esc always cancels, and Ctrl-C always quits.
			return (['table', 'journal', 'sort', 'inspector', 'help', 'confirm', 'filter'] as const)
				.every(mode => table.find(mode, 'escape')?.command === 'cancel' && table.find(mode, 'ctrl+c')?.command === 'quit');
		}));
	});
});

test('messages name the current keys', t => {
	const table = changed(['openSearch', ['ctrl+f']], ['toggleTcp', []]);
	t.is(withKeys('{openSearch} or {openFilter}', table), 'Ctrl-F or F4');
	t.is(withKeys('{toggleTcp}, {else} and {', table), 'toggle-tcp, {else} and {');
	t.is(withKeys('{confirm} or {decline}, {openSearch}', table, 'confirm'), 'y or n, Ctrl-F');
});

test('keys are parsed in the spellings that users type', t => {
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
		['F13', 'f13'],
		['F21', undefined],
		['', undefined],
		['ab', undefined],
		['Shift-x', undefined],
		['\u{7}', undefined],
	];
	for (const [text, key] of read) {
		t.is(readKey(text), key, text);
	}
});

test('a formatted key parses to the same key', t => {
	for (const key of new Set(defaultKeyTable.defaults.flatMap(({keys}) => keys))) {
		t.is(readKey(keyLabel(key)), key);
	}
});
