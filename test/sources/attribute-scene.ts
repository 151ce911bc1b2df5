/** Opens sockets with many kinds of options, and prints what the netlink source and `ss` show of them at the same moment. A test runs it inside a namespace. */
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {readCell} from '../../source/fields/model/cell.js';
import {createOwnerSets} from '../../source/owners/owner-sets.js';
import {formatValue} from '../../source/fields/model/format.js';
import {findField} from '../../source/fields/registry.js';
import {createCgroupNames} from '../../source/names/cgroups.js';
import {createNetlinkSource} from '../../source/sources/netlink/netlink.js';
import {optionalColumns, type OptionalColumn} from '../../source/table/columns/columns.js';
import {protocolGroups, type ProtocolName} from '../../source/table/columns/protocols.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {openRichScene} from '../helpers/rich-scene.js';
import {optionalOf, slotsOf} from '../helpers/ss-replay.js';
import {coreNames, textNames, type SceneReport} from './scene-columns.js';

const fieldIds = ['cookie', 'shutdown', 'tos', 'trafficClass', 'classId', 'mark', 'v6Only', 'congestion', 'socketOptions', 'cgroup'] as const;

const {directory, hasMultipath} = await openRichScene();
const output = path.join(directory, 'output');

/** Output goes through a file, because a pipe to a child would add a pair of UNIX sockets. */
const ss = (): string => {
	const descriptor = fs.openSync(output, 'w');
	spawnSync('ss', ['-Htuxw0aneimob', ...(hasMultipath ? ['-M'] : []), '--tos', '--cgroup', '--inet-sockopt', '-O'], {stdio: ['ignore', descriptor, 'ignore']});
	fs.closeSync(descriptor);
	return fs.readFileSync(output, 'utf8');
};

const protocols = new Set<ProtocolName>(['tcp', 'udp', ...protocolGroups.unix, ...protocolGroups.packet, ...(hasMultipath ? ['mptcp'] as const : [])]);

/** The columns that do not change by themselves. */
const steady = (text: string): string => text.replaceAll(/(?:lastsnd|lastrcv|lastack|timer|busy|rto|ato|rwnd_limited|last_data_sent|last_data_recv|last_ack_recv):\S+/gv, '');

const table = new SocketTable();
const columns = new Set(Object.keys(optionalColumns) as OptionalColumn[]);
const source = createNetlinkSource(table, {hasBoundInactive: false});
const cgroups = createCgroupNames();
let text = ss();
for (;;) {
	table.setOptionalColumns(columns);
	table.begin(performance.now());
	const {complete} = await source.sample(table, {columns, protocols});
	table.end(complete);
	const before = text;
	text = ss();
	if (steady(text) === steady(before)) {
		break;
	}
}

const context = {
	table, owners: createOwnerSets(), userName: () => undefined, namespace: () => undefined, interfaceName: () => undefined, cgroupPath: cgroups.path,
};
const report: SceneReport = {
	text,
	sockets: slotsOf(table).map(slot => ({
		core: Object.fromEntries(coreNames.map(name => [name, table.core[name][slot]])) as SceneReport['sockets'][number]['core'],
		names: textNames.map(name => table.texts.of(table.column(name)?.[slot] ?? 0)),
		cells: Object.fromEntries(fieldIds.map(id => {
			const field = findField(id);
			return [id, field === undefined ? '' : formatValue(field, readCell(field, context, slot))];
		})),
		columns: optionalOf(table, slot),
	})),
};
process.stdout.write(JSON.stringify(report));
fs.rmSync(directory, {recursive: true});
// eslint-disable-next-line unicorn/no-process-exit -- this is a program.
process.exit();
