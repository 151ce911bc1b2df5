import {readCell} from '../fields/model/cell.js';
import type {Field, FieldContext} from '../fields/model/field.js';
import {jsonValue, type JsonValue} from '../fields/model/format.js';
import {findField} from '../fields/registry.js';

/** Default fields in JSON and CSV. */
const basicIds = [
	'protocol',
	'state',
	'recvQ',
	'sendQ',
	'localAddress',
	'localPort',
	'peerAddress',
	'peerPort',
	'peerInode',
	'interface',
	'uid',
	'user',
	'inode',
	'cookie',
	'processes',
	'rtt',
	'bytesSent',
	'bytesReceived',
	'rxRate',
	'txRate',
] as const;

/** Returns the fields of a record: the chosen columns, or else the default fields and the requested details. */
export const recordFields = (columns: readonly Field[] | undefined, details: readonly Field[]): readonly Field[] => {
	const basic = basicIds.map(id => findField(id)).filter((field): field is Field => field !== undefined);
	return columns ?? [...new Set([...basic, ...details])];
};

/** Returns a socket as an object for JSON. The keys are field IDs; absent fields are left out. */
export const readRecord = (fields: readonly Field[], context: FieldContext, slot: number): Record<string, JsonValue> => {
	const record: Record<string, JsonValue> = {};
	for (const field of fields) {
		const value = jsonValue(field, readCell(field, context, slot));
		if (value !== undefined) {
			record[field.id] = value;
		}
	}

	return record;
};
