/** Prints one netlink sample in the format of `ss -Htnau`. A test runs it inside a namespace. */
import {findField} from '../../source/fields/registry.js';
import {createOwnerSets} from '../../source/owners/owner-sets.js';
import {readCell} from '../../source/fields/model/cell.js';
import {formatValue} from '../../source/fields/model/format.js';
import {createNetlinkSource} from '../../source/sources/netlink/netlink.js';
import {SocketTable} from '../../source/table/socket-table.js';

const table = new SocketTable();
const source = createNetlinkSource(table, {hasBoundInactive: false});
table.begin(0);
const {complete} = await source.sample(table, {columns: new Set()});
table.end(complete);
const context = {
	table, owners: createOwnerSets(), userName: () => undefined, namespace: () => undefined, interfaceName: (index: number) => index === 1 ? 'lo' : undefined, cgroupPath: () => undefined,
};
const fields = ['protocol', 'state', 'recvQ', 'sendQ', 'local', 'peer'].map(id => findField(id));
for (let slot = 0; slot < table.used; slot++) {
	// `ss` prints the wildcard of a dual-stack socket as an asterisk.
	const cells = fields.map(field => field === undefined ? '' : formatValue(field, readCell(field, context, slot)));
	console.log(cells.join(' ').replaceAll('[::]:', '*:'));
}

source.close();
