/**
Evaluates each filter for the scene in `filter-scene.ts` three times: with the table, with the kernel (by what is pushed down to it), and with `ss`. Prints
the differences as JSON. The first argument has the filters.

TIME-WAIT ends after a minute, possibly in between, so a difference counts only if the scene has not changed meanwhile.
*/
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import fc from '../helpers/property.js';
import type {FieldContext} from '../../source/fields/model/field.js';
import {createOwnerSets} from '../../source/owners/owner-sets.js';
import {readOptional} from '../../source/fields/model/read.js';
import {readLocalPorts} from '../../source/names/local-ports.js';
import {compileBytecode} from '../../source/netlink/bytecode.js';
import type {Expression} from '../../source/query/language/expression.js';
import {parseFilter} from '../../source/query/language/parse.js';
import {compileFilter} from '../../source/query/match/predicate.js';
import {predicateOf} from '../../source/query/match/selection-filter.js';
import {printFilter} from '../../source/query/language/print.js';
import {restrict} from '../../source/query/pushdown/push-down.js';
import {createNetlinkSource} from '../../source/sources/netlink/netlink.js';
import type {SampleReport} from '../../source/sources/source.js';
import {Family} from '../../source/addresses/family.js';
import {
	protocolGroups,
	protocolNames,
	protocols,
	type ProtocolName,
} from '../../source/table/columns/protocols.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {State} from '../../source/table/columns/states.js';
import {netlinkName} from '../../source/text/netlink-names.js';
import {didPass, type Entry} from '../netlink/bytecode-interpreter.js';
import {sceneExpressions} from '../query/arbitraries.js';
import type {FilterCase, FiltersResult} from './filter-cases.js';
import {makeFilterScene} from './filter-scene.js';

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'filters-'));
makeFilterScene(directory);

const tcpAndUdp: readonly ProtocolName[] = ['tcp', 'udp'];
const all: readonly ProtocolName[] = [...tcpAndUdp, ...protocolGroups.unix, ...protocolGroups.packet, ...protocolGroups.netlink];

type Sampled = {readonly context: FieldContext; readonly report: SampleReport};

const source = (table: SocketTable) => createNetlinkSource(table, {hasBoundInactive: true});

const sampleInto = async (restriction?: Parameters<ReturnType<typeof source>['sample']>[1]['restrict'], names = all): Promise<Sampled> => {
	const table = new SocketTable();
	const columns = new Set(['mark', 'portAsked', 'cgroupId', 'lastDataSent', 'lastDataReceived'] as const);
	table.setOptionalColumns(columns);
	table.begin(0);
	const opened = source(table);
	const report = await opened.sample(table, {columns, protocols: new Set(names), ...(restriction && {restrict: restriction})});
	opened.close();
	table.end(report.complete);
	const interfaceName = (index: number): string | undefined => index === 1 ? 'lo' : undefined;
	return {
		context: {
			table, owners: createOwnerSets(), userName: () => undefined, interfaceName, namespace: () => undefined, cgroupPath: () => undefined, localPorts: () => readLocalPorts(),
		},
		report,
	};
};

/** The identity of a socket here and in the rows of `ss`: UNIX and netlink sockets by their names, others by their cookies. */
const keyOf = ({table: {core, texts}}: FieldContext, slot: number): string => {
	const {domain} = protocols[core.protocol[slot]];
	if (domain === 'unix') {
		return `unix ${core.inode[slot]}`;
	}

	return domain === 'netlink' ? `netlink ${texts.of(core.localName[slot])}` : (BigInt(core.cookieHigh[slot]) << 32n | BigInt(core.cookieLow[slot])).toString(16);
};

const slotsOf = ({table}: FieldContext): readonly number[] => Array.from({length: table.used}, (_, slot) => slot).filter(slot => table.isUsed(slot));

