import {glob, readFile} from 'node:fs/promises';
import test from 'ava';
import {keyLabel, keysLabel} from '../../../source/screen/keys/key-names.js';
import {reduce} from '../../../source/screen/update/reduce.js';
import {initialState} from '../../../source/screen/update/initial-state.js';
import type {PageId} from '../../../source/screen/state/setup-slice.js';
import {defaultPreferences} from '../../../source/preferences/preferences.js';
import {plainView} from '../../../source/preferences/saved-view.js';
import {createFakeEngine, makeSockets} from '../fake-engine.js';
import {everything} from '../open-screen.js';
import {defaultKeyTable} from '../../../source/screen/controls/default-key-table.js';
import type {Command, Mode, State} from '../../../source/screen/state/state.js';
import {areConnectionsShown, areNamesShown, isReaderShown} from '../../../source/screen/state/choice-slice.js';

const {find: findBinding} = defaultKeyTable;

const modes = defaultKeyTable.modes.keys().toArray();

const press = (state: State, name: string): State => reduce(state, {type: 'input', event: {type: 'key', name}});

const typeText = (state: State, text: string): State => {
	let next = state;
	for (const character of text) {
		next = reduce(next, {type: 'input', event: {type: 'key', name: character === ' ' ? 'space' : character, text: character}});
	}

	return next;
};

/** The state with the engine's answer to its query. */
const answered = (state: State): State => {
	let next = state;
	const engine = createFakeEngine(makeSockets(200).map(socket => ({...socket, otherEnd: 201 - socket.id, groups: [-300]})), {isManual: true});
	engine.link.subscribe(message => {
		if (message.type === 'view') {
			next = reduce(next, {type: 'view', view: message.view});
		}
	});
	const {filter, port, search, classes, sort, columns, cursor, inspector} = state;
	engine.link.send({
		type: 'query',
		sequence: state.sequence,
		query: {
			filter, ...(port !== undefined && {port}), search, classes, sort, columns, window: {height: 20, cursor: cursor.request, frozen: false}, ...(inspector?.id !== undefined && {inspect: inspector.id}),
		},
	});
	engine.answer();
	return next;
};

const start = answered(press(answered({...initialState({...everything, search: 'nginx', groups: {by: ['port'], folded: {all: false, except: []}}}, {columns: 80, rows: 24}), sequence: 7}), 'down'));

/** The setup screen with a page open. */
const onPage = (page: PageId): State => {
	const opened = press(start, 'f2');
	return {...opened, setup: {...opened.setup, page}};
};

/** The state while the user closes sockets or signals one of their owners, or reads the outcomes. */
const actingIn = (mode: Mode): State => {
	const processes = [1, 2, 3].map(pid => ({
		pid, startTime: 5, name: 'nginx', startedAt: 0, sockets: 1,
	}));
	const sockets = Array.from({length: 40}, (_, index) => ({
		id: index, protocol: 'tcp', state: 'ESTAB', local: '10.0.0.1:443', peer: '192.0.2.1:40000',
	}));
	const asked = press({...start, tagged: [1, 2]}, mode === 'confirm' || mode === 'outcomes' ? 'K' : 'f9');
	const locked = reduce(asked, {
		type: 'targets', targets: {
			number: asked.lockRequests, sockets, processes, gone: 0, isShared: false,
		},
	});
	if (mode === 'signals') {
		return press(press(locked, 'enter'), 'down');
	}

	const outcomes = sockets.map(() => ({target: 'tcp', isDone: false, message: 'the connection is reset'}));
	const shown = mode === 'outcomes' ? reduce(press(locked, 'y'), {type: 'acted', acted: {number: asked.lockRequests, outcomes}}) : locked;
	return press(shown, 'down');
};

