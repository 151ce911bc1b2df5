/** Performs actions on sockets and processes between samples: a dump and a request cannot share a netlink socket. */
import type {Acting} from '../acting/act.js';
import type {ActRequest} from '../contract/acting.js';
import type {FromEngine} from '../contract/messages.js';
import type {Sampler} from '../sampling/sampler.js';

export type ActionQueue = {
	/** Looks up the targets of an action, and posts them. */
	readonly lock: (number: number, ids: readonly number[]) => void;
	/** Performs an action, now or when the current sample has ended, and posts the result. */
	readonly act: (request: ActRequest) => void;
	/** Runs the waiting tasks. Call it when a sample has ended. */
	readonly resume: () => void;
};

export type ActionQueueOptions = {
	readonly sampler: Sampler;
	readonly post: (message: FromEngine) => void;
	readonly isSampling: () => boolean;
	/** Replaces ids of groups with the ids of their sockets. */
	readonly socketsIn: (ids: readonly number[]) => readonly number[];
	/** Called after an action: a sample should follow. */
	readonly onActed: () => void;
	/** Loads the module that acts. Replaced in tests. */
	readonly load?: (sampler: Sampler) => Promise<Acting>;
};

/** Loaded when first needed: most users never act. */
const loadActing = async (sampler: Sampler): Promise<Acting> => {
	const {openActing} = await import('../acting/open-acting.js');
	return openActing(sampler);
};

export const createActionQueue = ({sampler, post, isSampling, socketsIn, onActed, load = loadActing}: ActionQueueOptions): ActionQueue => {
	let loading: Promise<Acting> | undefined;
	const waiting: Array<(acting: Acting) => void> = [];

	const runTasks = async (): Promise<void> => {
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
		void runTasks();
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
		resume() {
			void runTasks();
		},
	};
};
