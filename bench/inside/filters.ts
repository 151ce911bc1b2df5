/** Compares a sample with `port 443` filtered in the kernel with a complete one. Prints the CPU time of each round, in ms, and bytes, as JSON. */
import process from 'node:process';
import {compileBytecode} from '../../source/netlink/bytecode.js';
import {openDiagSocket} from '../../source/netlink/diag-socket.js';
import {
	allStates,
	Attribute,
	bothFamiliesRequest,
	extensionBit,
} from '../../source/netlink/inet-request.js';
import {parseFilter} from '../../source/query/language/parse.js';
import {restrict} from '../../source/query/pushdown/push-down.js';
import {createNetlinkSource} from '../../source/sources/netlink/netlink.js';
import type {SampleRequest} from '../../source/sources/source.js';
import type {ProtocolName} from '../../source/table/columns/protocols.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {cpuOf} from '../measure/cpu.js';
import {takeTurns} from '../measure/statistics.js';

export type FilterFigures = {
	readonly rounds: {readonly restricted: readonly number[]; readonly whole: readonly number[]};
	readonly bytes: {readonly restricted: number; readonly whole: number};
	readonly sockets: {readonly restricted: number; readonly whole: number};
};

const rounds = Number(process.argv[2]);
const parsed = parseFilter('port 443');
const expression = 'expression' in parsed ? parsed.expression : undefined;
const restriction = (protocol: ProtocolName) => restrict(expression, protocol);
const protocols: ReadonlySet<ProtocolName> = new Set(['tcp']);

/** Takes a sample into a new table, as `conntop list` does. */
const list = async (request: Pick<SampleRequest, 'restrict'>): Promise<number> => {
	const table = new SocketTable();
	table.begin(0);
	const source = createNetlinkSource(table, {hasBoundInactive: false});
	const {complete} = await source.sample(table, {columns: new Set(), protocols, ...request});
	table.end(complete);
	source.close();
	return table.size;
};

const {condition, states} = restriction('tcp');
const bytesOf = (bytecode: Uint8Array | undefined): number => {
	const socket = openDiagSocket();
	const sequence = socket.nextSequence();
	const bytes = socket.discard(bothFamiliesRequest({states: states & allStates, extensions: extensionBit(Attribute.info), bytecode}, sequence), sequence);
	socket.close();
	return bytes;
};

const restricted = async (): Promise<number> => cpuOf(async () => list({restrict: restriction}));
const whole = async (): Promise<number> => cpuOf(async () => list({}));

// The first rounds let V8 compile.
await takeTurns(3, {restricted, whole});
const figures: FilterFigures = {
	rounds: await takeTurns(rounds, {restricted, whole}),
	bytes: {restricted: bytesOf(condition && compileBytecode(condition)), whole: bytesOf(undefined)},
	sockets: {restricted: await list({restrict: restriction}), whole: await list({})},
};
process.stdout.write(JSON.stringify(figures));
