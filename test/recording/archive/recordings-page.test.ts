import fs from 'node:fs';
import test from 'ava';
import {openRecording} from '../../../source/recording/archive/recording.js';
import {openDatabase} from '../../../source/recording/store/sqlite.js';

const folder = 'test/fixtures/recordings/version-1';
const file = `${folder}/20261127T031200.000Z-1a2b3c4d.conntop`;

test('the recording of version 1 opens: all later versions must read it', t => {
	const recording = openRecording(folder);
	t.is(recording.positions.length, 10);
	t.is(recording.hostname, 'tester');
	for (const position of recording.positions) {
		t.is(recording.stateAt(position).number, position.moment.number);
	}

	t.is(recording.lives(0, Infinity).length, 38);
	t.deepEqual(recording.losses, []);
	recording.close();
});

test('the queries of docs/recordings.md run and return rows', t => {
	const queries = fs.readFileSync('docs/recordings.md', 'utf8').matchAll(/```sql\n(?<query>.*?)```/gsv).map(({groups}) => groups?.query ?? '').toArray();
	t.is(queries.length, 5);
	const database = openDatabase(file, {isReadOnly: true});
	const answers = queries.map(query => database.prepare(query.replaceAll('2026-11-27T03:12:00Z', '2026-11-27T03:12:05Z')).all());
	database.close();
	const [connected, programs, failures, fresh, minutes] = answers;
	t.is(connected.length, 1);
	t.like(connected[0], {process: 'nginx', local_port: 443});
	t.like(programs, [{process: 'nginx', connections: 38}]);
	// The recorded connections have no failures.
	t.is(failures.length, 0);
	t.true(fresh.length > 0);
	t.deepEqual(minutes.map(({minute, sockets}) => [minute, sockets]), [['2026-11-27T03:12', 20]]);
});

test('docs/recordings.md names all columns of the views', t => {
	const page = fs.readFileSync('docs/recordings.md', 'utf8');
	const database = openDatabase(file, {isReadOnly: true});
	for (const view of ['connection', 'moment']) {
		for (const {name} of database.prepare(`PRAGMA table_info(${view})`).all()) {
			t.true(page.includes(`\`${String(name)}\``), `${view}.${String(name)}`);
		}
	}

	database.close();
});
