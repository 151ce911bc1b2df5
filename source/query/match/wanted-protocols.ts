import {defaultProtocols, protocolNames, type ProtocolName} from '../../table/columns/protocols.js';
import type {Classes} from '../query.js';
import type {CompiledFilter} from './predicate.js';

/** TCP and UDP have visible toggles: a filter that names them does not switch them on. */
const toggled: ReadonlySet<ProtocolName> = new Set(defaultProtocols);

/** Returns the classes, extended by the protocols that a filter names: a user who types `unix` wants to see UNIX sockets. */
export const withNamedProtocols = (classes: Classes, {protocols: named}: CompiledFilter): Classes => named.every(name => toggled.has(name))
	? classes
	: {
		...classes, protocols: protocolNames.filter(name => classes.protocols.includes(name) || (named.includes(name) && !toggled.has(name))),
	};

/** Returns the protocols to sample while `shown` are shown: TCP and UDP always, so that a toggle forgets nothing. */
export const withDefault = (shown: readonly ProtocolName[]): readonly ProtocolName[] => protocolNames.filter(name => toggled.has(name) || shown.includes(name));
