import type {Command} from 'commander';

/**
Returns the help of the program and of each command, by its name, as Commander prints it.

@param width Columns of the terminal. With `Infinity`, lines are as long as they need to be (`source/help/wrap-help.ts`).
*/
export const helpTexts = (program: Command, width: number): {readonly ofProgram: string; readonly ofCommands: ReadonlyMap<string, string>} => {
	const printed: string[] = [];
	const writeOut = (text: string): void => {
		printed.push(text);
	};

	for (const command of [program, ...program.commands]) {
		command.configureOutput({getOutHelpWidth: () => width, writeOut});
	}

	const helpOf = (command: Command): string => {
		command.outputHelp();
		return printed.splice(0).join('');
	};

	const named = program.commands.filter(command => command.name() !== 'live');
	return {ofProgram: helpOf(program), ofCommands: new Map(named.map(command => [command.name(), helpOf(command)]))};
};