/** A state of the mode in which every key has an effect. */
const stateIn = (mode: Mode): State => {
	switch (mode) {
		case 'table': {
			return {...answered({...start, port: {digits: '443', exact: true}}), tagged: [7]};
		}

		case 'port': {
			return {...answered(typeText(start, '40')), tagged: [7]};
		}

		case 'filter': {
			const typed = press(typeText(press(start, '\\'), 'state estab'), 'left');
			return {...typed, filterHistory: ['port 22', 'port 80'], recalled: {index: 1, typed: 'x', line: typed.line}};
		}

		case 'search': {
			return answered(press(typeText(press(start, '/'), 'nginx'), 'left'));
		}

		case 'sort': {
			return press(press(start, 'f6'), 'up');
		}

		case 'families': {
			return press(press(start, 'f'), 'down');
		}

		case 'copy': {
			return press(press(start, 'y'), 'down');
		}

		case 'groups': {
			return press(press(start, 'b'), 'down');
		}

		case 'explain': {
			return press(press(start, 'down'), 'x');
		}

		case 'inspector': {
			return press(press(answered(press({...start, size: {columns: 60, rows: 16}}, 'enter')), 'tab'), 'down');
		}

		case 'owners':
		case 'signals':
		case 'confirm':
		case 'outcomes': {
			return actingIn(mode);
		}

		case 'journal': {
			const shown = press(press({...start, port: {digits: '443', exact: true}}, 'tab'), 'down');
			return {
				...shown, groups: start.groups, view: start.view && {
					...start.view, journal: true, about: 5, socket: 5, sequence: shown.sequence,
				},
			};
		}

		case 'views': {
			return press({...press(start, 'v'), savedViews: new Map([['a', plainView], ['b', plainView], ['c', plainView]])}, 'down');
		}

		case 'moment': {
			return press(typeText(press(start, '@'), '-3m'), 'left');
		}

		case 'fileName': {
			return press(press(start, 'w'), 'left');
		}

		case 'replaceFile': {
			const asked = press(press(start, 'w'), 'enter');
			return reduce(asked, {type: 'written', written: {number: 1, kind: 'exists'}});
		}

		case 'viewName': {
			return press(typeText(press(start, 'V'), 'my view'), 'left');
		}

		case 'setup': {
			const opened = press({...start, columns: ['rtt', 'rxRate', 'recvQ', 'process', 'local'], preferences: {...start.preferences, columns: ['rtt']}}, 'f2');
			return press(press(typeText(opened, 'r'), 'down'), 'down');
		}

		case 'setupLine': {
			return press(typeText(press(onPage('times'), 'enter'), '4 2'), 'left');
		}

		case 'setupKey': {
			return press(onPage('keys'), 'enter');
		}

		case 'help': {
			return press(press({...start, size: {columns: 60, rows: 16}}, '?'), 'down');
		}

		case 'helpSearch': {
			return press(typeText(press(press(start, '?'), '/'), 'top port'), 'left');
		}

		default: {
			throw new Error(`No state for ${mode}`);
		}
	}
};

const hasLineChanged = (before: State, after: State): boolean => after.line.text !== before.line.text || after.line.cursor !== before.line.cursor;
const asked = ({cursor}: State): unknown => cursor.request;

const doesAccept = (before: State, after: State): boolean => {
	if (before.mode === 'owners' || before.mode === 'signals') {
		return after.mode === (before.mode === 'owners' ? 'signals' : 'confirm');
	}

	if (before.mode === 'copy') {
		return after.copied?.text === 'tcp 10.0.0.1:443 192.0.2.1:40001';
	}

	if (before.mode === 'groups') {
		return after.groups?.by.join(' ') === 'port process';
	}

	if (before.mode === 'setup') {
		return after.columns.length !== before.columns.length;
	}

	if (before.mode === 'helpSearch') {
		return after.mode === 'help' && after.helpSearch === 'top port';
	}

	if (before.mode === 'setupLine') {
		return after.notice !== undefined;
	}

	return before.mode === 'families' ? after.classes.protocols.join(' ') === 'tcp' : after.mode === 'table';
};

const placeIn = ({inspector}: State): number => inspector?.index ?? 0;

