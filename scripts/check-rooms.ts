/** Checks what the files of source/ import (`npm run rooms`): the rules of dependency-cruiser, and the list of rooms from which they are made. */
import process from 'node:process';
import type {ICruiseResult, IModule} from 'dependency-cruiser';
import {execa} from 'execa';
import {problemsOfRooms, type SourceFile} from './room-checks.js';
import {rooms} from './rooms.js';

const {stdout} = await execa('depcruise', ['source', '--output-type', 'json'], {preferLocal: true, reject: false, maxBuffer: 1e9});
const {modules, summary} = JSON.parse(stdout) as ICruiseResult;

/** The files of source/ by path, except the generated parser. */
const files = new Map(modules.filter(({source}) => source.startsWith('source/') && source !== 'source/query/grammar/grammar.js').map(module => [module.source, module]));

const toSourceFile = ({source, dependencies}: IModule): SourceFile => ({
	file: source,
	imports: dependencies.map(({coreModule, module, resolved}) => coreModule ? `node:${resolved}` : (resolved.startsWith('source/') ? resolved : module)),
});

const problems = [
	...summary.violations.map(({rule, from, to, cycle}) =>
		`${rule.name}: ${[from, ...(cycle?.map(({name}) => name) ?? [to].filter(file => file !== from))].join(' → ')}`),
	...problemsOfRooms(rooms, files.values().map(module => toSourceFile(module)).toArray()),
];

if (problems.length > 0) {
	process.stderr.write(`${problems.join('\n')}\n`);
	process.exitCode = 1;
}
