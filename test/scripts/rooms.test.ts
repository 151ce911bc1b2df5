import test from 'ava';
import {problemsOfRooms, type SourceFile} from '../../scripts/room-checks.js';
import {withRooms} from '../../scripts/rooms-table.js';
import type {Room} from '../../scripts/rooms.js';

const rooms: readonly Room[] = [
	{
		room: 'source/table/health', idea: 'What is wrong', mayImport: [], outside: ['node:buffer'],
	},
	{room: 'source/table', idea: 'Sockets', mayImport: ['source/table/health']},
];

const files: readonly SourceFile[] = [
	{file: 'source/table/a.ts', imports: ['source/table/b.ts', 'source/table/health/c.ts']},
	{file: 'source/table/b.ts', imports: []},
	{file: 'source/table/health/c.ts', imports: ['node:buffer']},
];

test('a correct list has no problems', t => {
	t.deepEqual(problemsOfRooms(rooms, files), []);
});

test('reports a folder that is not listed, and one that does not exist', t => {
	t.deepEqual(problemsOfRooms(rooms, [...files, {file: 'source/new/a.ts', imports: []}]), ['source/new is missing in scripts/rooms.ts.']);
	t.deepEqual(problemsOfRooms([...rooms, {room: 'source/old', idea: '', mayImport: []}], files), ['scripts/rooms.ts lists source/old, which has no files.']);
});

test('reports the 31st file of a folder', t => {
	const more = Array.from({length: 29}, (_, index) => ({file: `source/table/more${index}.ts`, imports: []}));
	t.deepEqual(problemsOfRooms(rooms, [...files, ...more.slice(1)]), []);
	t.deepEqual(problemsOfRooms(rooms, [...files, ...more]), ['source/table has 31 files; 30 are allowed. Divide it into subfolders.']);
});

test('reports an import of a later room', t => {
	t.deepEqual(problemsOfRooms(rooms.toReversed(), files), [
		'source/table may import \'source/table/health\', which is not before it in scripts/rooms.ts.',
	]);
});

test('reports unused permissions', t => {
	t.deepEqual(problemsOfRooms(rooms, [{file: 'source/table/a.ts', imports: []}, {file: 'source/table/health/c.ts', imports: []}]), [
		'source/table/health may import \'node:buffer\', but does not. Remove that from scripts/rooms.ts.',
		'source/table may import \'source/table/health\', but does not. Remove that from scripts/rooms.ts.',
	]);
});

test('replaces the table between its marks', t => {
	const page = 'before\n<!-- Rooms: made by `npm run docs`; a test fails when they are stale. -->\nstale\n<!-- End of the rooms. -->\nafter\n';
	const written = withRooms(page);
	t.regex(written, /^before\n<!-- Rooms: .* -->\n\n\| Room \|.*\n\n<!-- End of the rooms\. -->\nafter\n$/sv);
	t.is(withRooms(written), written);
	t.throws(() => withRooms('before\nafter\n'), {message: /lacks the lines/v});
});