/** Checks the effect of each command, by mode where it differs. A key fails its test if its command is missing here. */
const expectations: Readonly<Partial<Record<Command, (before: State, after: State) => boolean>>> = {
	openSetup: (_, after) => after.mode === 'setup',
	setupMore: (before, after) => after.columns.indexOf('rxRate') > before.columns.indexOf('rxRate') || after.columns.indexOf('recvQ') > before.columns.indexOf('recvQ'),
	setupLess: (before, after) => after.columns.join(' ') !== before.columns.join(' ') || after.setup.find === `${before.setup.find}-`,
	setupNext: (_, after) => after.setup.page === 'meters',
	setupPrevious: (_, after) => after.setup.page === 'views',
	setupReset: (_, after) => after.columns === defaultPreferences.columns,
	setupErase: (_, after) => after.setup.find === '',
	openViews: (_, after) => after.mode === 'views',
	...Object.fromEntries(['sampleBack', 'sampleForward', 'minuteBack', 'minuteForward', 'problemBack', 'problemForward', 'resetBack', 'resetForward', 'present', 'play']
		.map(command => [command, (before: State, after: State) => after.momentRequest.number === before.momentRequest.number + 1])),
	openMoment: (_, after) => after.mode === 'moment',
	saveView: (_, after) => after.mode === 'viewName',
	deleteView: (_, after) => after.savedViews.keys().toArray().join(' ') === 'a c',
	up: (before, after) => after.setup.itemIndex === before.setup.itemIndex - 1 || placeIn(after) < placeIn(before) || after.cursor !== before.cursor || after.menuIndex === before.menuIndex - 1 || after.helpOffset === before.helpOffset - 1,
	down: (before, after) => after.setup.itemIndex === before.setup.itemIndex + 1 || placeIn(after) > placeIn(before) || after.cursor !== before.cursor || after.menuIndex === before.menuIndex + 1 || after.helpOffset === before.helpOffset + 1,
	pageUp: (before, after) => after.setup.itemIndex < before.setup.itemIndex || placeIn(after) < placeIn(before) || after.cursor !== before.cursor || after.menuIndex < before.menuIndex || after.helpOffset < before.helpOffset,
	pageDown: (before, after) => after.setup.itemIndex > before.setup.itemIndex || placeIn(after) > placeIn(before) || after.cursor !== before.cursor || after.menuIndex > before.menuIndex || after.helpOffset > before.helpOffset,
	first: (before, after) => (before.mode === 'setup' && after.setup.itemIndex === 0) || placeIn(after) < placeIn(before) || after.cursor.request.kind === 'first' || after.menuIndex < before.menuIndex || (before.mode === 'help' && after.helpOffset === 0),
	last: (before, after) => (before.mode === 'setup' && press(after, 'down').setup.itemIndex === after.setup.itemIndex) || placeIn(after) > placeIn(before) || after.cursor.request.kind === 'last' || (after.menuIndex > before.menuIndex && press(after, 'down').menuIndex === after.menuIndex) || after.helpOffset > before.helpOffset,
	farEnd: (_, after) => JSON.stringify(asked(after)) === '{"kind":"row","id":200,"by":0}',
	complete: (_, after) => after.line.text === 'state established ',
	completeBack: (_, after) => after.line.text === 'state established ',
	portDigit: (_, after) => after.mode === 'port' && after.port?.exact === false,
	erase: (before, after) => after.port?.digits.length === (before.port?.digits.length ?? 0) - 1,
	openFilter: (before, after) => after.mode === 'filter' && after.line.text === before.filter,
	openSearch: (_, after) => after.mode === 'search' && after.line.text === '',
	explain: (before, after) => after.mode === 'explain' && after.explainedField === before.sort.field,
	explainPrevious: (before, after) => after.explainedField !== before.explainedField,
	explainNext: (before, after) => after.explainedField !== before.explainedField,
	toggleNames: (before, after) => areNamesShown(after) !== areNamesShown(before),
	toggleConnections: (before, after) => areConnectionsShown(after) !== areConnectionsShown(before),
	toggleReader: (before, after) => isReaderShown(after) !== isReaderShown(before),
	toggleMeters: (before, after) => !before.areMetersHidden && after.areMetersHidden,
	nextMatch: (_, after) => JSON.stringify(asked(after)).includes('"direction":1'),
	previousMatch: (_, after) => JSON.stringify(asked(after)).includes('"direction":-1'),
	toggleListening: (_, after) => after.classes.states.length === 2,
	columnsLeft: (before, after) => after.scrolled === Math.max(0, before.scrolled - 1),
	columnsRight: (before, after) => after.scrolled >= before.scrolled,
	showProblems: (_, after) => after.classes.problems === true,
	toggleEstablished: (_, after) => after.classes.states.length === 1,
	toggleTcp: (_, after) => after.classes.protocols.join(' ') === 'udp',
	toggleUdp: (_, after) => after.classes.protocols.join(' ') === 'tcp',
	toggleUnix: (_, after) => after.classes.protocols.includes('u_seq'),
	openFamilies: (_, after) => after.mode === 'families',
	openGroups: (_, after) => after.mode === 'groups',
	toggleTree: (_, after) => after.groups === undefined,
	foldGroup: (_, after) => after.groups?.folded.except.join(' ') === '-300',
	unfoldGroup: (_, after) => after.groups?.folded.except.length === 0,
	foldAll: (_, after) => after.groups?.folded.all === true,
	inspect: (before, after) => after.mode === 'inspector' && after.inspector?.id === before.view?.selected?.id,
	inspectEntry: (_, after) => after.mode === 'inspector' && after.inspector?.id === after.view?.about,
	copyValue: (_, after) => after.copied !== undefined && (after.notice ?? '').endsWith(after.copied.text),
	inspectPrevious: (_, after) => JSON.stringify(asked(after)).includes('"by":-1') || JSON.stringify(asked(after)).includes('"by":0'),
	inspectNext: (_, after) => JSON.stringify(asked(after)).includes('"by":1'),
	inspectFarEnd: (before, after) => after.inspector?.id === 201 - (before.inspector?.id ?? 0),
	nextSection: (before, after) => placeIn(after) > placeIn(before),
	previousSection: (before, after) => placeIn(after) < placeIn(before),
	openSort: (_, after) => after.mode === 'sort',
	sortPrevious: (before, after) => after.sort.field !== before.sort.field,
	sortNext: (before, after) => after.sort.field !== before.sort.field,
	invert: (before, after) => after.sort.descending !== before.sort.descending,
	mark: (before, after) => after.mark?.shown === 'all' && after.mark.number === before.sequence + 1,
	toggleNew: (_, after) => after.mark?.shown === 'new',
	toggleDifference: (_, after) => after.mark?.shown === 'difference' && after.columns[0] === 'sinceMark',
	toggleTag: (_, after) => after.tagged.length === 2,
	untagAll: (_, after) => after.tagged.length === 0,
	openSignals: (before, after) => after.lockRequests === before.lockRequests + 1 && after.acting?.action === 'signal',
	openClose: (before, after) => after.lockRequests === before.lockRequests + 1 && after.acting?.action === 'close',
	decline: (_, after) => after.mode === 'table' && after.acting === undefined,
	toggle: (before, after) => before.mode === 'owners' ? after.acting?.chosen.join(' ') === '1 3' : doesAccept(before, after),
	confirm: (_, after) => after.acting?.order?.action === 'close',
	toggleJournal: (before, after) => (before.journal === undefined) === (after.journal !== undefined) && after.mode !== before.mode,
	openJournal: (_, after) => after.mode === 'journal' && after.journal?.socket !== undefined,
	toggleChanges: (_, after) => after.journal?.changes === true,
	goToSocket: (_, after) => after.mode === 'table' && JSON.stringify(asked(after)) === '{"kind":"row","id":5,"by":0}',
	longerInterval: (before, after) => after.preferences.interval > before.preferences.interval && after.notice !== undefined,
	shorterInterval: (before, after) => after.preferences.interval < before.preferences.interval && after.notice !== undefined,
	recallOlder: (_, after) => after.line.text === 'port 22',
	recallNewer: (before, after) => after.line.text === (before.recalled?.typed ?? ''),
	toggleAlert: (before, after) => before.alert === undefined && after.alert !== undefined,
	write: (_, after) => after.mode === 'fileName' && after.line.text.endsWith('.csv'),
	replaceFile: (_, after) => after.mode === 'table' && after.writing?.isReplacing === true,
	keepFile: (before, after) => after.mode === 'table' && after.writing === before.writing,
	toggleRecording: (_, after) => after.recordRequest?.isOn === true,
	openCopies: (_, after) => after.mode === 'copy',
	pause: (before, after) => after.isPaused !== before.isPaused,
	redraw: (before, after) => after.redraws === before.redraws + 1,
	help: (_, after) => after.mode === 'help',
	searchHelp: (_, after) => after.mode === 'helpSearch' && after.line.text === '',
	suspend: (before, after) => after.suspensions === before.suspensions + 1,
	quit: (_, after) => after.outcome?.exitCode === 0,
	accept: (before, after) => doesAccept(before, after),
	cancel: (before, after) => (before.mode === 'helpSearch' && after.mode === 'help' && after.helpSearch === '') || (before.mode === 'setup' && after.setup.find !== 'r') || (before.mode.startsWith('setup') && after.mode === 'setup') || (after.mode === (before.mode === 'journal' ? 'journal' : 'table') && (!['table', 'journal'].includes(before.mode) || after.port === undefined)),
	lineLeft: (before, after) => after.line.cursor === before.line.cursor - 1,
	lineRight: (before, after) => after.line.cursor === before.line.cursor + 1,
	lineStart: (_, after) => after.line.cursor === 0,
	lineEnd: (_, after) => after.line.cursor === after.line.text.length,
	deleteLeft: hasLineChanged,
	deleteRight: hasLineChanged,
	deleteWord: hasLineChanged,
	deleteToStart: hasLineChanged,
	deleteToEnd: hasLineChanged,
};

