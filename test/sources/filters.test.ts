import process from 'node:process';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {State} from '../../source/table/columns/states.js';
import {openScene, testInNamespace} from '../helpers/conntop.js';
import {filterCases, type FiltersResult} from './filter-cases.js';

const program = fileURLToPath(import.meta.resolve('./filters-program.ts'));

/** Random filters. */
const runs = 300;

testInNamespace('filters match the same sockets as in ss, with and without pushing a part down to the kernel', async t => {
	const scene = await openScene(t, 'filters');
	const {stdout, stderr, exitCode} = await scene.run(process.execPath, [`--import=${import.meta.resolve('tsx')}`, program, JSON.stringify({cases: filterCases, runs})]);
	t.is(exitCode, 0, stderr);
	const {differences, disagreements, counts, states, universe, pushed} = JSON.parse(stdout) as FiltersResult;
	t.deepEqual(differences, []);
	t.deepEqual(disagreements, []);
	t.true(universe > 40);
	// The scene has all states that the filters mention.
	const {established, synSent, synReceived, finWait1, finWait2, timeWait, unconnected, closeWait, lastAck, listen} = State;
	t.deepEqual(states.filter(state => state !== State.closing), [established, synSent, synReceived, finWait1, finWait2, timeWait, unconnected, closeWait, lastAck, listen]);
	t.true(pushed > runs / 4);
	for (const filter of ['sport = 8080', 'dst [::1]:443', 'dev = lo', 'fwmark = 0x1/0xf', 'autobound', 'src unix:*Db.sock', 'src link:ip:lo', 'src netlink:genl:5000002']) {
		t.true(counts[filter] > 0, filter);
	}
}, 'ss');

test('the cases cover every operator and predicate', t => {
	const words = new Set(filterCases.flatMap(({words: list}) => list));
	t.deepEqual(['src', 'dst', 'sport', 'dport', 'dev', 'fwmark', 'autobound', 'state', 'exclude', 'and', 'or', 'not', '&', '&&', '|', '||', '!', '('].filter(word => !words.has(word)), []);
});
