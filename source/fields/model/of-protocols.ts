import type {ProtocolName} from '../../table/columns/protocols.js';
import type {FieldRecord} from './field.js';

/** Limits fields to sockets of these protocols. */
export const ofProtocols = (protocols: readonly ProtocolName[], fields: readonly FieldRecord[]): readonly FieldRecord[] =>
	fields.map(field => ({...field, protocols}));
