import type {FieldContext} from '../../source/fields/model/field.js';
import {findField} from '../../source/fields/registry.js';
import {Life} from '../../source/table/columns/columns.js';
import {closeReasons} from '../../source/table/close-reasons.js';
import {eventNames, type JournalTable} from '../../source/table/journal-table.js';
import {protocolNames} from '../../source/table/columns/protocols.js';
import {stateName} from '../../source/table/columns/states.js';
import {formatAddress} from '../../source/addresses/address.js';

/** An entry of the journal. Unknown values are absent. */
export type EntryRecord = {
	readonly event: string;
	readonly time: number;
	readonly socket: number;
	readonly protocol: string;
	readonly state: string;
	readonly previousState?: string;
	readonly local: string;
	readonly peer: string;
	readonly localPort: number;
	readonly peerPort: number;
	readonly owners: number;
	readonly bytesSent?: number;
	readonly bytesReceived?: number;
	readonly lived?: number;
	readonly ended?: string;
	readonly shortLived?: true;
};

/** Reads the entries, oldest first. */
export const readEntries = (table: JournalTable): readonly EntryRecord[] => {
	const {core} = table;
	const slots = Array.from({length: table.used}, (_, slot) => slot).filter(slot => table.isUsed(slot)).toSorted((a, b) => core.id[a] - core.id[b]);
	const lived = findField('lived');
	return slots.map(slot => {
		const [sent, received] = [core.bytesSent[slot], core.bytesReceived[slot]];
		const duration = lived?.kind === 'number' ? lived.read({table, entries: table} as unknown as FieldContext, slot) : undefined;
		const isInet = core.localName[slot] === 0 && core.family[slot] !== 0;
		return {
			event: eventNames[table.event[slot]],
			time: table.time[slot],
			socket: table.socket[slot],
			protocol: protocolNames[core.protocol[slot]],
			state: stateName(core.state[slot]),
			...(eventNames[table.event[slot]] === 'changed' && {previousState: stateName(table.previousState[slot])}),
			local: isInet ? formatAddress(core.localAddress, slot * 16, core.family[slot]) : table.texts.of(core.localName[slot]),
			peer: isInet ? formatAddress(core.peerAddress, slot * 16, core.family[slot]) : table.texts.of(core.peerName[slot]),
			localPort: core.localPort[slot],
			peerPort: core.peerPort[slot],
			owners: core.owners[slot],
			...(!Number.isNaN(sent) && {bytesSent: sent}),
			...(!Number.isNaN(received) && {bytesReceived: received}),
			...(duration !== undefined && {lived: duration}),
			...(table.ended[slot] !== 0 && {ended: closeReasons[table.ended[slot]]}),
			...((core.life[slot] & Life.shortLived) !== 0 && {shortLived: true}),
		};
	});
};
