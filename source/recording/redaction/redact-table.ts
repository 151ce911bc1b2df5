/** Replaces everything in a table that identifies people and machines by pseudonyms. */
import {Family} from '../../addresses/family.js';
import type {FieldContext} from '../../fields/model/field.js';
import type {OwnerStore} from '../../owners/owner-sets.js';
import {Life, textColumns, type ColumnName} from '../../table/columns/columns.js';
import {protocols} from '../../table/columns/protocols.js';
import type {Pseudonyms} from './pseudonyms.js';

/** Columns that are kept or handled separately: texts of the kernel, which are the same on every machine, names and cgroups. */
const harmless: ReadonlySet<ColumnName> = new Set<ColumnName>(['congestion', 'ulp', 'localName', 'peerName', 'cgroup']);

/** Replaces each name of a cgroup path; suffixes of systemd stay. */
export const redactCgroup = (path: string, {name}: Pseudonyms): string => path.split('/').map(part => {
	const suffix = /\.(?:service|scope|slice)$/v.exec(part)?.[0] ?? '';
	return part === '' ? '' : name(suffix === '' ? 'cgroup' : 'unit', part) + suffix;
}).join('/');

/** Replaces the names that a context returns for numbers. */
export const redactNames = (context: FieldContext, pseudonyms: Pseudonyms, owners: OwnerStore): FieldContext => ({
	...context,
	owners,
	userName(uid) {
		const name = context.userName(uid);
		return name === undefined ? undefined : pseudonyms.name('user', name);
	},
	interfaceName(index, namespace) {
		const name = context.interfaceName(index, namespace);
		return name === undefined || name === 'lo' ? name : pseudonyms.name('interface', name);
	},
	namespace(number) {
		const identity = context.namespace(number);
		return identity && {...identity, name: pseudonyms.name('namespace', identity.name)};
	},
	cgroupPath(id) {
		const path = context.cgroupPath(id);
		return path === undefined ? undefined : redactCgroup(path, pseudonyms);
	},
});

/**
Replaces the names and addresses in all rows.

@param context Context of the table. The table must be filled again before the next call.
@param owners Stores the redacted owner lists.
*/
export const redactTable = ({table, owners: original}: FieldContext, pseudonyms: Pseudonyms, owners: OwnerStore): void => {
	const {core, texts} = table;
	const cgroup = table.optional('cgroup');
	const others = textColumns.filter(name => !harmless.has(name)).map(name => table.column(name)).filter(column => column !== undefined);
	for (let slot = 0; slot < table.used; slot++) {
		if ((core.life[slot] & Life.used) === 0) {
			continue;
		}

		const {domain} = protocols[core.protocol[slot]];
		if (domain === 'inet' || domain === 'smc') {
			const length = core.family[slot] === Family.inet6 ? 16 : 4;
			pseudonyms.address(core.localAddress, slot * 16, length);
			pseudonyms.address(core.peerAddress, slot * 16, length);
		}

		core.localName[slot] = texts.intern(pseudonyms.name('name', texts.of(core.localName[slot])));
		core.peerName[slot] = texts.intern(pseudonyms.name('name', texts.of(core.peerName[slot])));
		core.owners[slot] = owners.intern(original.of(core.owners[slot]).map(owner => ({...owner, name: pseudonyms.name('process', owner.name)})));
		if (cgroup !== undefined && cgroup[slot] !== 0) {
			cgroup[slot] = texts.intern(redactCgroup(texts.of(cgroup[slot]), pseudonyms));
		}

		for (const column of others) {
			column[slot] = 0;
		}
	}
};