/** The state without search and groups, so that bindings that depend on them do not apply. */
const withoutConditions = (state: State): State => ({...state, search: '', groups: undefined});

for (const mode of modes) {
	test(`every key of the mode ${mode} does what its binding says`, t => {
		const before = stateIn(mode);
		t.is(before.mode, mode);
		const keys = new Set(defaultKeyTable.bindings.flatMap(binding => binding.modes.includes(mode) ? binding.keys : []));
		t.true(keys.size > 0);
		const isConditional = (key: string): boolean => defaultKeyTable.bindings.some(({keys: names, modes: where, when}) => when !== undefined && where.includes(mode) && names.includes(key));
		const tried = [
			...[...keys].map(key => [before, key] as const),
			// A key with a conditional binding is also tried while the condition is false.
			...[...keys].filter(key => isConditional(key)).map(key => [withoutConditions(before), key] as const),
		];
		for (const [from, key] of tried) {
			const command = findBinding(mode, key, from)?.command ?? 'quit';
			const after = press(from, key);
			// These commands show a notice, for example if a text is not a number or a value was copied.
			const isTold = (mode === 'copy' && command === 'accept') || ['copyValue', 'longerInterval', 'shorterInterval', 'toggleAlert'].includes(command) || mode === 'replaceFile' || (mode === 'fileName' && command === 'accept') || (mode === 'setupLine' && command === 'accept');
			t.is(isTold ? undefined : after.notice, undefined, key);
			t.true(expectations[command]?.(from, after), `${key}: ${command}`);
			t.true(defaultKeyTable.modes.has(after.mode), `${key}: ${after.mode}`);
		}
	});
}

