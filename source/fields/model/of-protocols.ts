import type {ProtocolName} from '../../table/protocols.js';
import type {Field} from './field.js';

/** Fields that only sockets of these protocols have. */
export const ofProtocols = (protocols: readonly ProtocolName[], fields: readonly Field[]): readonly Field[] =>
	fields.map(field => ({...field, protocols}));
