import test from 'ava';
import {frozenSamples} from '../../../source/screen/state/cursor.js';
import {drive, shownIds} from '../drive.js';
import {makeSocket, makeSockets} from '../fake-engine.js';
import {keys} from '../open-screen.js';
import {isSameQuery, queryOf} from '../../../source/screen/state/query-of.js';
import {problemOf} from '../../../source/screen/state/answer-slice.js';

test('typed digits filter by port, Enter makes the port exact, Esc shows all', t => {
	const screen = drive({sockets: [makeSocket(1, {local: '10.0.0.1:443'}), makeSocket(2, {local: '10.0.0.1:4430'}), makeSocket(3, {local: '10.0.0.1:80'})]});
	screen.press('4');
	t.is(screen.state().mode, 'port');
	t.deepEqual(queryOf(screen.state()).port, {digits: '4', exact: false});
	screen.press('43');
	t.deepEqual(shownIds(screen.state()), [1, 2]);
	screen.press(keys.enter);
	t.is(screen.state().mode, 'table');
	t.deepEqual(queryOf(screen.state()).port, {digits: '443', exact: true});
	t.deepEqual(shownIds(screen.state()), [1]);
	screen.press(keys.escape);
	t.is(queryOf(screen.state()).port, undefined);
	t.deepEqual(shownIds(screen.state()), [1, 2, 3]);
});

test('Backspace deletes digits, impossible digits are ignored, and digits after Enter start a new port', t => {
	const screen = drive();
	screen.press('65535');
	t.is(screen.state().port?.digits, '65535');
	screen.press('1');
	t.is(screen.state().port?.digits, '65535');
	screen.press(keys.backspace + keys.backspace + '9');
	t.is(screen.state().port?.digits, '6559');
	screen.press('9');
	t.is(screen.state().port?.digits, '6559', '65599 is no port');
	screen.press(keys.enter + '8');
	t.deepEqual(screen.state().port, {digits: '8', exact: false});
	screen.press(keys.backspace);
	t.is(screen.state().port, undefined);
	t.is(screen.state().mode, 'table');
	screen.press('080' + keys.enter);
	t.deepEqual(screen.state().port, {digits: '80', exact: true});
	screen.press(keys.backspace);
	t.deepEqual(screen.state().port, {digits: '8', exact: false});
	t.is(screen.state().mode, 'port');
});

test('while a port is typed, all other keys work as in the table', t => {
	const screen = drive();
	screen.press('4j');
	t.is(screen.state().view?.selected?.index, 0);
	screen.press('j4');
	t.is(screen.state().port?.digits, '44');
	screen.press('q');
	t.deepEqual(screen.state().outcome, {exitCode: 0});
});

test('a filter applies as it is typed; Enter keeps it, Esc restores the previous one', t => {
	const screen = drive();
	screen.press(String.raw`\nginx/7`);
	t.is(queryOf(screen.state()).filter, 'nginx/7');
	t.true(shownIds(screen.state()).includes(7));
	t.false(shownIds(screen.state()).includes(8));
	screen.press(keys.enter);
	t.is(screen.state().mode, 'table');
	t.is(queryOf(screen.state()).filter, 'nginx/7');
	screen.press(`${keys.f4} x`);
	t.is(queryOf(screen.state()).filter, 'nginx/7 x');
	screen.press(keys.escape);
	t.is(queryOf(screen.state()).filter, 'nginx/7');
	screen.press(keys.escape);
	t.is(queryOf(screen.state()).filter, '');
});

test('with an invalid filter, the last valid one stays in use, and Enter does not close the line', t => {
	const screen = drive();
	screen.press(String.raw`\nginx/7`).press(' wrong');
	t.deepEqual(problemOf(screen.state()), {message: 'this word is wrong', start: 8, end: 13});
	t.true(shownIds(screen.state()).every(id => String(id).startsWith('7')));
	screen.press(keys.enter);
	t.is(screen.state().mode, 'filter');
	t.regex(screen.state().notice ?? '', /error/v);
	screen.press(keys.backspace.repeat(6) + keys.enter);
	t.is(screen.state().mode, 'table');
	t.is(problemOf(screen.state()), undefined);
});

