import test from 'ava';
import {Family} from '../../../source/addresses/family.js';
import {createLocator, createSavedLocator, type Tuple} from '../../../source/sources/ss/locate.js';
import {Protocol} from '../../../source/table/columns/protocols.js';
import {SocketTable} from '../../../source/table/socket-table.js';
import {State} from '../../../source/table/columns/states.js';

class CountingTable extends SocketTable {
	finds = 0;

	override find(low: number, high: number): number {
		this.finds++;
		return super.find(low, high);
	}
}

const tupleOf = (inode: number): Tuple => ({
	protocol: Protocol.tcp, family: Family.inet, localAddress: new Uint8Array(16), peerAddress: new Uint8Array(16), localPort: 22, peerPort: 50_000, interfaceIndex: 0, inode,
});

const many = 3000;

test('rows with the same tuple are distinguished without a search through all of them for each', t => {
	const table = new CountingTable();
	const {locateTuple} = createLocator(table);
	const sample = (inodes: readonly number[]): readonly number[] => {
		table.begin(table.now + 1000);
		const slots = inodes.map(inode => {
			const slot = locateTuple(tupleOf(inode), undefined);
			table.setState(slot, Protocol.tcp, State.established);
			table.core.inode[slot] = inode;
			return slot;
		});
		table.end([]);
		return slots;
	};

	const alike = Array.from({length: many}, () => 0);
	const first = sample(alike);
	t.is(new Set(first).size, many);
	t.deepEqual(sample(alike), first, 'the n-th row is the same socket in each sample');
	t.true(table.finds < 2 * many * 12, String(table.finds));

	const other = new CountingTable();
	const held = createLocator(other);
	other.begin(1000);
	const slots = [...Array.from({length: 20}, (_, index) => index + 1), 3, 15, 20].map(inode => {
		const slot = held.locateTuple(tupleOf(inode), undefined);
		other.setState(slot, Protocol.tcp, State.established);
		other.core.inode[slot] = inode;
		return slot;
	});
	t.deepEqual(slots.slice(20), [slots[2], slots[14], slots[19]], 'a socket that a dump contains twice is one socket');
	t.is(new Set(slots).size, 20);
});

test('in saved text, equal rows are distinguished by their cookies, or by their order', t => {
	const table = new SocketTable();
	table.begin(0);
	const locator = createSavedLocator(table);
	const read = (isWithCookies: boolean): readonly number[] => {
		locator.startOutput();
		return Array.from({length: many}, (_, index) => {
			const slot = locator.locateTuple(tupleOf(0), isWithCookies ? [index + 1, 0] : undefined);
			table.setState(slot, Protocol.tcp, State.established);
			return slot;
		});
	};

	const first = read(true);
	t.is(new Set(first).size, many);
	t.deepEqual(read(true), first);
});
