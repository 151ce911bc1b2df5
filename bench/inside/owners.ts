/** Compares the owner search with the cost of `-p` in `ss`. Prints the CPU time of each round, in ms, as JSON. */
import process from 'node:process';
import {getOneMessage, sendMessage} from 'execa';
import {createProc} from '../../source/owners/create-proc.js';
import {createOwnerFinder, type OwnerFinder} from '../../source/owners/owner-finder.js';
import {createOwnerSets} from '../../source/owners/owner-sets.js';
import {createNetlinkSource} from '../../source/sources/netlink/netlink.js';
import type {Changes} from '../../source/table/changes.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {cpuOfCommand, splitCpuOf} from '../measure/cpu.js';
import {takeTurns} from '../measure/statistics.js';
import type {LoadRequest} from './run-inside.js';

export type OwnersFigures = {
	readonly first: readonly number[];
	/** `ss -p` minus `ss`. */
	readonly ss: readonly number[];
	readonly nothingNew: readonly number[];
	readonly someNew: readonly number[];
	/** The share of the kernel in each of the three: reading /proc. */
	readonly kernelShare: Readonly<Record<'first' | 'nothingNew' | 'someNew', number>>;
	/** Number of sockets, and how many have an owner after the first scan. */
	readonly sockets: number;
	readonly found: number;
	/** The same for the new sockets of the last round. */
	readonly newSockets: number;
	readonly newFound: number;
};

const [rounds = 0, replaced = 0] = process.argv.slice(2).map(Number);
const proc = await createProc();
const table = new SocketTable();
const source = createNetlinkSource(table, {hasBoundInactive: false});

const sample = async (): Promise<Changes> => {
	table.begin(performance.now());
	const {complete} = await source.sample(table, {columns: new Set()});
	return table.end(complete);
};

const createFinder = (): OwnerFinder => createOwnerFinder({proc, owners: createOwnerSets(), now: () => performance.now()});

/** Total and kernel time of all rounds, by what was measured. */
const spent = {first: {total: 0, kernel: 0}, nothingNew: {total: 0, kernel: 0}, someNew: {total: 0, kernel: 0}};

/** CPU time of a function, which is added to what was spent. */
const cpuFor = async (name: keyof typeof spent, work: () => unknown): Promise<number> => {
	const {total, kernel} = await splitCpuOf(work);
	spent[name].total += total;
	spent[name].kernel += kernel;
	return total;
};

const kernelShareOf = (name: keyof typeof spent): number => spent[name].kernel / spent[name].total;

const scanFirst = async (): Promise<[OwnerFinder, number]> => {
	table.core.owners.fill(0);
	const finder = createFinder();
	const opened = Array.from({length: table.used}, (_, slot) => slot).filter(slot => table.isUsed(slot));
	const cpu = await cpuFor('first', () => {
		finder.update(table, {opened, changed: [], closed: []}, Infinity);
	});
	return [finder, cpu];
};

const countFound = (slots: readonly number[]): number => slots.filter(slot => table.core.owners[slot] !== 0).length;

await sample();
const {first, ss} = await takeTurns(rounds, {
	async first() {
		const [, cpu] = await scanFirst();
		return cpu;
	},
	ss: () => cpuOfCommand('ss', ['-tanHp']) - cpuOfCommand('ss', ['-tanH']),
});

const [finder] = await scanFirst();
const open = Array.from({length: table.used}, (_, slot) => slot).filter(slot => table.isUsed(slot) && !table.isClosed(slot));
const found = countFound(open);

// The budget of the live view for the search after each sample. It must find the new owners within it.
const budget = 50;
const updates: Record<'nothingNew' | 'someNew', number[]> = {nothingNew: [], someNew: []};
let opened: readonly number[] = [];
/** As in `sample.ts`, the first rounds let V8 compile. */
const warmUp = 8;
for (let round = -warmUp; round < rounds; round++) {
	const quiet = await sample();
	const cpuOfUpdate = async (name: keyof typeof updates, changes: Changes): Promise<void> => {
		const update = (): void => {
			finder.update(table, changes, budget);
		};

		if (round < 0) {
			update();
		} else {
			updates[name].push(await cpuFor(name, update));
		}
	};

	await cpuOfUpdate('nothingNew', quiet);

	const request: LoadRequest = {replace: replaced};
	await sendMessage(request);
	await getOneMessage();
	const busy = await sample();
	({opened} = busy);
	await cpuOfUpdate('someNew', busy);
}

const figures: OwnersFigures = {
	first, ss, ...updates, kernelShare: {first: kernelShareOf('first'), nothingNew: kernelShareOf('nothingNew'), someNew: kernelShareOf('someNew')}, sockets: open.length, found, newSockets: opened.length, newFound: countFound(opened),
};
process.stdout.write(JSON.stringify(figures));
