import type {ProtocolName} from '../../table/columns/protocols.js';
import type {FieldRecord} from './field.js';

/** Fields that only sockets of these protocols have. */
export const ofProtocols = (protocols: readonly ProtocolName[], fields: readonly FieldRecord[]): readonly FieldRecord[] =>
	fields.map(field => ({...field, protocols}));
