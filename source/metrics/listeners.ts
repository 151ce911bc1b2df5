/** The accept queues of listeners, by port. */
import type {FieldContext} from '../fields/model/field.js';
import {findField} from '../fields/registry.js';
import {absent, Life} from '../table/columns/columns.js';
import {hasInetEnds, protocolNames} from '../table/columns/protocols.js';
import {LabelSets} from './label-sets.js';
import type {NameOfService} from './roles.js';

/** The accept queues at one port. */
export type AcceptQueue = {
	readonly values: readonly string[];
	/** Waiting connections in all queues, and the limit. */
	length: number;
	limit: number;
	/** Fill level of the fullest queue; 1 means full. */
	fill: number;
	/** Connections dropped by the kernel because a queue was full. */
	readonly drops: number;
};

export type ListenerCounts = {
	/** Counts the drops of a sample. */
	readonly take: (listeners: readonly number[]) => void;
	readonly read: (listeners: readonly number[]) => readonly AcceptQueue[];
	readonly folded: () => number;
};

export const acceptQueueLabels = ['transport', 'port', 'service'] as const;

type Options = {
	readonly context: FieldContext;
	readonly nameOfService: NameOfService;
	readonly hasNamespaces: boolean;
	readonly isWanted: (slot: number) => boolean;
};

export const createListenerCounts = ({context, nameOfService, hasNamespaces, isWanted}: Options): ListenerCounts => {
	const {table} = context;
	const sets = new LabelSets(acceptQueueLabels.length + (hasNamespaces ? 1 : 0));
	/** Counted drops by id of the listener. */
	let counted: ReadonlyMap<number, number> = new Map();
	/** By number of the label combination. */
	const drops = new Map<number, number>();

	const isCounted = (slot: number): boolean => hasInetEnds(table.core.protocol[slot]) && isWanted(slot);

	const numberOf = (slot: number): number => {
		const {protocol, localPort} = table.core;
		const transport = protocolNames[protocol[slot]];
		const port = localPort[slot];
		const namespace = hasNamespaces ? findField('namespace')?.read(context, slot) : undefined;
		return sets.numberOf([
			transport, String(port), nameOfService(port, transport) ?? '', ...(hasNamespaces ? [typeof namespace === 'string' ? namespace : ''] : []),
		]);
	};

	return {
		folded: () => sets.folded,
		take(listeners) {
			const {core: {id, life}} = table;
			const now = new Map<number, number>();
			const losses = table.optional('countedLosses');
			for (const slot of listeners) {
				const loss = losses?.[slot] ?? absent.u32;
				if (loss !== absent.u32 && isCounted(slot)) {
					const before = counted.get(id[slot]) ?? ((life[slot] & Life.initial) === 0 ? 0 : loss);
					const number = numberOf(slot);
					drops.set(number, (drops.get(number) ?? 0) + ((loss - before) >>> 0));
					now.set(id[slot], loss);
				}
			}

			counted = now;
		},
		read(listeners) {
			const queues = new Map<number, AcceptQueue>(drops.entries().map(([number, dropped]) => [number, {
				values: sets.valuesOf(number), length: 0, limit: 0, fill: 0, drops: dropped,
			}]));
			const {core: {recvQ, sendQ}} = table;
			for (const slot of listeners) {
				if (isCounted(slot)) {
					const number = numberOf(slot);
					const queue = queues.get(number) ?? {
						values: sets.valuesOf(number), length: 0, limit: 0, fill: 0, drops: 0,
					};
					queues.set(number, queue);
					queue.length += recvQ[slot];
					queue.limit += sendQ[slot];
					queue.fill = Math.max(queue.fill, sendQ[slot] === 0 ? 0 : recvQ[slot] / sendQ[slot]);
				}
			}

			return queues.values().toArray();
		},
	};
};