test('if a filter is accepted before its error is known, the error is shown afterwards', t => {
	const screen = drive();
	screen.press(String.raw`\wrong${keys.enter}`);
	t.is(screen.state().mode, 'table');
	t.truthy(problemOf(screen.state()));
	screen.press(keys.escape);
	t.is(problemOf(screen.state()), undefined);
});

test('a filter of spaces is empty', t => {
	const screen = drive();
	screen.press(String.raw`\  `);
	t.is(queryOf(screen.state()).filter, '');
});

test('a search moves to a match, hides nothing, and Esc returns', t => {
	const screen = drive();
	screen.press('jj');
	const before = screen.state().view?.selected;
	screen.press('/nginx/5');
	t.is(screen.state().view?.selected?.id, 5);
	t.is(screen.state().view?.matching, 100);
	t.is(screen.state().view?.found, 11);
	screen.press('1');
	t.is(screen.state().view?.selected?.id, 51);
	screen.press(keys.backspace);
	t.is(screen.state().view?.selected?.id, 5, 'a shorter word goes back to the nearest match');
	screen.press(keys.escape);
	t.is(screen.state().search, '');
	t.deepEqual(screen.state().view?.selected, before);
});

test('] and [ move between matches, F3 does so within the search line', t => {
	const screen = drive();
	screen.press('/nginx/5');
	screen.press(keys.f3);
	t.is(screen.state().view?.selected?.id, 50);
	screen.press(keys.enter);
	t.is(screen.state().mode, 'table');
	screen.press(']]');
	t.is(screen.state().view?.selected?.id, 52);
	screen.press('[');
	t.is(screen.state().view?.selected?.id, 51);
	screen.press(`/${keys.enter}`);
	t.is(screen.state().search, 'nginx/5');
	t.is(screen.state().view?.selected?.id, 52);
	screen.press(keys.escape);
	t.is(screen.state().search, '');
});

test('l and e show only some states, or all', t => {
	const states = (screen: ReturnType<typeof drive>): readonly number[] => queryOf(screen.state()).classes.states;
	const screen = drive();
	t.deepEqual(states(screen.press('l')), [10, 7]);
	t.deepEqual(states(screen.press('e')), [1]);
	t.deepEqual(states(screen.press('e')), []);
	t.deepEqual(states(screen.press('l')), [10, 7]);
	t.deepEqual(states(screen.press('l')), []);
});

test('t and u toggle protocols, and one always stays shown', t => {
	const protocols = (screen: ReturnType<typeof drive>): string => queryOf(screen.state()).classes.protocols.join(' ');
	const screen = drive();
	t.is(protocols(screen.press('t')), 'udp');
	t.is(protocols(screen.press('t')), 'tcp udp');
	t.is(protocols(screen.press('u')), 'tcp');
	t.is(protocols(screen.press('t')), 'udp');
	t.is(protocols(screen.press('u')), 'tcp');
	t.is(protocols(screen.press('u')), 'tcp udp');
});

test('Esc removes filters step by step', t => {
	const screen = drive({query: {filter: 'nginx', search: 'a', port: {digits: '443', exact: true}}});
	screen.press('j');
	t.is(screen.press(keys.escape).state().port, undefined);
	t.is(screen.press(keys.escape).state().search, '');
	t.is(screen.press(keys.escape).state().filter, '');
	t.deepEqual(screen.press(keys.escape).state().cursor.request, {kind: 'none'});
});

