/** The commands and their options in plain data, for the man page and completion. */
import type {Command, Option} from 'commander';

/** An option as shown in the help. */
export type DescribedOption = {
	/** With hyphens: the letter, if any, then the name. */
	readonly names: readonly string[];
	/** Such as `-N, --net <NAME>`. */
	readonly flags: string;
	readonly takesValue: boolean;
	readonly description: string;
	/** Its heading in the help. */
	readonly group: string;
};

/** A command as shown in the help; the live view, which has no name on the command line, is `live`. */
export type DescribedCommand = {
	readonly name: string;
	/** The words after its name, such as `[options] [FILTER…]`. */
	readonly usage: string;
	readonly description: string;
	readonly options: readonly DescribedOption[];
};

const describeOption = ({flags, short, long, description, required, helpGroupHeading}: Option): DescribedOption => ({
	names: [short, long].filter(name => name !== undefined), flags, takesValue: required, description, group: helpGroupHeading ?? 'Options:',
});

/** Describes all commands, for the man page and completion; the options of those only that were needed. */
export const describeCommands = (program: Command): readonly DescribedCommand[] => program.commands.map(command => ({
	name: command.name(),
	usage: command.usage(),
	description: command.description(),
	options: [
		...command.options.filter(({hidden}) => !hidden).map(option => describeOption(option)),
		...(command.name() === 'live' ? program.options.filter(({hidden}) => !hidden).map(option => describeOption(option)) : []),
		{
			names: ['-h', '--help'], flags: '-h, --help', takesValue: false, description: 'display help for command', group: 'Options:',
		},
	],
}));
