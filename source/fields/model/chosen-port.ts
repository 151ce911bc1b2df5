import {usualLocalPorts, type LocalPorts} from '../../names/local-ports.js';
import type {World} from './field.js';
import {readOptional} from './read.js';

/** The local ports that the kernel chooses from in a network namespace. */
export const localPortsIn = ({localPorts}: World, namespace: number): LocalPorts => localPorts?.(namespace) ?? usualLocalPorts;

const isInLocalRange = (world: World, slot: number): boolean => {
	const {localPort, namespace} = world.table.core;
	const {from, to} = localPortsIn(world, namespace[slot]);
	return localPort[slot] >= from && localPort[slot] <= to;
};

/**
1 when a program asked for the local port of a socket, 0 when the kernel chose it. Undefined where the source does not say, and for ports that came in
another way: a connection has that of its listener.
*/
export const readPortAsked = (world: World, slot: number): number | undefined => {
	const noted = readOptional(world, slot, 'portAsked');
	return noted === 0 && !isInLocalRange(world, slot) ? undefined : noted;
};