const parse = (text: string, shown: readonly ProtocolName[] = tcpAndUdp): Expression => {
	const parsed = parseFilter(text, {services: name => name === 'http-alt' ? [8080] : undefined, hosts: () => ['127.0.0.1', '::1']}, shown);
	if ('problem' in parsed || parsed.expression === undefined) {
		throw new Error(`${text}: ${'problem' in parsed ? parsed.problem.message : 'empty'}`);
	}

	return parsed.expression;
};

const select = (expression: Expression, context: FieldContext): readonly string[] => {
	const matches = predicateOf(compileFilter(expression).bind(context));
	return slotsOf(context).filter(slot => matches(slot)).map(slot => keyOf(context, slot)).toSorted();
};

/** The matching sockets, each with its peer's socket, because rows show both. */
const selectPairs = (expression: Expression, context: FieldContext): readonly string[] => {
	const matches = predicateOf(compileFilter(expression).bind(context));
	const peerKey = (peer: number): string => peer === -1 ? '' : keyOf(context, peer);
	return slotsOf(context).filter(slot => matches(slot)).map(slot => `${keyOf(context, slot)} ${peerKey(context.table.pairs.otherEnd(slot))}`).toSorted();
};

/** Output goes through a file, because a pipe to a child would add a pair of UNIX sockets. */
const runSs = (words: readonly string[]): readonly string[] => {
	const output = path.join(directory, 'output');
	const descriptor = fs.openSync(output, 'w');
	const {status} = spawnSync('ss', ['-Hne', ...words], {stdio: ['ignore', descriptor, 'ignore']});
	fs.closeSync(descriptor);
	if (status !== 0) {
		return [`ss ended with ${status}`];
	}

	return fs.readFileSync(output, 'utf8').split('\n').filter(line => /^\w/v.test(line)).map(line => {
		const unix = /^u_\w+\s.*?\s(?<inode>\d+)\s+\*\s\d+/v.exec(line)?.groups?.inode;
		const [, protocol, port] = /^nl\s+\S+\s+\d+\s+\d+\s+(?<protocol>\d+):(?<port>\d+)\s/v.exec(line) ?? [];
		const [, cookie] = /\ssk:(?<cookie>[\da-f]+)/v.exec(line) ?? [];
		return unix === undefined ? (protocol === undefined ? cookie ?? line : `netlink ${netlinkName(Number(protocol), Number(port))}`) : `unix ${unix}`;
	});
};

const {cases, runs} = JSON.parse(process.argv[2]) as {readonly cases: readonly FilterCase[]; readonly runs: number};
let whole = await sampleInto();
let {context: inetWhole} = await sampleInto(undefined, tcpAndUdp);
const firstStates = [...new Set(slotsOf(inetWhole).map(slot => inetWhole.table.core.state[slot]))].toSorted((a, b) => a - b);

/** The sockets of a sample with their states. */
const sceneOf = (context: FieldContext): string => slotsOf(context).map(slot => `${keyOf(context, slot)} ${context.table.core.state[slot]}`).toSorted().join('\n');

const ours = new Set(slotsOf(whole.context).map(slot => keyOf(whole.context, slot)));
// With at least two tables, `ss` prints the table of each row. It also lists the netlink sockets of its own process.
const theirs = new Set([...runSs(['-a', '-t', '-u']), ...runSs(['-a', '-x', '-t']), ...runSs(['-a', '-0', '-t']), ...runSs(['-a', '-f', 'netlink', '-t'])]);
const universe = new Set<string>();
for (const key of ours) {
	if (theirs.has(key)) {
		universe.add(key);
	}
}

const known = (keys: readonly string[]): readonly string[] => [...new Set(keys)].filter(key => universe.has(key) || key.startsWith('ss ended')).toSorted();

type Difference = {readonly filter: string; readonly ours: readonly string[]; readonly theirs: readonly string[]};