test('every mode and command that bindings and sources name is defined', async t => {
	const commands = new Set(defaultKeyTable.defaults.map(({command}) => command));
	for (const {command, modes: named, leaves} of defaultKeyTable.defaults) {
		t.true(named.length > 0 && named.every(mode => defaultKeyTable.modes.has(mode)), command);
		t.true(leaves === undefined || commands.has(leaves), command);
	}

	const sources = new URL('../../../source/screen/', import.meta.url);
	for await (const name of glob('**/*.ts', {cwd: sources})) {
		const text = await readFile(new URL(name, sources), 'utf8');
		// In a sentence, a command in braces stands for its key.
		const sentences = text.match(/'[^\n'\{]*\{[^\n']*'/gv) ?? [];
		const inSentences = sentences.flatMap(sentence => sentence.match(/(?<=[^$]\{)[a-z][A-Za-z]+(?=\})/gv) ?? []);
		t.deepEqual(inSentences.filter(command => !commands.has(command)), [], name);
		const inStates = text.match(/(?<=\bmode(?::| ===| !==) ')\w+(?=')/gv) ?? [];
		t.deepEqual(inStates.filter(mode => !defaultKeyTable.modes.has(mode)), [], name);
	}
});

test('no binding is shadowed by another one in any of its modes', t => {
	for (const binding of defaultKeyTable.bindings) {
		for (const mode of binding.modes) {
			t.true(binding.when !== undefined || binding.keys.some(key => findBinding(mode, key) === binding), `${keysLabel(binding)} in ${mode}`);
		}
	}
});

test('quit, suspend and redraw work in every mode', t => {
	const elsewhere = modes.filter(each => !each.startsWith('setup'));
	for (const mode of elsewhere) {
		for (const [key, command] of [['ctrl+c', 'quit'], ['f10', 'quit'], ['ctrl+z', 'suspend'], ['ctrl+l', 'redraw']] as const) {
			t.is(findBinding(mode, key)?.command, command);
		}
	}
});

test('keys known from other programs run the expected commands', t => {
	const known: ReadonlyArray<readonly [key: string, command: Command]> = [
		['up', 'up'],
		['down', 'down'],
		['k', 'up'],
		['j', 'down'],
		['pageup', 'pageUp'],
		['pagedown', 'pageDown'],
		['home', 'first'],
		['end', 'last'],
		['g', 'first'],
		['G', 'last'],
		['f6', 'openSort'],
		['<', 'sortPrevious'],
		['>', 'sortNext'],
		[',', 'sortPrevious'],
		['.', 'sortNext'],
		['I', 'invert'],
		['0', 'portDigit'],
		['9', 'portDigit'],
		['\\', 'openFilter'],
		['f4', 'openFilter'],
		['/', 'openSearch'],
		['f3', 'openSearch'],
		[']', 'nextMatch'],
		['[', 'previousMatch'],
		['n', 'toggleNames'],
		['O', 'toggleConnections'],
		['L', 'toggleReader'],
		['x', 'explain'],
		['Z', 'pause'],
		['p', 'pause'],
		['l', 'toggleListening'],
		['e', 'toggleEstablished'],
		['t', 'toggleTcp'],
		['u', 'toggleUdp'],
		['U', 'toggleUnix'],
		['f', 'openFamilies'],
		['?', 'help'],
		['f1', 'help'],
		['m', 'mark'],
		['M', 'toggleNew'],
		['d', 'toggleDifference'],
		['o', 'farEnd'],
		['q', 'quit'],
		['f10', 'quit'],
		['ctrl+l', 'redraw'],
	];
	for (const [key, command] of known) {
		t.is(findBinding('table', key)?.command, command, key);
	}
});

test('a disabled key shows the reason until the next key', t => {
	const state = {...start, search: '', port: undefined};
	t.regex(press(state, ']').notice ?? '', /search/v);
	t.regex(press(state, 'backspace').notice ?? '', /port/v);
	t.is(press(press(state, ']'), 'j').notice, undefined);
});

test('key labels use the common spelling', t => {
	t.is(keyLabel('f10'), 'F10');
	t.is(keyLabel('pageup'), 'PgUp');
	t.is(keyLabel('escape'), 'Esc');
	t.is(keyLabel('ctrl+l'), 'Ctrl-L');
	t.is(keyLabel('ctrl+\\'), 'Ctrl-\\');
	t.is(keyLabel('alt+backspace'), 'Alt-Backspace');
	t.is(keyLabel('shift+f3'), 'Shift-F3');
	t.is(keyLabel('q'), 'q');
	t.is(keyLabel('G'), 'G');
	t.is(keyLabel('+'), '+');
	t.is(keyLabel('?'), '?');
});
