import {usualLocalPorts, type LocalPorts} from '../../names/local-ports.js';
import type {World} from './field.js';
import {readOptional} from './read.js';

/** The range of local ports that the kernel chooses from in a network namespace (`ip_local_port_range`). */
export const localPortsIn = ({localPorts}: World, namespace: number): LocalPorts => localPorts?.(namespace) ?? usualLocalPorts;

const isInLocalRange = (world: World, slot: number): boolean => {
	const {localPort, namespace} = world.table.core;
	const {from, to} = localPortsIn(world, namespace[slot]);
	return localPort[slot] >= from && localPort[slot] <= to;
};

/**
Returns 1 if a program asked for the local port of a socket, 0 if the kernel chose it. Undefined if the source does not report it, and for connections that a
listener accepted: they have the listener's port.
*/
export const readPortAsked = (world: World, slot: number): number | undefined => {
	const value = readOptional(world, slot, 'portAsked');
	return value === 0 && !isInLocalRange(world, slot) ? undefined : value;
};