test('the cursor stays with its socket while the list changes', t => {
	const screen = drive();
	screen.press('jjj');
	t.is(screen.state().view?.selected?.id, 3);
	for (let count = 0; count <= frozenSamples; count++) {
		screen.sample();
	}

	screen.sample([makeSocket(200, {age: 0}), ...makeSockets(100).slice(1)]);
	t.like(screen.state().view?.selected, {id: 3, index: 2});
	screen.sample(makeSockets(100).map(socket => socket.id === 3 ? makeSocket(3, {age: 99_500}) : socket));
	t.is(screen.state().view?.selected?.id, 3);
	t.is(screen.state().view?.selected?.index, 98);
});

test('sorting pauses for some samples after a move', t => {
	const screen = drive();
	screen.press('j');
	for (let count = 1; count < frozenSamples; count++) {
		screen.sample();
		t.true(screen.engine.query().window.frozen);
	}

	screen.sample();
	t.false(screen.engine.query().window.frozen);
	t.deepEqual(screen.engine.query().window.cursor, {kind: 'row', id: 1, by: 0});
});

test('n and N move to matches during a search; otherwise n toggles names', t => {
	const screen = drive({query: {search: 'nginx/2'}});
	screen.press('n');
	t.like(screen.state().cursor.request, {kind: 'match', direction: 1});
	screen.press('N');
	t.like(screen.state().cursor.request, {kind: 'match', direction: -1});
	t.false(screen.state().areNamesSwitched);
	screen.press(keys.escape).press('n');
	t.true(screen.state().areNamesSwitched);
	t.true((screen.press('N').state().notice ?? '').startsWith('Nothing to find'));
});

test('Esc undoes one change at a time', t => {
	const sockets = makeSockets(9).map(socket => ({...socket, values: {...socket.values, protocol: 'udp'}}));
	const screen = drive({
		sockets, columns: 60, query: {
			filter: 'nginx', search: '192', classes: {
				protocols: ['udp', 'u_str'], families: [2], states: [1], problems: true,
			},
		},
	});
	screen.press('443\r').press(keys.right).press('I').press('jm');
	const left = (): string => {
		const {
			port, search, filter, classes: {problems, states, families, protocols}, scrolled, sort, cursor, mark,
		} = screen.state();
		return [
			port === undefined ? '' : 'port',
			search,
			filter,
			problems === true ? 'problems' : '',
			states.length,
			families.length,
			protocols.join(','),
			scrolled > 0 ? 1 : 0,
			sort.descending,
			cursor.request.kind,
			mark === undefined ? '' : 'mark',
		].join(' ');
	};

	t.is(left(), 'port 192 nginx problems 1 1 udp,u_str 1 true row mark');
	for (const expected of [
		' 192 nginx problems 1 1 udp,u_str 1 true row mark',
		'  nginx problems 1 1 udp,u_str 1 true row mark',
		'   problems 1 1 udp,u_str 1 true row mark',
		'    1 1 udp,u_str 1 true row mark',
		'    0 1 udp,u_str 1 true row mark',
		'    0 0 udp,u_str 1 true row mark',
		'    0 0 tcp,udp,u_str 1 true row mark',
		'    0 0 tcp,udp,u_str 0 true row mark',
		'    0 0 tcp,udp,u_str 0 false row mark',
		'    0 0 tcp,udp,u_str 0 false none mark',
		'    0 0 tcp,udp,u_str 0 false none ',
		'    0 0 tcp,udp,u_str 0 false none ',
	]) {
		screen.press(keys.escape);
		t.is(left(), expected);
	}
});

test('a restored order is not undone again', t => {
	const screen = drive();
	const {sort} = screen.state();
	screen.press('II');
	t.is(screen.state().sortBefore, undefined);
	screen.press('>>').press(keys.escape);
	t.deepEqual(screen.state().sort, sort);
});

test('a new order or filter applies while sorting is paused', t => {
	const screen = drive();
	t.true(queryOf(screen.press('j').state()).window.frozen);
	t.false(queryOf(screen.press('I').state()).window.frozen);
	t.false(queryOf(screen.press('j').press('4').state()).window.frozen);
});