const compare = async (filterCase: FilterCase): Promise<Difference> => {
	const {filter, tables = ['-t', '-u'], words, protocols: names = tcpAndUdp} = filterCase;
	const expression = parse(`(${names.join(' or ')}) (${filter})`, names);
	const mine = known(select(expression, whole.context));
	const others = known(runSs([...words.some(word => word === 'state' || word === 'exclude') ? [] : ['-a'], ...tables, ...words]));
	if (mine.join(' ') !== others.join(' ')) {
		const before = sceneOf(whole.context);
		whole = await sampleInto();
		if (sceneOf(whole.context) !== before) {
			return compare(filterCase);
		}
	}

	return {filter, ours: mine, theirs: others};
};

const differences: Difference[] = [];
for (const filterCase of cases) {
	differences.push(await compare(filterCase));
}

const bytesOf = (column: Uint8Array, slot: number, family: number): Uint8Array => column.slice(slot * 16, slot * 16 + (family === Family.inet ? 4 : 16));

const entryOf = (context: FieldContext, slot: number): Entry => {
	const {table} = context;
	const {core} = table;
	return {
		family: core.family[slot],
		local: bytesOf(core.localAddress, slot, core.family[slot]), peer: bytesOf(core.peerAddress, slot, core.family[slot]),
		localPort: core.localPort[slot], peerPort: core.peerPort[slot],
		interfaceIndex: core.interfaceIndex[slot], mark: readOptional(context, slot, 'mark') ?? 0,
		cgroup: BigInt(readOptional(context, slot, 'cgroupId') ?? 0), isAutobound: table.optional('portAsked')?.[slot] !== 1,
	};
};

/** Checks that the interpreter accepts the sockets that the kernel accepts, by protocol and family. */
const interpret = (expression: Expression, context: FieldContext): readonly string[] => slotsOf(context).filter(slot => {
	const protocol = protocolNames[context.table.core.protocol[slot]];
	const {families, states, condition} = restrict(expression, protocol);
	const program = condition && compileBytecode(condition);
	// Listeners are added without the filter.
	return (families as readonly number[]).includes(context.table.core.family[slot])
		&& ((protocol === 'tcp' && context.table.core.state[slot] === State.listen)
			|| (((states >>> context.table.core.state[slot]) & 1) === 1 && (program === undefined || didPass(program, entryOf(context, slot)))));
}).map(slot => keyOf(context, slot)).toSorted();

const disagreements: Array<FiltersResult['disagreements'][number]> = [];
let pushed = 0;
const check = async (expression: Expression): Promise<void> => {
	const {context, report} = await sampleInto(protocol => restrict(expression, protocol), tcpAndUdp);
	const keys = slotsOf(context).map(slot => keyOf(context, slot)).toSorted();
	const isKernelLikeInterpreter = JSON.stringify(keys) === JSON.stringify(interpret(expression, inetWhole));
	const isSameResult = JSON.stringify(selectPairs(expression, context)) === JSON.stringify(selectPairs(expression, inetWhole));
	const isPushed = keys.length < inetWhole.table.size;
	if (!isKernelLikeInterpreter || !isSameResult || report.problems.length > 0) {
		const before = sceneOf(inetWhole);
		({context: inetWhole} = await sampleInto(undefined, tcpAndUdp));
		if (sceneOf(inetWhole) !== before) {
			return check(expression);
		}

		disagreements.push({
			filter: printFilter(expression), isKernelLikeInterpreter, isSameResult, problems: report.problems,
		});
	}

	pushed += isPushed ? 1 : 0;
};

for (const {filter, protocols: names} of cases) {
	await check(parse(filter, names));
}

for (const expression of fc.sample(sceneExpressions, {numRuns: runs})) {
	await check(expression);
}

const result: FiltersResult = {
	differences: differences.filter(({ours: mine, theirs: others}) => mine.join(' ') !== others.join(' ')),
	counts: Object.fromEntries(differences.map(({filter, ours: mine}) => [filter, mine.length])),
	states: firstStates,
	universe: universe.size,
	disagreements,
	pushed,
};
fs.rmSync(directory, {recursive: true, force: true});
process.stdout.write(`${JSON.stringify(result)}\n`);
