import {defaultProtocols, protocolNames, type ProtocolName} from '../../table/columns/protocols.js';
import type {Classes} from '../query.js';
import type {CompiledFilter} from './predicate.js';

/** TCP and UDP have switches that people see: a filter that names them switches nothing on. */
const switched: ReadonlySet<ProtocolName> = new Set(defaultProtocols);

/** The classes with the protocols that a filter names besides: whoever types `unix` wants to see UNIX sockets. */
export const withNamed = (classes: Classes, {protocols: named}: CompiledFilter): Classes => named.every(name => switched.has(name))
	? classes
	: {
		...classes, protocols: protocolNames.filter(name => classes.protocols.includes(name) || (named.includes(name) && !switched.has(name))),
	};

/** The protocols that are sampled while so many are shown: TCP and UDP always, so that nothing that was known of them is forgotten by a toggle. */
export const withDefault = (shown: readonly ProtocolName[]): readonly ProtocolName[] => protocolNames.filter(name => switched.has(name) || shown.includes(name));