test('a burst of moves ends at the right row', t => {
	const screen = drive();
	screen.press('jjjjjjjjjjkk');
	t.is(screen.state().view?.selected?.index, 7);
	screen.press(`G${keys.up}${keys.up}`);
	t.is(screen.state().view?.selected?.index, 97);
	screen.press('gjj');
	t.is(screen.state().view?.selected?.index, 2);
	screen.press(keys.pageDown);
	t.is(screen.state().view?.selected?.index, 2 + queryOf(screen.state()).window.height);
	screen.press(keys.pageUp.repeat(9));
	t.is(screen.state().view?.selected?.index, 0);
});

test('< and > move through the visible columns and wrap around', t => {
	const screen = drive({query: {columns: ['protocol', 'state', 'process'], sort: {field: 'state', descending: false}}});
	t.is(screen.press('>').state().sort.field, 'process');
	t.is(screen.press('.').state().sort.field, 'protocol');
	t.is(screen.press('<').state().sort.field, 'process');
	t.is(screen.press(',').state().sort.field, 'state');
});

test('hidden columns are skipped, but the sorted column is always visible', t => {
	const screen = drive({columns: 60, query: {sort: {field: 'rtt', descending: false}}});
	t.is(screen.press('>').state().sort.field, 'process');
	t.is(screen.press('<').state().sort.field, 'peer');
});

test('a column starts in its default direction; equal rows keep the previous order', t => {
	const screen = drive({query: {sort: {field: 'peer', descending: true}}});
	t.deepEqual(screen.press('>').state().sort, {field: 'rxRate', descending: true, finer: {field: 'peer', descending: true}});
	t.deepEqual(screen.press('<').state().sort, {field: 'peer', descending: false, finer: {field: 'rxRate', descending: true}});
	t.deepEqual(screen.press('I').state().sort, {field: 'peer', descending: true, finer: {field: 'rxRate', descending: true}});
});

test('the sort menu moves, jumps by letters, accepts and cancels', t => {
	const screen = drive({query: {sort: {field: 'state', descending: true}}});
	screen.press(keys.f6);
	t.is(screen.state().menuIndex, 1);
	screen.press('r');
	t.is(screen.state().columns[screen.state().menuIndex], 'recvQ');
	screen.press('r');
	t.is(screen.state().columns[screen.state().menuIndex], 'rxRate');
	screen.press('x');
	t.is(screen.state().columns[screen.state().menuIndex], 'rxRate');
	screen.press(keys.end + keys.down + keys.up);
	screen.press(keys.escape);
	t.deepEqual(screen.state().sort, {field: 'state', descending: true});
	screen.press(keys.f6 + keys.home + keys.enter);
	const byProtocol = {field: 'protocol', descending: false, finer: {field: 'state', descending: true}};
	t.deepEqual(screen.state().sort, byProtocol);
	screen.press(keys.f6 + keys.enter);
	t.deepEqual(screen.state().sort, byProtocol);
});

test('the window has the rows that the screen can show', t => {
	const screen = drive({rows: 30});
	const height = (): number => queryOf(screen.state()).window.height;
	t.is(height(), 30 - 5 - 1 - 1);
	screen.press('\\');
	t.is(height(), 30 - 5 - 1 - 2 - 1);
	screen.press(keys.escape);
	screen.act({type: 'resize', size: {columns: 60, rows: 16}});
	t.is(height(), 16 - 2 - 1 - 1);
	screen.act({type: 'resize', size: {columns: 1, rows: 1}});
	t.is(height(), 1);
});

test('only a changed query increments the sequence number', t => {
	const screen = drive();
	const {sequence} = screen.state();
	screen.type('p?').act({type: 'resize', size: {columns: 90, rows: 30}});
	t.is(screen.state().sequence, sequence);
	screen.type(keys.escape).type('l');
	t.is(screen.state().sequence, sequence + 1);
	const before = screen.state();
	screen.sample();
	t.true(isSameQuery(before, screen.state()));
});

