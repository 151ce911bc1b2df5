/** What a person sees in ten seconds: columns of the recorded web server, at widths from 60 to 300. */
import test from 'ava';
import {createTheme} from '../../source/screen/look/theme.js';
import {paintFrame} from '../../source/screen/paint/frame.js';
import {tableFit} from '../../source/screen/state/table-fit.js';
import {drive, type Driver} from './drive.js';
import {makeSocket, type FakeSocket} from './fake-engine.js';
import {keys} from './open-screen.js';
import {calmScene, webScene} from './web-scene.js';

const widths = [60, 80, 100, 120, 160, 200, 300] as const;

const textOf = (driver: Driver): string => paintFrame(driver.state(), {theme: createTheme('none')}).join('\n');

const shownIn = (driver: Driver): readonly string[] => tableFit(driver.state()).columns.map(({field}) => field.id);

const byState = {sort: {field: 'state', descending: false}} as const;

/** IPv4 addresses and ports of sockets; of a mapped address, the IPv4 part. */
const ipv4In = (sockets: readonly FakeSocket[]): readonly string[] => sockets.flatMap(({values: {local, peer}}) => [local, peer].map(String))
	.filter(text => text.includes('.'))
	.map(text => text.replace('[::ffff:', '').replace(']', ''));

/** As shown, without what is before and after a mapped address. */
const plainText = (text: string): string => text.replaceAll(/\[::ffff:|\u{2026}(?=\d+\.\d)/gv, '').replaceAll(']:', ':');

for (const [name, sockets] of [['with problems', webScene], ['without problems', calmScene]] as const) {
	test(`no IPv4 address is cut from 60 columns on: ${name}`, t => {
		for (let columns = 60; columns <= 300; columns++) {
			const text = plainText(textOf(drive({
				columns, rows: 40, sockets, query: byState,
			})));
			for (const endpoint of ipv4In(sockets)) {
				t.true(text.includes(`${endpoint} `) || text.includes(`${endpoint}\n`), `${endpoint} at ${columns} columns`);
			}
		}
	});
}

test('IPv4 addresses are not cut in the journal and the difference', t => {
	for (const columns of widths) {
		const entries = webScene.map(socket => ({...socket, values: {...socket.values, time: 1_700_000_000_000, event: 'closed'}}));
		const journal = drive({columns, rows: 40, sockets: webScene});
		journal.engine.sample({entries});
		journal.press('\t');
		const difference = drive({columns, rows: 40, sockets: webScene.map(socket => ({...socket, values: {...socket.values, sinceMark: 'opened'}}))}).press('md');
		for (const driver of [journal, difference]) {
			const text = plainText(textOf(driver));
			const missing = ipv4In(webScene).filter(endpoint => !text.includes(endpoint));
			t.deepEqual(missing, [], `${columns} columns`);
		}
	}
});

test('at any width, a table of connections shows the most important columns', t => {
	const columnsAt = (columns: number): readonly string[] => shownIn(drive({columns, sockets: calmScene, query: byState}));
	t.deepEqual(columnsAt(60), ['state', 'local', 'peer', 'process']);
	t.deepEqual(columnsAt(80), ['state', 'local', 'peer', 'rxRate', 'txRate', 'process']);
	t.deepEqual(columnsAt(100), ['state', 'local', 'peer', 'rxRate', 'txRate', 'rtt', 'age', 'process']);
	t.deepEqual(columnsAt(120), ['state', 'local', 'peer', 'rxRate', 'txRate', 'rtt', 'age', 'process']);
	t.deepEqual(columnsAt(200), ['state', 'local', 'peer', 'rxRate', 'txRate', 'rtt', 'age', 'process', 'command']);
});

test('the columns for health and queues appear with the first value, and stay', t => {
	const columnsAt = (columns: number): readonly string[] => shownIn(drive({columns, sockets: webScene, query: byState}));
	t.deepEqual(columnsAt(100), ['state', 'health', 'local', 'peer', 'rxRate', 'txRate', 'rtt', 'age', 'process']);
	t.deepEqual(columnsAt(160), ['state', 'health', 'recvQ', 'sendQ', 'local', 'peer', 'rxRate', 'txRate', 'rtt', 'age', 'process']);
	const driver = drive({columns: 160, sockets: calmScene, query: byState});
	t.false(shownIn(driver).includes('health'));
	driver.sample(webScene);
	const withAll = tableFit(driver.state()).columns.map(({field, width}) => [field.id, width]);
	for (let sample = 0; sample < 10; sample++) {
		driver.sample(calmScene);
		t.deepEqual(tableFit(driver.state()).columns.map(({field, width}) => [field.id, width]), withAll);
	}
});

test('widths stay while nothing relevant changes', t => {
	for (const columns of widths) {
		const driver = drive({columns, sockets: webScene, query: byState});
		const before = JSON.stringify(tableFit(driver.state()));
		for (let sample = 0; sample < 20; sample++) {
			driver.sample(webScene.map((socket, index) => ({...socket, values: {...socket.values, rxRate: (sample * 977 * index) % 90_000, age: sample * 1000}})));
			t.is(JSON.stringify(tableFit(driver.state())), before);
		}
	}
});

test('at 80 columns nothing in a row is cut', t => {
	const sockets = [makeSocket(1, {
		local: '192.0.2.10:443', peer: '198.51.100.219:56973', rxRate: 1126, txRate: 31_642, process: 'nginx/812',
	}, {established: true})];
	t.regex(textOf(drive({columns: 80, sockets, query: byState})), /^● ESTAB +192\.0\.2\.10:443 +198\.51\.100\.219:56973 +1\.1K +30\.9K +(?:\d+s +)?nginx\/812/mv);
});

test('columns that do not fit are counted, and Left and Right scroll to them', t => {
	const driver = drive({columns: 80, sockets: calmScene, query: byState});
	const heading = (): string => textOf(driver).split('\n').find(line => line.includes('Peer')) ?? '';
	t.regex(heading(), / \+2 ›$/v);
	driver.press(keys.right);
	t.regex(heading(), /^‹ .*Age/v);
	for (let count = 0; count < 5; count++) {
		driver.press(keys.right);
	}

	t.true(shownIn(driver).includes('rtt'));
	for (let count = 0; count < 6; count++) {
		driver.press(keys.left);
	}

	t.regex(heading(), /^ {2}St.* \+2 ›$/v);
});

test('one column has one form: of process names, of states, of numbers', t => {
	const text = (columns: number): string => textOf(drive({
		columns, rows: 40, sockets: webScene, query: byState,
	}));
	t.notRegex(text(100), /\w\/\d+ ⇄|⇄ \w+\/\d/v, 'no numbers where one pair has none');
	t.regex(text(300), /nginx\/87 ⇄ curl\/89/v);
	t.regex(text(300), / 1204\.5 /v);
	t.notRegex(text(300), / 0\.02 /v);
	t.regex(text(300), / 2\.4M /v);
	t.regex(text(60), / (?:ES|ESTAB) /v);
	t.notRegex(text(60), /\n.ES .*\n.*ESTAB/v);
});

test('UNIX sockets show no columns without values, and paths keep their end', t => {
	const path = '/run/systemd/very/long/path/that/has/no/room/anywhere/here/journal/stdout 12345';
	const sockets = [makeSocket(1, {
		protocol: 'u_str', state: 'ESTAB', local: path, peer: '* 12346', rxRate: undefined, txRate: undefined, rtt: undefined, process: 'systemd-journal/80',
	})];
	const driver = drive({columns: 100, sockets, query: {...byState, classes: {protocols: ['u_str'], families: [], states: []}}});
	t.deepEqual(shownIn(driver), ['protocol', 'state', 'local', 'peer', 'age', 'process']);
	t.true(textOf(driver).split(' ').some((word, at, words) => word.startsWith('…') && word.endsWith('journal/stdout') && words[at + 1] === '12345'));
});

test('on a quiet machine the header has no empty line, and sockets that listen on external addresses are marked', t => {
	const quiet = drive({columns: 100, sockets: []});
	quiet.engine.sample({summary: {states: [], protocols: {tcp: 0, udp: 0}}});
	t.deepEqual(textOf(quiet).split('\n').slice(0, 4).filter(line => line.trim() === ''), []);
	const listening = drive({columns: 100, sockets: [makeSocket(1, {state: 'LISTEN', local: '0.0.0.0:22'}, {open: true}), makeSocket(2, {state: 'LISTEN', local: '127.0.0.1:25'})]});
	t.regex(textOf(listening), /^◆ LISTEN +0\.0\.0\.0:22/mv);
	t.regex(textOf(listening), /^ {2}LISTEN +127\.0\.0\.1:25/mv);
});

test('closed rows are counted separately', t => {
	const driver = drive({columns: 100});
	driver.engine.sample({summary: {states: [], protocols: {tcp: 96, udp: 0}}});
	t.regex(textOf(driver), /96 sockets, 4 closed/v);
});
