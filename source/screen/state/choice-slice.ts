/** What a person has chosen: for good, in the settings file, or for the moment, with a key. */
import type {Preferences} from '../../preferences/preferences.js';
import type {SavedView} from '../../preferences/saved-view.js';

export type ChoiceSlice = {
	/** What was chosen by file, command line or setup screen. */
	readonly preferences: Preferences;
	/** Views by name, the built-in ones included. */
	readonly savedViews: ReadonlyMap<string, SavedView>;
	/** Sentences about what in the settings file does not count. */
	readonly complaints: readonly string[];
	/** Started with `--read-only`: nothing acts, whatever the preferences say. */
	readonly isReadOnly: boolean;
	/** The header shows no meters. */
	readonly areMetersHidden: boolean;
	/** Names are shown where the preferences want numbers, and numbers where they want names. */
	readonly areNamesTurned: boolean;
	/** Lines are printed where the preferences want a screen, and a screen is drawn where they want lines. */
	readonly isReaderTurned: boolean;
	readonly paused: boolean;
};

/** Nothing is chosen for the moment. */
export const nothingSwitched = {
	areMetersHidden: false, areNamesTurned: false, isReaderTurned: false, paused: false,
} as const satisfies Partial<ChoiceSlice>;

/** Whether names of hosts and services are shown in place of numbers, now. */
export const areNamesShown = ({preferences, areNamesTurned}: Pick<ChoiceSlice, 'preferences' | 'areNamesTurned'>): boolean => preferences.names !== areNamesTurned;

/** Whether lines are printed in place of a screen that is drawn, now. */
export const isReaderShown = ({preferences, isReaderTurned}: Pick<ChoiceSlice, 'preferences' | 'isReaderTurned'>): boolean => preferences.screenReader !== isReaderTurned;

/** Ids of the meters that the header shows. */
export const shownMeters = ({preferences, areMetersHidden}: Pick<ChoiceSlice, 'preferences' | 'areMetersHidden'>): readonly string[] => areMetersHidden ? [] : preferences.meters;
