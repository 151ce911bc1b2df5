/** Does what the person wants done to sockets and processes when no sample is under way: a dump and a request cannot share a netlink socket. */
import type {Acting} from '../acting/act.js';
import type {ActRequest} from '../contract/acting.js';
import type {FromEngine} from '../contract/messages.js';
import type {Sampler} from '../sampling/sampler.js';

export type ActionQueue = {
	/** Locks what is meant, and answers with it. */
	readonly lock: (number: number, ids: readonly number[]) => void;
	/** Acts, now or when the sample that is under way has ended, and answers with what came of it. */
	readonly act: (request: ActRequest) => void;
	/** To be called when a sample has ended. */
	readonly goOn: () => void;
};

export type ActionQueueOptions = {
	readonly sampler: Sampler;
	readonly post: (message: FromEngine) => void;
	readonly isSampling: () => boolean;
	/** Puts the sockets of groups in the place of the groups. */
	readonly socketsIn: (ids: readonly number[]) => readonly number[];
	/** Something was done: a sample should follow. */
	readonly onActed: () => void;
	/** Makes the one who acts; passed in by tests. */
	readonly load?: (sampler: Sampler) => Promise<Acting>;
};

/** Loaded when it is needed first: most people never act. */
const loadActing = async (sampler: Sampler): Promise<Acting> => {
	const {openActing} = await import('../acting/open-acting.js');
	return openActing(sampler);
};

export const createActionQueue = ({sampler, post, isSampling, socketsIn, onActed, load = loadActing}: ActionQueueOptions): ActionQueue => {
	let loading: Promise<Acting> | undefined;
	const waiting: Array<(acting: Acting) => void> = [];

	const goOn = async (): Promise<void> => {
		if (waiting.length === 0) {
			return;
		}

		loading ??= load(sampler);
		const acting = await loading;
		while (!isSampling()) {
			const task = waiting.shift();
			if (task === undefined) {
				return;
			}

			task(acting);
		}
	};

	const queue = (task: (acting: Acting) => void): void => {
		waiting.push(task);
		void goOn();
	};

	return {
		lock(number, ids) {
			queue(acting => {
				post({type: 'targets', targets: acting.lock(number, socketsIn(ids))});
			});
		},
		act(request) {
			queue(acting => {
				post({type: 'acted', acted: acting.act(request)});
				onActed();
			});
		},
		goOn() {
			void goOn();
		},
	};
};