test('pastes go into the edited line, and nowhere else', t => {
	const screen = drive();
	screen.press('\u{1B}[200~qqq\u{1B}[201~');
	t.is(screen.state().outcome, undefined);
	screen.press('\\a\u{1B}[200~b\nc\u{1B}[201~d');
	t.is(screen.state().line.text, 'ab cd');
});

test('the first outcome is kept', t => {
	const screen = drive();
	screen.act({type: 'end', outcome: {exitCode: 143}}).act({type: 'end', outcome: {exitCode: 1, message: 'late'}});
	t.deepEqual(screen.press('q').state().outcome, {exitCode: 143});
});

test('an outdated answer is shown, but confirms nothing', t => {
	const screen = drive();
	screen.press('j');
	screen.type('j');
	const {request} = screen.state().cursor;
	// The answer to the query before.
	screen.engine.answer();
	t.deepEqual(screen.state().cursor.request, request);
	t.like(screen.press('j').state().view?.selected, {id: 3, index: 2});
});

test('a mark is requested once; each m sets a new one and keeps what is shown because of it', t => {
	const screen = drive({query: {sort: {field: 'state', descending: true}}, sockets: [makeSocket(1), makeSocket(2, {sinceMark: 'opened'}), makeSocket(3, {sinceMark: 'grown'})]});
	t.false('mark' in queryOf(screen.state()));
	screen.press('m');
	const first = queryOf(screen.state()).mark;
	t.is(first?.shown, 'all');
	t.regex(screen.state().notice ?? '', /^Marked \d\d:\d\d:\d\d: /v);
	screen.sample();
	screen.press('M');
	t.deepEqual(queryOf(screen.state()).mark, {number: first?.number ?? 0, shown: 'new'});
	t.is(screen.state().notice, undefined);
	t.deepEqual(shownIds(screen.state()), [2]);
	screen.press('mm');
	const last = queryOf(screen.state()).mark;
	t.is(last?.shown, 'new');
	t.not(last?.number, first?.number);
	t.deepEqual(queryOf(screen.press('M').state()).mark, {number: last?.number ?? 0, shown: 'all'});
	t.deepEqual(shownIds(screen.state()), [1, 2, 3]);
});

test('the difference has its own columns and order, and restores the previous ones', t => {
	const sort = {field: 'state', descending: true};
	const columns = ['state', 'rxRate', 'peer'];
	const screen = drive({query: {sort, columns}, sockets: [makeSocket(1), makeSocket(2, {sinceMark: 'opened'}), makeSocket(3, {sinceMark: 'grown'})]});
	screen.press('d');
	t.deepEqual(screen.state().columns, ['sinceMark', 'state', 'receivedSinceMark', 'peer', 'sentSinceMark']);
	t.deepEqual(shownIds(screen.state()), [3, 2]);
	screen.press('I');
	t.deepEqual(shownIds(screen.state()), [2, 3]);
	for (const leave of ['d', 'M', keys.escape]) {
		screen.press(leave);
		t.deepEqual(screen.state().columns, columns);
		t.deepEqual(screen.state().sort, sort);
		t.is(screen.state().mark?.shown, leave === 'M' ? 'new' : 'all');
		screen.press('d');
		t.is(screen.state().columns.length, 5);
	}
});

test('Esc shows all, then removes the cursor, then the mark', t => {
	const screen = drive();
	screen.press('Mj').press('Mm').press('M');
	t.is(screen.press(keys.escape).state().mark?.shown, 'all');
	screen.press('j');
	t.is(screen.press(keys.escape).state().view?.selected, undefined);
	t.true('mark' in queryOf(screen.state()));
	t.false('mark' in queryOf(screen.press(keys.escape).state()));
});
