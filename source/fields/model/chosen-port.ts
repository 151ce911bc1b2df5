import {usualLocalPorts, type LocalPorts} from '../../names/local-ports.js';
import type {FieldContext} from './field.js';
import {readOptional} from './read.js';

/** The range of local ports that the kernel chooses from in a network namespace (`ip_local_port_range`). */
export const localPortsIn = ({localPorts}: FieldContext, namespace: number): LocalPorts => localPorts?.(namespace) ?? usualLocalPorts;

const isInLocalRange = (context: FieldContext, slot: number): boolean => {
	const {localPort, namespace} = context.table.core;
	const {from, to} = localPortsIn(context, namespace[slot]);
	return localPort[slot] >= from && localPort[slot] <= to;
};

/**
Returns 1 if a program asked for the local port of a socket, 0 if the kernel chose it. Undefined if the source does not report it, and for connections that a
listener accepted: they have the listener's port.
*/
export const readPortAsked = (context: FieldContext, slot: number): number | undefined => {
	const value = readOptional(context, slot, 'portAsked');
	return value === 0 && !isInLocalRange(context, slot) ? undefined : value;
};
