import type {ClassPart, PatternSyntax} from '../grammar/syntax.js';

/** A node of the automaton (Thompson's construction). `next` holds indexes into `nodes`. */
export type Node =
	| {readonly kind: 'character'; readonly accepts: (character: string) => boolean; readonly next: number}
	| {readonly kind: 'fork'; readonly next: readonly number[]}
	| {readonly kind: 'start' | 'end'; readonly next: number}
	| {readonly kind: 'found'};

export type Automaton = {readonly nodes: readonly Node[]; readonly first: number};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Returns the number of nodes that an expression takes. */
export const countNodes = (part: PatternSyntax): number => {
	switch (part.kind) {
		case 'sequence': {
			return sum(part.items.map(item => countNodes(item)));
		}

		case 'choice': {
			return 1 + sum(part.options.map(option => countNodes(option)));
		}

		case 'repeat': {
			const {minimum, maximum} = part;
			const each = countNodes(part.item);
			return each * minimum + (1 + each) * (maximum === Infinity ? 1 : maximum - minimum);
		}

		case 'class':
		case 'start':
		case 'end': {
			return 1;
		}
	}
};

/** Builds the automaton from the end of the expression to its start, so that the next node is always known. */
export const buildAutomaton = (syntax: PatternSyntax): Automaton => {
	const nodes: Node[] = [];
	const add = (node: Node): number => {
		nodes.push(node);
		return nodes.length - 1;
	};

	/** Adds the nodes of a part, which `next` follows, and returns the index of the first one. */
	const build = (part: PatternSyntax, next: number): number => {
		switch (part.kind) {
			case 'sequence': {
				let first = next;
				for (const item of part.items.toReversed()) {
					first = build(item, first);
				}

				return first;
			}

			case 'choice': {
				return add({kind: 'fork', next: part.options.map(option => build(option, next))});
			}

			case 'repeat': {
				const {item, minimum, maximum} = part;
				let first = maximum === Infinity ? loop(item, next) : next;
				for (let times = minimum; maximum !== Infinity && times < maximum; times++) {
					first = add({kind: 'fork', next: [build(item, first), next]});
				}

				for (let times = 0; times < minimum; times++) {
					first = build(item, first);
				}

				return first;
			}

			case 'class': {
				return add({kind: 'character', accepts: acceptor(part), next});
			}

			case 'start':
			case 'end': {
				return add({kind: part.kind, next});
			}
		}
	};

	const loop = (item: PatternSyntax, next: number): number => {
		const choices = [next];
		const fork = add({kind: 'fork', next: choices});
		choices.push(build(item, fork));
		return fork;
	};

	const found = add({kind: 'found'});
	const first = build(syntax, found);
	return {nodes, first};
};

/** Tests a character of a text in lower case; the expression itself may have capital letters. */
const acceptor = ({parts, isNegated}: Extract<PatternSyntax, {kind: 'class'}>) => {
	const isIn = (character: string): boolean => parts.some(part => isInPart(character, part));
	return (character: string): boolean => (isIn(character) || isIn(character.toUpperCase())) !== isNegated;
};

const sets = {d: /\d/v, w: /\w/v, s: /\s/v} as const;

const isInPart = (character: string, part: ClassPart): boolean => {
	if ('set' in part) {
		const name = part.set.toLowerCase() as keyof typeof sets;
		return sets[name].test(character) === (part.set === name);
	}

	return character >= part.from && character <= part.to;
};
